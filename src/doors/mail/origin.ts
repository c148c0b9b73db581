// Builds the idempotency key and the origin of a mail: its Message-ID, its proved author and its content. Pure.
import { htmlText, textOfHtml } from '../../email/html/html-text.ts';
import { MOST_REFERENCES } from '../../email/limits.ts';
import type { Mail } from '../../email/mail.ts';
import { sha256 } from '../../log/ids.ts';
import type { Origin } from '../../log/place.ts';
import type { Arrived } from './context.ts';

type FromMail = Extract<Origin, { kind: 'email' }>;

/** The same key for each copy of a mail in a pod. The author and the content are part of it, so nobody can occupy the id of another's mail. */
export function keyOf({ mail }: Pick<Arrived, 'mail'>): string {
  const from = mail.from.kind === 'mailbox' ? mail.from.address : '';
  return `mail:${contentOf(mail)}:${from}:${idIn(mail)}`.slice(0, 1500);
}

/** True if the key contains a hash of the content. Keys of early versions contain only the Message-ID. */
export function hasContentHash(key: string): boolean {
  return /^mail:[0-9a-f]{32}:/.test(key);
}

/** The content that a person reads. It identifies a mail better than its id, which bad mailers repeat, and its headers, which differ per copy. */
export function contentOf(mail: Mail): string {
  return sha256(JSON.stringify(saidIn(mail))).slice(0, 32);
}

function saidIn({ from, date, subject, text, html, htmlLines, attachments, forwarded }: Mail): unknown[] {
  const author = from.kind === 'mailbox' ? from.address : '';
  const files = attachments.map(({ name, content }) => [name, sha256(content)]);
  const shown = htmlLines ? textOfHtml(htmlLines) : htmlText(html ?? '');
  const words = [text, shown].map((one) => one.replace(/\s+/g, ' ').trim());
  return [author, date, subject, words, files, forwarded.map(saidIn)];
}

export function originOf(
  { mail, hash, at }: Arrived,
  more: Pick<FromMail, 'outside' | 'reached' | 'agent' | 'quiet'> = {},
): FromMail {
  const said = mail.date ? Date.parse(mail.date) : Number.NaN;
  return {
    kind: 'email',
    messageId: idIn(mail),
    ...referring(mail),
    raw: hash,
    // A Date header in the future counts as the time of arrival. Otherwise the mail would stay the newest until then.
    ...(Number.isFinite(said) ? { at: Math.min(said, at) } : {}),
    ...more,
  };
}

/** RFC 5322 section 3.6.4: without References, a single In-Reply-To takes their place. */
function referring({ references, inReplyTo }: Mail): { references?: string[] } {
  const chain = chainOf(references.length || inReplyTo.length !== 1 ? references : inReplyTo);
  return chain.length ? { references: chain } : {};
}

/** Shortens the chain to its first and its newest ids, as outgoing mails do. */
function chainOf(references: readonly string[]): string[] {
  const fit = references.filter((id) => id.length <= ID_CHARS);
  return fit.length <= MOST_REFERENCES ? fit : [...fit.slice(0, 1), ...fit.slice(1 - MOST_REFERENCES)];
}

/** Mail programs make shorter ids. Servers would refuse a header with twenty longer ones. */
const ID_CHARS = 300;

/** A mail without a Message-ID is identified by its content, because each copy has other trace headers. */
function idIn(mail: Mail): string {
  if (mail.messageId) return mail.messageId;
  const { from, date, subject, text, html, attachments } = mail;
  const files = attachments.map(({ name, size }) => [name, size]);
  return `<${sha256(JSON.stringify([from, date, subject, text, html, files])).slice(0, 32)}@content>`;
}
