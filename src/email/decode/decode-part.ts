// Decodes a part's content: transfer encoding, charset and format=flowed. Decodes only as many characters as the caller
// wants.
import { HTML_CHARS, TEXT_CHARS } from '../limits.ts';
import type { Attachment } from '../mail.ts';
import { unflow } from '../parse/flowed.ts';
import type { Part } from '../parse/mime.ts';
import { textIn, utf8 } from './charset.ts';
import { fileNameOf } from './file-name.ts';
import { firstOf } from './headers.ts';
import { decodeTransfer } from './transfer.ts';

const options = {
  skipHtmlToText: true,
  skipTextToHtml: true,
  skipImageLinks: true,
  keepCidLinks: true,
  keepDeliveryStatus: true,
};

/** The most bytes that one character has in any charset. */
const BYTES_PER_CHAR = 4;

/**
 * Returns up to `wanted` characters of a text part. `cut`: true if the part has more. Text in an unknown charset is
 * decoded as well as possible.
 */
export async function decodeText(part: Part, wanted: number): Promise<{ text: string; cut: boolean }> {
  const html = part.type.value === 'text/html';
  const most = Math.min(wanted, html ? HTML_CHARS : TEXT_CHARS);
  const bytes = contentOf(part, most * BYTES_PER_CHAR);
  const charset = part.type.params.get('charset') ?? (html ? charsetInside(bytes) : undefined);
  const decoded = textIn(bytes, charset) ?? (await rareText(bytes, charset ?? '')) ?? utf8(bytes);
  const whole = decoded
    .replace(/^\ufeff/, '')
    .replaceAll('\0', '')
    .replace(/\r\n?/g, '\n');
  const text = whole.slice(0, most).replace(/[\ud800-\udbff]$/, '');
  return {
    text: isFlowed(part) ? unflow(text, isSet(part, 'delsp', 'yes')) : text,
    cut: whole.length > most || bytes.length >= most * BYTES_PER_CHAR,
  };
}

function isFlowed(part: Part): boolean {
  return part.type.value === 'text/plain' && isSet(part, 'format', 'flowed');
}

function isSet({ type }: Part, name: string, value: string): boolean {
  return type.params.get(name)?.toLowerCase() === value;
}

export function decodeAttachment(part: Part, n: number): Attachment {
  const mime = part.type.value;
  const content = contentOf(part);
  return {
    name: fileNameOf(part) ?? `${mime === 'text/calendar' ? 'invite' : `attachment-${n}`}${extensionOf(mime)}`,
    mime,
    size: content.length,
    content,
    inline: part.disposition.value !== 'attachment' && firstOf(part.lines, 'content-id') !== undefined,
  };
}

function contentOf(part: Part, most?: number): Buffer {
  return decodeTransfer(part.body, firstOf(part.lines, 'content-transfer-encoding'), most);
}

/** Returns the charset that an HTML page declares in itself. It is used if the part declares none. */
function charsetInside(bytes: Buffer): string | undefined {
  return /<meta[^>]{0,200}?charset\s*=\s*["']?([\w-]{1,40})/i.exec(bytes.toString('latin1', 0, 2_000))?.[1];
}

const rare =
  /^(?:(?:cp|ibm|csibm|dos)[-_]?(\d{3,4})|iso-8859-16|utf-32(?:[bl]e)?|mac\w{3,20}|x-mac-\w{3,20}|viscii|tcvn|koi8-t|armscii-8|georgian-(?:academy|ps)|pt154|rk1048|hp-roman8)$/;
/** The limit for rare charsets. Mails in these come from few machines and are small. */
const RARE_BYTES = 1_000_000;

/** Decodes a charset of old machines with mailparser. Undefined if `rare` does not contain the charset. */
async function rareText(bytes: Buffer, charset: string): Promise<string | undefined> {
  const found = rare.exec(charset.trim().toLowerCase());
  if (!found) return undefined;
  const head = `content-type: text/plain; charset=${found[1] ? `cp${found[1]}` : found[0]}\r\ncontent-transfer-encoding: binary\r\n\r\n`;
  const { simpleParser } = await import('mailparser');
  const parsed = await simpleParser(Buffer.concat([Buffer.from(head), bytes.subarray(0, RARE_BYTES)]), options);
  return parsed.text;
}

const extensions: Record<string, string> = {
  'text/calendar': '.ics',
  'text/plain': '.txt',
  'text/html': '.html',
  'image/png': '.png',
  'image/jpeg': '.jpg',
  'image/gif': '.gif',
  'application/pdf': '.pdf',
  'application/ms-tnef': '.dat',
};

function extensionOf(mime: string): string {
  return extensions[mime] ?? '.bin';
}
