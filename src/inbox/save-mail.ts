// Mails into the inbox: kept with their envelope before the server that brought them is told so.
import { createHash } from 'node:crypto';
import { headText } from '../email/decode/headers.ts';
import type { Envelope } from '../email/mail.ts';
import type { Queue } from '../lanes/queue.ts';
import type { Blobs } from '../store/port.ts';

export const MAIL = 'mail';

export interface SavedMail {
  /** Of the raw mail, in hex. */
  hash: string;
  /** Whose blob it is: each arrival keeps its own. */
  owner: string;
  envelope: Envelope;
  /** The reason why the mail could not be read, if only its headers were. */
  aside?: string;
  /** Set when an owner accepted it: it goes past the checks, in that owner's name. */
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

/** So many mails are looked at side by side: one that waits for a name server holds up few others. */
const LANES = 16;

/** Resolves when the mail is on disk; the same arrival again changes nothing. */
export async function saveMail(
  { queue, blobs }: { queue: Queue; blobs: Blobs },
  raw: Uint8Array,
  envelope: Envelope,
  aside?: string,
): Promise<void> {
  const hash = createHash('sha256').update(raw).digest('hex');
  const id = `mail:${envelope.mailbox}:${envelope.arrival}`;
  // One that was saved before is perhaps done, and its blob gone with it.
  if (await queue.items.get(id)) return;
  await blobs.put(id, hash, raw);
  const saved: SavedMail = { hash, owner: id, envelope, ...(aside ? { aside } : {}) };
  const item = { id, lane: laneOf(threadIn(raw) ?? id), kind: MAIL, payload: saved };
  await queue.save([item]);
  await queue.ready([item]);
}

/** A held mail that an owner accepted, once more and past the checks; the same one again changes nothing. `raw`: its hash, a blob of the pod. */
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

/** What a thread's mails have in common, as far as a glance shows: they are taken one after the other, and copies of one too. */
export function threadIn(raw: Uint8Array): string | undefined {
  const head = headText(raw);
  for (const name of ['references', 'in-reply-to', 'message-id']) {
    const found = new RegExp(`^${name}:\\s*(<[^<>\\s]{1,900}>)`, 'im').exec(head);
    if (found) return found[1];
  }
  return undefined;
}
