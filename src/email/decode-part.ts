// One part's content, decoded: transfer encoding, charset, file name. mailparser does it, one leaf at a time, so that structure stays ours.
import { type ParsedMail, simpleParser } from 'mailparser';
import { unflow } from './flowed.ts';
import { firstOf } from './headers.ts';
import { FILE_NAME_CHARS, HTML_CHARS, TEXT_CHARS } from './limits.ts';
import type { Attachment } from './mail.ts';
import type { Part } from './mime.ts';

const options = {
  skipHtmlToText: true,
  skipTextToHtml: true,
  skipImageLinks: true,
  keepCidLinks: true,
  keepDeliveryStatus: true,
};

/** A text part's text. Unknown charsets are read as well as can be, never refused. */
export async function decodeText(part: Part): Promise<{ text: string; cut: boolean }> {
  const parsed = await decode(part, withoutDisposition);
  const whole = (part.type.value === 'text/html' ? parsed.html || '' : (parsed.text ?? '')).replaceAll('\0', '');
  const most = part.type.value === 'text/html' ? HTML_CHARS : TEXT_CHARS;
  const text = whole.slice(0, most).replace(/\r\n?/g, '\n');
  return { text: isFlowed(part) ? unflow(text, isSet(part, 'delsp', 'yes')) : text, cut: whole.length > most };
}

function isFlowed(part: Part): boolean {
  return part.type.value === 'text/plain' && isSet(part, 'format', 'flowed');
}

function isSet({ type }: Part, name: string, value: string): boolean {
  return type.params.get(name)?.toLowerCase() === value;
}

export async function decodeAttachment(part: Part, n: number): Promise<Attachment> {
  const parsed = await decode(part, asAttachment);
  const [found] = parsed.attachments;
  const mime = part.type.value;
  return {
    name: safeName(found?.filename) ?? `${mime === 'text/calendar' ? 'invite' : `attachment-${n}`}${extensionOf(mime)}`,
    mime,
    size: found?.content.length ?? 0,
    content: found?.content ?? new Uint8Array(),
    inline: part.disposition.value !== 'attachment' && firstOf(part.lines, 'content-id') !== undefined,
  };
}

/** Header values that need decoding (RFC 2047 words, address lists), as mailparser reads them. */
export function decodeHeaders(lines: { key: string; value: string }[]): Promise<ParsedMail> {
  const head = lines.map(({ key, value }) => `${key}: ${value}\r\n`).join('');
  return simpleParser(Buffer.from(`${head}\r\n`, 'utf8'), options);
}

function decode(part: Part, disposition: (original: string) => string | undefined): Promise<ParsedMail> {
  const kept = part.lines.filter(({ key }) => ['content-transfer-encoding', 'content-id'].includes(key));
  const type = firstOf(part.lines, 'content-type');
  const given = type?.toLowerCase().startsWith(part.type.value) ? type : part.type.value;
  const head = [
    // mailparser joins flowed lines whatever their quote depth.
    `content-type: ${given?.replace(/;\s*format\s*=\s*"?flowed"?/i, '')}`,
    ...kept.map(({ key, value }) => `${key}: ${value}`),
  ];
  const shown = disposition(firstOf(part.lines, 'content-disposition') ?? '');
  if (shown !== undefined) head.push(`content-disposition: ${shown}`);
  return simpleParser(Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'utf8'), part.body]), options);
}

function withoutDisposition(): undefined {
  return undefined;
}

function asAttachment(original: string): string {
  const params = original.indexOf(';');
  return `attachment${params === -1 ? '' : original.slice(params)}`;
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

/** The last step of a path, without what a file system or a terminal would act on. */
export function safeName(name: string | undefined): string | undefined {
  const last = name?.split(/[\\/]/).at(-1) ?? '';
  const plain = last
    .replace(/\p{C}/gu, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^\.+/, '');
  if (plain === '') return undefined;
  const chars = [...plain];
  if (chars.length <= FILE_NAME_CHARS) return plain;
  const extension = /\.[^.]{1,10}$/.exec(plain)?.[0] ?? '';
  return `${chars.slice(0, FILE_NAME_CHARS - extension.length).join('')}${extension}`;
}
