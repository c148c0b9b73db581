// Parses the tree of a mail's parts (RFC 2046), with limits. mailparser is not used, because it flattens an inline
// message/rfc822 into text. Pure.

import { firstOf, headerLines, type Parameters, parametersOf, splitHead } from '../decode/headers.ts';
import { decodeTransfer } from '../decode/transfer.ts';
import { MIME_DEPTH, MIME_PARTS } from '../limits.ts';
import type { HeaderLine } from '../mail.ts';
import { Unfit } from './unfit.ts';

export interface Part {
  lines: HeaderLine[];
  type: Parameters;
  disposition: Parameters;
  /** The body, still encoded. */
  body: Buffer;
  /** The parts of a multipart, or the message inside a message/rfc822. */
  parts: Part[];
  /** The part's size in bytes, including its headers. */
  size: number;
}

interface Walk {
  count: number;
}

export function readMime(raw: Buffer): Part {
  return readPart(raw, 'nothing', 'text/plain', 0, { count: 0 });
}

function readPart(raw: Buffer, within: Within, defaultType: string, depth: number, walk: Walk): Part {
  walk.count += 1;
  if (depth > MIME_DEPTH) throw new Unfit(`Its parts are nested deeper than ${MIME_DEPTH} levels.`);
  if (walk.count > MIME_PARTS) throw new Unfit(`It has more than ${MIME_PARTS} parts.`);
  const { body, lines } = headAndBody(raw, within);
  const type = parametersOf(firstOf(lines, 'content-type') ?? defaultType);
  if (!/^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/.test(type.value)) type.value = 'text/plain';
  const disposition = parametersOf(firstOf(lines, 'content-disposition'));
  const part: Part = { lines, type, disposition, body, parts: [], size: raw.length };
  const boundary = type.params.get('boundary');
  if (type.value.startsWith('multipart/') && boundary) {
    const inner = type.value === 'multipart/digest' ? 'message/rfc822' : 'text/plain';
    for (const piece of piecesOf(body, boundary)) part.parts.push(readPart(piece, 'multipart', inner, depth + 1, walk));
  } else if (isMessage(type.value)) {
    part.parts.push(readPart(messageBytes(part), 'message', 'text/plain', depth + 1, walk));
  }
  // The boundary never occurs in the body. Mail programs then show the whole body as text.
  if (type.value.startsWith('multipart/') && part.parts.length === 0 && body.length > 0) type.value = 'text/plain';
  return part;
}

type Within = 'nothing' | 'multipart' | 'message';

const headOfMail =
  /^(?:from|to|cc|subject|date|sender|reply-to|message-id|received|return-path|mime-version|content-.+|x-.+)$/;

/** Splits a part. If it lacks headers and even the empty line after them, all of it is text. */
function headAndBody(raw: Buffer, within: Within): { body: Buffer; lines: HeaderLine[] } {
  const { head, body } = splitHead(raw, within === 'nothing' ? 'mail' : 'part');
  const lines = headerLines(head);
  if (within === 'nothing' || head.length === 0) return { body, lines };
  const [first = ''] = head.toString('latin1', 0, 1_000).split('\n', 1);
  const begins = /^[!-9;-~]+[ \t]*:/.test(first) || /^>?From /.test(first);
  const isHead = begins && (within === 'multipart' || lines.some(({ key }) => headOfMail.test(key)));
  return isHead ? { body, lines } : { body: raw, lines: [] };
}

function isMessage(type: string): boolean {
  return type === 'message/rfc822' || type === 'message/global';
}

/** Returns the mail inside the part. RFC 2046 section 5.2.1 forbids an encoding for it, but some mailers use one. */
function messageBytes({ lines, body }: Part): Buffer {
  return decodeTransfer(body, firstOf(lines, 'content-transfer-encoding'));
}

/** Yields the bytes between the boundary lines. Ignores the preamble and the epilogue. */
export function* piecesOf(body: Buffer, boundary: string): Generator<Buffer> {
  const mark = Buffer.from(`--${boundary}`, 'utf8');
  let from = -1;
  for (let at = body.indexOf(mark); at !== -1; at = body.indexOf(mark, at + mark.length)) {
    const line = boundaryLine(body, at, mark.length);
    if (!line) continue;
    if (from !== -1) yield body.subarray(from, Math.max(from, line.before));
    if (line.last) return;
    from = line.after;
  }
  // The mail is truncated, so the last part goes to its end.
  if (from !== -1 && from < body.length) yield body.subarray(from);
}

/**
 * Returns the positions before and after a boundary line that begins here; undefined if none does. A boundary line
 * contains only the boundary, `--` and white space.
 */
function boundaryLine(body: Buffer, at: number, length: number) {
  if (at > 0 && body[at - 1] !== 0x0a) return undefined;
  const end = body.indexOf(0x0a, at + length);
  const rest = body.toString('latin1', at + length, Math.min(end === -1 ? body.length : end, at + length + 200));
  if (!/^(?:--)?[ \t]*\r?$/.test(rest)) return undefined;
  const before = at > 1 && body[at - 2] === 0x0d ? at - 2 : at - 1;
  return { before, after: end === -1 ? body.length : end + 1, last: rest.startsWith('--') };
}
