// Makes a link that opens the reader's own mail program with a mail that is filled in (RFC 6068). Pure.
import { replySubject } from './thread.ts';

export interface Prepared {
  to: string;
  cc: string;
  /** The title of what it answers. */
  title: string;
  /** The Message-ID that it answers, with its angle brackets. Left out if it is none. */
  inReplyTo?: string | undefined;
  body?: string | undefined;
}

/** The longest link, in characters. Slack takes 3,000 for a whole section, and some mail programs 2,000 for a link. */
export const MAILTO_CHARS = 1_800;

const ADDRESS = /^[^\s@<>()[\]",;:\\]{1,64}@[^\s@<>()[\]",;:\\]{1,190}$/u;
const MESSAGE_ID = /^<[^\s<>@]{1,200}@[^\s<>@]{1,200}>$/;
const SUBJECT_CHARS = 150;
/** Control characters that are no part of a text's layout. */
const CONTROLS = /[^\P{Cc}\r\n\t]/gu;

/**
 * Undefined if an address is none, or if the link would be longer than `MAILTO_CHARS`. Everything is encoded, so no value adds a
 * header of its own, and none ends a link in Markdown or Slack.
 */
export function mailtoLink({ to, cc, title, inReplyTo = '', body = '' }: Prepared): string | undefined {
  if (!ADDRESS.test(to) || !ADDRESS.test(cc)) return undefined;
  const subject = replySubject(title.slice(0, SUBJECT_CHARS).replace(/^(?:re:\s*)+/i, ''));
  const fields = [
    `cc=${address(cc)}`,
    `subject=${encoded(subject)}`,
    ...(MESSAGE_ID.test(inReplyTo) ? [`In-Reply-To=${encoded(inReplyTo)}`] : []),
    // RFC 6068 section 5: line breaks of the body are %0D%0A.
    ...(body ? [`body=${encoded(body.replace(/\r\n?|\n/g, '\r\n'))}`] : []),
  ];
  const link = `mailto:${address(to)}?${fields.join('&')}`;
  return link.length <= MAILTO_CHARS ? link : undefined;
}

/** The @ between the two parts stays, because some mail programs read no encoded one. */
function address(plain: string): string {
  return plain.split('@').map(encoded).join('@');
}

/** Encodes also what `encodeURIComponent` leaves and Markdown reads: quotes, brackets, stars, underscores and tildes. */
function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed().replace(CONTROLS, ' ')).replace(
    /[!'()*_~]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
