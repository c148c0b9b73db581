// Parses a mail for the driver and the page. If it is too large or too complex, only its headers are shown.
import type { Posted } from './post-office.ts';

export interface ShownMail {
  n: number;
  from: string;
  to: string[];
  cc: string[];
  subject: string;
  text: string;
  html?: string;
  messageId?: string;
  inReplyTo?: string;
  references: string[];
  /** The date as ISO 8601. */
  date: string;
  autoSubmitted?: string;
  attachments: { name: string; mime: string; size: number }[];
  /** The raw mail. Truncated if it is very large. */
  raw: string;
}

const READ_BYTES = 2 * 1024 * 1024;
const MOST_PARTS = 100;
/** The parser refuses a mail whose headers are longer than a megabyte. */
const HEAD_BYTES = 64 * 1024;

const shown = new WeakMap<Posted, Promise<ShownMail>>();

/** Returns the parsed mail. Each mail is parsed only once. */
export function showMail(mail: Posted): Promise<ShownMail> {
  const known = shown.get(mail);
  if (known) return known;
  const parsed = read(mail);
  shown.set(mail, parsed);
  return parsed;
}

async function read({ n, from, to, raw, at }: Posted): Promise<ShownMail> {
  const whole = raw.subarray(0, Math.max(0, raw.indexOf('\r\n\r\n')));
  const parts = raw.toString('latin1').match(/^--/gm)?.length ?? 0;
  const tangled = raw.length > READ_BYTES || parts > MOST_PARTS || whole.length > HEAD_BYTES;
  const head = whole.subarray(0, whole.length > HEAD_BYTES ? whole.lastIndexOf('\r\n', HEAD_BYTES) : undefined);
  const { simpleParser } = await import('mailparser');
  const parsed = await simpleParser(tangled ? head : raw, { skipTextToHtml: true, skipImageLinks: true });
  const { subject = '', text = '', html, messageId, inReplyTo, references = [], attachments, headers } = parsed;
  const submitted = headers.get('auto-submitted');
  return {
    n,
    from: parsed.from?.text ?? from,
    to,
    cc: [parsed.cc ?? []].flat().flatMap(({ value }) => value.flatMap(({ address }) => address ?? [])),
    subject,
    text: tangled ? `(${raw.length} bytes; too much to show)` : text,
    ...(html ? { html } : {}),
    ...(messageId ? { messageId } : {}),
    ...(inReplyTo ? { inReplyTo } : {}),
    references: [references].flat(),
    date: new Date(parsed.date ?? at).toISOString(),
    ...(typeof submitted === 'string' ? { autoSubmitted: submitted } : {}),
    attachments: attachments.map(({ filename = 'file', contentType, size }) => ({
      name: filename,
      mime: contentType,
      size,
    })),
    raw: raw.toString('utf8', 0, READ_BYTES),
  };
}
