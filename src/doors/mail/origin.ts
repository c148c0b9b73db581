// Builds the idempotency key and the origin of a mail from its Message-ID, its proved author and its content. Pure.
import { htmlText, textOfHtml } from '../../email/html/html-text.ts';
import { MOST_REFERENCES } from '../../email/limits.ts';
import type { Mail } from '../../email/mail.ts';
import { sha256 } from '../../log/ids.ts';
import type { Origin } from '../../log/place.ts';
import type { Arrived } from './context.ts';

type FromMail = Extract<Origin, { kind: 'email' }>;

/**
 * Returns the same key for each copy of a mail in a pod. The key includes the author and the content. Otherwise a
 * person could block another person's mail by sending one with the same Message-ID first.
 */
export function keyOf({ mail }: Pick<Arrived, 'mail'>): string {
  const from = mail.from.kind === 'mailbox' ? mail.from.address : '';
  return `mail:${contentOf(mail)}:${from}:${idIn(mail)}`.slice(0, 1500);
}

/** True if the key contains a hash of the content. Keys of early versions contain only the Message-ID. */
export function hasContentHash(key: string): boolean {
  return /^mail:[0-9a-f]{32}:/.test(key);
}

/**
 * Returns the content that a person reads, which identifies a mail. The Message-ID does not (bad mailers repeat it),
 * and neither do the headers (each copy has others).
 */
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
  more: Pick<FromMail, 'outside' | 'reached' | 'copied' | 'agent' | 'quiet'> = {},
): FromMail {
  const said = mail.date ? Date.parse(mail.date) : Number.NaN;
  return {
    kind: 'email',
    messageId: idIn(mail),
    ...referring(mail),
    raw: hash,
    // A Date header in the future is replaced by the time of arrival. Otherwise the mail would stay the newest until
    // that date.
    ...(Number.isFinite(said) ? { at: Math.min(said, at) } : {}),
    ...more,
  };
}

/** Returns the References. Without References, a single In-Reply-To takes their place (RFC 5322 section 3.6.4). */
function referring({ references, inReplyTo }: Mail): { references?: string[] } {
  const chain = chainOf(references.length || inReplyTo.length !== 1 ? references : inReplyTo);
  return chain.length ? { references: chain } : {};
}

/** Shortens the References to the first and the newest ids, as outgoing mails do. */
function chainOf(references: readonly string[]): string[] {
  const fit = references.filter((id) => id.length <= ID_CHARS);
  return fit.length <= MOST_REFERENCES ? fit : [...fit.slice(0, 1), ...fit.slice(1 - MOST_REFERENCES)];
}

/**
 * The most characters of a Message-ID that is stored. Mail programs make shorter ids. Many longer ids would make a
 * References header that mail servers refuse.
 */
const ID_CHARS = 300;

/**
 * Returns the Message-ID, or for a mail without one, an id made from its content. The headers are not used, because
 * each copy has other trace headers.
 */
function idIn(mail: Mail): string {
  if (mail.messageId) return mail.messageId;
  const { from, date, subject, text, html, attachments } = mail;
  const files = attachments.map(({ name, size }) => [name, size]);
  return `<${sha256(JSON.stringify([from, date, subject, text, html, files])).slice(0, 32)}@content>`;
}
