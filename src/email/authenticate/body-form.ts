// Checks unsigned Content-Type and Content-Transfer-Encoding headers against the signed body, whose content shows how
// it must be decoded. Pure, linear.
import { firstOf, headerLines, type Parameters, parametersOf, splitHead } from '../decode/headers.ts';
import { MIME_PARTS } from '../limits.ts';
import { piecesOf } from '../parse/mime.ts';

interface Said {
  /** The header's value; undefined if the header is missing. */
  value: string | undefined;
  isSigned: boolean;
}

export interface ToRead {
  /** The Content-Type header. */
  type: Said;
  /** The Content-Transfer-Encoding header. */
  encoding: Said;
  body: Buffer;
}

export type Misfit = 'content-type' | 'content-transfer-encoding';

/**
 * Returns the unsigned header whose value, or whose absence, does not fit the signed body; undefined if both fit. A
 * forger who changes a fitting header can't make a program show parts or letters that the body does not contain.
 */
export function misfitOf({ type, encoding, body }: ToRead): Misfit | undefined {
  const said = parametersOf(type.value ?? 'text/plain');
  const isMultipart = said.value.startsWith('multipart/');
  if (!type.isSigned) {
    if (type.value !== undefined && !isStrict(type.value)) return 'content-type';
    const boundary = boundaryOf(body);
    if (isMultipart !== (boundary !== undefined)) return 'content-type';
    if (isMultipart && (said.params.get('boundary') !== boundary || !fitsParts(said.value, body, boundary ?? '')))
      return 'content-type';
  }
  if (isMultipart) return undefined;
  const text = body.toString('latin1');
  const given = (encoding.value ?? '7bit').toLowerCase();
  if (!encoding.isSigned && !fitsEncoding(given, text, type.isSigned)) return 'content-transfer-encoding';
  return type.isSigned || fitsText(said, decoded(given, body, text)) ? undefined : 'content-type';
}

/** True if all programs read the value the same way: each parameter once, no comments, no continuations (RFC 2231). */
function isStrict(value: string): boolean {
  if (
    value.length > 1_000 ||
    !/^[\w.+-]+\/[\w.+-]+(?:\s*;\s*[\w-]+=(?:[^\s"\\;=()*]+|"[^"\\]*"))*\s*;?\s*$/.test(value)
  )
    return false;
  const names = [...value.matchAll(/;\s*([\w-]+)=/g)].map(([, name = '']) => name.toLowerCase());
  return new Set(names).size === names.length && !names.includes('name');
}

/** Matches the sentence above the first part, for programs without MIME. */
const preamble = /^This is an? [\w -]{0,40}(?:multi-?part|MIME)[\w -]{0,40}\.?$/i;

/** Returns the boundary if the whole body consists of parts. Otherwise undefined. */
function boundaryOf(body: Buffer): string | undefined {
  const top = body
    .toString('latin1', 0, 1_000)
    .split('\n', 8)
    .map((line) => line.trim());
  const first = top.find((line) => line !== '' && !preamble.test(line)) ?? '';
  if (!/^--\S/.test(first)) return undefined;
  const end = body.toString('latin1', Math.max(0, body.length - 1_000)).trimEnd();
  return end.endsWith(`\n${first}--`) ? first.slice(2) : undefined;
}

const faces = /^(?:text\/(?:plain|html|enriched|calendar|watch-html|x-amp-html)|multipart\/(?:related|mixed))$/;

/**
 * True if the parts fit the multipart type. Those of multipart/alternative must be versions of one text, the plainest
 * first. The parts of other types are read in order.
 */
function fitsParts(type: string, body: Buffer, boundary: string): boolean {
  const pieces = [...piecesOf(body, boundary)];
  if (pieces.length > MIME_PARTS) return false;
  const parts = pieces.map((piece) => {
    const lines = headerLines(splitHead(piece, 'part').head);
    const disposition = parametersOf(firstOf(lines, 'content-disposition'));
    const kind = parametersOf(firstOf(lines, 'content-type') ?? 'text/plain').value;
    return { kind, isFile: disposition.value === 'attachment' || disposition.params.has('filename') };
  });
  const kinds = parts.map(({ kind }) => kind);
  const areFaces =
    parts.length > 0 &&
    new Set(kinds).size === kinds.length &&
    parts.every(({ kind, isFile }) => faces.test(kind) && !isFile) &&
    (parts.length === 1 || (kinds[0] === 'text/plain' && kinds.some((kind) => kind !== 'text/plain')));
  if (type === 'multipart/alternative') return areFaces;
  return ['multipart/mixed', 'multipart/related', 'multipart/signed'].includes(type) && !(areFaces && parts.length > 1);
}

function fitsEncoding(given: string, text: string, isTypeSigned: boolean): boolean {
  if (given === 'base64') return isBase64(text) && (isTypeSigned || isUtf8Text(text));
  if (given === 'quoted-printable') return isCleanlyEscaped(text);
  if (!['7bit', '8bit', 'binary'].includes(given)) return false;
  return !looksEscaped(text) && !(isBase64(text) && isUtf8Text(text));
}

/** True if the text has lines of equal length, as programs write base64. A single word does not count. */
function isBase64(text: string): boolean {
  const lines = text.trimEnd().split(/\r?\n/);
  const width = lines[0]?.length ?? 0;
  const last = lines.length - 1;
  const size = width * last + (lines[last]?.length ?? 0);
  return (
    size >= 8 &&
    size % 4 === 0 &&
    lines.every((line, n) => (n === last ? line.length <= width : line.length === width)) &&
    lines.every((line, n) => (n === last ? /^[A-Za-z0-9+/]+={0,2}$/ : /^[A-Za-z0-9+/]+$/).test(line))
  );
}

function isUtf8Text(base64: string): boolean {
  return isPlain(utf8(Buffer.from(base64, 'base64')));
}

/** The length from which programs break a quoted-printable line. */
const FULL_LINE = 50;

/**
 * True if the text looks like quoted-printable (RFC 2045 section 6.7). One `=96` is not enough, because it may be plain
 * text, as in `id=96`.
 */
function looksEscaped(text: string): boolean {
  if (!text.includes('=') || /[^\t\r\n -~]/.test(text) || /=(?![0-9A-F]{2}|[ \t]*\r?\n|[ \t]*$)/i.test(text))
    return false;
  if (/=3D|=[ \t]*\r?\n/i.test(text)) return true;
  const read = utf8(unescaped(text));
  return read !== undefined && beyondAscii.test(read);
}

/**
 * True if only those characters are escaped that programs must escape: non-ASCII, `=`, line ends, soft breaks of full
 * lines. No escape may make a new line.
 */
function isCleanlyEscaped(text: string): boolean {
  if (!text.includes('=')) return true;
  const lines = text.split(/\r?\n/);
  for (const [n, line] of lines.entries()) {
    if (line.length > 80 || /[^\t -~]/.test(line) || /=(?![0-9A-F]{2}|$)/.test(line)) return false;
    if (/=(?!(?:[89A-F][0-9A-F]|3D|$))/.test(line.replace(/^=(?:2E|2D|46)|=(?:20|09)(?==?$)/g, ''))) return false;
    if (line.endsWith('=') && line.length < FULL_LINE && n < lines.length - 1) return false;
  }
  const read = utf8(unescaped(text));
  return read === undefined || isPlain(read);
}

function unescaped(text: string): Buffer {
  const joined = text.replace(/=\r?\n/g, '').replace(/=$/, '');
  return Buffer.from(
    joined.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );
}

function decoded(encoding: string, body: Buffer, text: string): Buffer {
  if (encoding === 'base64') return Buffer.from(text, 'base64');
  return encoding === 'quoted-printable' ? unescaped(text) : body;
}

const beyondAscii = /[^\p{ASCII}]/u;
const asciiToo = /^(?:us-ascii|utf-?8|iso-8859-\d{1,2}|windows-125\d)$/;

/**
 * True if the header declares plain text or HTML, the body looks like that type, and the body is ASCII or the declared
 * charset is UTF-8.
 */
function fitsText({ value, params }: Parameters, body: Buffer): boolean {
  if (value !== 'text/plain' && value !== 'text/html') return false;
  const looksLikeHtml = /^\s*<(?:!doctype|!--|\/?[a-z][a-z0-9]*[\s/>])/i.test(body.toString('latin1', 0, 1_000));
  if (looksLikeHtml !== (value === 'text/html')) return false;
  const charset = (params.get('charset') ?? 'us-ascii').toLowerCase();
  if (!asciiToo.test(charset)) return false;
  const read = utf8(body);
  if (read === undefined || read.includes('\u001B')) return false;
  return /^utf-?8$/.test(charset) || !beyondAscii.test(read);
}

function utf8(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** True for text without control characters and other line separators. */
function isPlain(text: string | undefined): boolean {
  return text !== undefined && !/(?![\r\n\t])[\p{Cc}\p{Zl}\p{Zp}]/u.test(text);
}
