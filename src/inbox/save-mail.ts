// Saves mails with their envelopes in the inbox, before the mail server gets a confirmation.
import { createHash } from 'node:crypto';
import { headText } from '../email/decode/headers.ts';
import type { Envelope } from '../email/mail.ts';
import type { Queue } from '../lanes/queue.ts';
import type { Blobs } from '../store/port.ts';

export const MAIL = 'mail';

export interface SavedMail {
  /** SHA-256 of the raw mail, in hex. */
  hash: string;
  /** The owner of the blob. Each arrival has its own copy of the mail. */
  owner: string;
  envelope: Envelope;
  /** Why only the headers of the mail were read. */
  aside?: string;
  /** Set if an owner accepted the mail. It then skips the checks, and is handled in the owner's name. */
  accepted?: Acceptance;
}

export interface Acceptance {
  pod: string;
  held: string;
  by: string;
}

export interface AcceptedMail extends Acceptance {
  raw: string;
}

/** The number of mails handled in parallel. With several, a mail that waits for DNS delays few others. */
const LANES = 16;

/** Saves the mail. Resolves when it is stored durably. Saving the same arrival again changes nothing. */
export async function saveMail(
  { queue, blobs }: { queue: Queue; blobs: Blobs },
  raw: Uint8Array,
  envelope: Envelope,
  aside?: string,
): Promise<void> {
  const hash = createHash('sha256').update(raw).digest('hex');
  const id = `mail:${envelope.mailbox}:${envelope.arrival}`;
  // The arrival was saved before. It may be done already, and its blob removed.
  if (await queue.items.get(id)) return;
  await blobs.put(id, hash, raw);
  const saved: SavedMail = { hash, owner: id, envelope, ...(aside ? { aside } : {}) };
  const item = { id, lane: laneOf(threadIn(raw) ?? id), kind: MAIL, payload: saved };
  await queue.save([item]);
  await queue.ready([item]);
}

/**
 * Saves an accepted mail again, exempt from checks. Idempotent. `raw`: the hash of the mail, which is a blob of the
 * pod.
 */
export async function saveAccepted(queue: Queue, { raw, ...accepted }: AcceptedMail): Promise<void> {
  const { pod, held } = accepted;
  const id = `mail:accepted:${held}`;
  const saved: SavedMail = { hash: raw, owner: pod, envelope: { mailbox: 'held', arrival: held }, accepted };
  const item = { id, lane: laneOf(id), kind: MAIL, payload: saved };
  await queue.save([item]);
  await queue.ready([item]);
}

export function laneOf(thread: string): string {
  return `mail:${createHash('sha256').update(thread).digest().readUInt16BE(0) % LANES}`;
}

/**
 * Returns an id that is probably the same for all mails of a thread and all copies of a mail, so that these are handled
 * one after the other. Cheap: reads only headers.
 */
export function threadIn(raw: Uint8Array): string | undefined {
  const head = headText(raw);
  for (const name of ['references', 'in-reply-to', 'message-id']) {
    const found = new RegExp(`^${name}:\\s*(<[^<>\\s]{1,900}>)`, 'im').exec(head);
    if (found) return found[1];
  }
  return undefined;
}
