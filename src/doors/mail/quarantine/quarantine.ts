// Quarantine: shows suspicious mails to the owners of a pod, who accept or reject each, also by replying to its notice.

import { headText } from '../../../email/decode/headers.ts';
import { trimReply } from '../../../email/quotes/trim-reply.ts';
import { ownIdsIn } from '../../../email/thread.ts';
import { InvalidInput } from '../../../errors.ts';
import type { SavedMail } from '../../../inbox/save-mail.ts';
import { sha256 } from '../../../log/ids.ts';
import type { PersonId } from '../../../log/participant.ts';
import { QUARANTINED_MAILS } from '../../../pods/mail/quarantined-mail.ts';
import { MEMBERS, memberId } from '../../../pods/members/member.ts';
import type { PersonDoc } from '../../../pods/people/person.ts';
import { enter } from '../../enter.ts';
import { readCommandWord } from '../../replies/reply-command.ts';
import { refusalByMail } from '../../typed-refusal.ts';
import type { Arrived, Destination, MailContext } from '../context.ts';
import { destinationsOf } from '../destinations.ts';

const EXCERPT_CHARS = 500;

/** Returns what is stored of the mail: all of it, or only its headers, because too many wait. */
export async function quarantine(
  mail: MailContext,
  arrived: Arrived,
  to: Destination,
  reason: string,
): Promise<'whole' | 'head'> {
  const { from, subject } = arrived.mail;
  const sender = from.kind === 'mailbox' ? `${from.name} <${from.address}>`.trim() : 'an unknown sender';
  const text = trimReply(arrived.mail).original.replace(/\s+/g, ' ').trim();
  return quarantineIn(mail, to, arrived, {
    from: sender.slice(0, 400),
    subject: subject.slice(0, 500),
    excerpt: text.slice(0, EXCERPT_CHARS).replace(/[\uD800-\uDBFF]$/, ''),
    reason,
    sender: senderKey(from.kind === 'mailbox' ? from.address : ''),
    proved: arrived.isTheirs ?? false,
  });
}

/** Returns a key for the claimed sender. The address is not proved. */
function senderKey(address: string): string {
  return sha256(address).slice(0, 16);
}

/** Quarantines a mail that can't be parsed, in the pods of the addresses in its envelope and headers. */
export async function quarantineUnread(
  mail: MailContext,
  saved: SavedMail,
  raw: Uint8Array,
  reason: string,
): Promise<void> {
  const destinations = await destinationsOf(mail, { deliveredTo: addressesIn(raw) }, saved.envelope);
  if (!destinations.length) throw new InvalidInput(`The mail can't be read. ${reason}`);
  for (const to of destinations)
    await quarantineIn(
      mail,
      to,
      { raw, hash: saved.hash },
      {
        from: saved.envelope.mailFrom || 'an unknown sender',
        subject: '(unreadable)',
        excerpt: '',
        reason,
        sender: senderKey(saved.envelope.mailFrom ?? ''),
        proved: false,
      },
    );
}

/** Returns all texts in the headers that look like an address. Only ours are used. */
function addressesIn(raw: Uint8Array): string[] {
  return headText(raw).match(/[a-z0-9._+-]{1,64}@[a-z0-9.-]{1,253}/gi) ?? [];
}

/** The most bytes of the headers that are read. Real headers have about a tenth of this. */
const HEAD_BYTES = 16 * 1024;

/**
 * Returns the headers of a mail that is too large to store, with the mail's hash, so that the blobs of two mails
 * differ.
 */
function headOf({ raw, hash }: Pick<Arrived, 'raw' | 'hash'>): Buffer {
  return Buffer.from(`X-Skein-Mail: ${hash}\r\n${headText(raw).slice(0, HEAD_BYTES)}\r\n\r\n`, 'latin1');
}

async function quarantineIn(
  mail: MailContext,
  { pod, handle }: Destination,
  arrived: Pick<Arrived, 'raw' | 'hash'>,
  about: { from: string; subject: string; excerpt: string; reason: string; sender: string; proved: boolean },
): Promise<'whole' | 'head'> {
  const { raw, hash } = arrived;
  const head = headOf(arrived);
  const short = sha256(head);
  // Stores both blobs before the notice goes out. One of them is removed below.
  await mail.blobs.put(pod.id, hash, raw);
  await mail.blobs.put(pod.id, short, head);
  const { result } = await mail.act<{ held: { id: string; kept: 'whole' | 'head' } }>({
    pod: pod.id,
    actor: 'skein',
    via: 'email',
    action: 'hold_mail',
    input: { ...about, raw: hash, head: short, bytes: raw.byteLength, ...(handle ? { handle } : {}) },
    // Nothing in such a mail is proved, so only its content distinguishes it from others.
    key: `held:${hash}`,
  });
  // If an earlier copy was settled in the meantime, its document refers to neither blob, and both are removed.
  const kept = (await mail.read.get(QUARANTINED_MAILS, result.held.id))?.raw;
  for (const blob of [hash, short]) if (blob !== kept) await mail.blobs.remove(pod.id, blob);
  return result.held.kept;
}

/**
 * Accepts or rejects a mail in quarantine when an owner answers its notice. Returns false if this mail is no such
 * answer.
 */
export async function settleByReply(mail: MailContext, arrived: Arrived, author: PersonDoc): Promise<boolean> {
  const { mail: read, at } = arrived;
  const { fill } = mail.texts;
  const ids = ownIdsIn(read, mail.home.domain);
  const found = await Promise.all(ids.map(({ thread }) => mail.read.get(QUARANTINED_MAILS, thread)));
  const waiting = found.find((one) => one !== undefined);
  // For a person who is not in the pod, the mail in quarantine does not exist.
  const member = waiting && (await mail.read.get(MEMBERS, memberId(waiting.pod, author.id as PersonId)));
  if (!waiting || member?.state !== 'in') return false;
  const word = readCommandWord(trimReply(read).written);
  const action = { accept: 'accept_mail', reject: 'reject_mail', other: undefined }[word];
  const person = author.id as PersonId;
  const key = `settle:${waiting.id}:${read.messageId ?? ''}`;
  const said = action
    ? await enter(mail, {
        as: author,
        pod: { id: waiting.pod },
        action,
        input: { mail: waiting.id },
        via: 'email',
        key,
      })
        .then(() => fill('held-mail', action === 'accept_mail' ? 'accepted-by-mail' : 'rejected-by-mail'))
        .catch(refusalByMail)
    : fill('held-mail', 'one-word');
  await mail.answer({ person, mail: read, at, text: said }, `settled:${key}`);
  return true;
}
