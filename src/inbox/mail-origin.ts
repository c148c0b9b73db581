// What identifies a mail for the log: its Message-ID together with its proved author, or else what it says. Pure.
import type { Mail } from '../email/mail.ts';
import { sha256 } from '../pods/ids.ts';
import type { Origin } from '../pods/place.ts';
import type { Arrived } from './mail-context.ts';

type FromMail = Extract<Origin, { kind: 'email' }>;

/** Unique for one mail in a pod, however often it is delivered; nobody can use up the id of another's mail. */
export function keyOf({ mail }: Pick<Arrived, 'mail'>): string {
  const from = mail.from.kind === 'mailbox' ? mail.from.address : '';
  return `mail:${from}:${idIn(mail)}`.slice(0, 1500);
}

export function originOf(
  { mail, hash, at }: Arrived,
  more: Pick<FromMail, 'outside' | 'reached' | 'agent' | 'quiet'> = {},
): FromMail {
  const said = mail.date ? Date.parse(mail.date) : Number.NaN;
  return {
    kind: 'email',
    messageId: idIn(mail),
    raw: hash,
    // Nothing was said later than it came: a date ahead would stay the newest for as long.
    ...(Number.isFinite(said) ? { at: Math.min(said, at) } : {}),
    ...more,
  };
}

/** A mail without an id is known by its words: each copy has other traces of its way. */
function idIn(mail: Mail): string {
  if (mail.messageId) return mail.messageId;
  const { from, date, subject, text, html, attachments } = mail;
  const files = attachments.map(({ name, size }) => [name, size]);
  return `<${sha256(JSON.stringify([from, date, subject, text, html, files])).slice(0, 32)}@content>`;
}
