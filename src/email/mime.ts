// The tree of a mail's parts (RFC 2046), bounded in depth and number. Our own walk: mailparser flattens an inline message/rfc822 into text. Pure.
import { firstOf, headerLines, type Parameters, parametersOf, splitHead } from './headers.ts';
import { MIME_DEPTH, MIME_PARTS } from './limits.ts';
import type { HeaderLine } from './mail.ts';
import { Unfit } from './unfit.ts';

export interface Part {
  lines: HeaderLine[];
  type: Parameters;
  disposition: Parameters;
  /** Still encoded. */
  body: Buffer;
  /** Of a multipart: its parts. Of a message/rfc822: the one message. */
  parts: Part[];
  /** Bytes with headers. */
  size: number;
}

interface Walk {
  count: number;
}

export function readMime(raw: Buffer): Part {
  return readPart(raw, 'text/plain', 0, { count: 0 });
}

function readPart(raw: Buffer, defaultType: string, depth: number, walk: Walk): Part {
  walk.count += 1;
  if (depth > MIME_DEPTH) throw new Unfit(`Its parts are nested deeper than ${MIME_DEPTH} levels.`);
  if (walk.count > MIME_PARTS) throw new Unfit(`It has more than ${MIME_PARTS} parts.`);
  const { head, body } = splitHead(raw, depth === 0 ? 'mail' : 'part');
  const lines = headerLines(head);
  const type = parametersOf(firstOf(lines, 'content-type') ?? defaultType);
  if (!/^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/.test(type.value)) type.value = 'text/plain';
  const disposition = parametersOf(firstOf(lines, 'content-disposition'));
  const part: Part = { lines, type, disposition, body, parts: [], size: raw.length };
  const boundary = type.params.get('boundary');
  if (type.value.startsWith('multipart/') && boundary) {
    const inner = type.value === 'multipart/digest' ? 'message/rfc822' : 'text/plain';
    for (const piece of piecesOf(body, boundary)) part.parts.push(readPart(piece, inner, depth + 1, walk));
  } else if (isMessage(type.value)) {
    part.parts.push(readPart(messageBytes(part), 'text/plain', depth + 1, walk));
  }
  return part;
}

function isMessage(type: string): boolean {
  return type === 'message/rfc822' || type === 'message/global';
}

/** RFC 2046 section 5.2.1 allows no encoding here; some mailers use base64 all the same. */
function messageBytes({ lines, body }: Part): Buffer {
  const encoding = firstOf(lines, 'content-transfer-encoding')?.toLowerCase();
  return encoding === 'base64' ? Buffer.from(body.toString('latin1'), 'base64') : body;
}

/** The bytes between the boundary lines; what stands before the first and after the last is nobody's. */
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
  // Cut off on the way: the last part is what there is.
  if (from !== -1 && from < body.length) yield body.subarray(from);
}

/** A boundary stands at the beginning of a line, alone but for `--` and blanks. */
function boundaryLine(body: Buffer, at: number, length: number) {
  if (at > 0 && body[at - 1] !== 0x0a) return undefined;
  const end = body.indexOf(0x0a, at + length);
  const rest = body.toString('latin1', at + length, Math.min(end === -1 ? body.length : end, at + length + 200));
  if (!/^(?:--)?[ \t]*\r?$/.test(rest)) return undefined;
  const before = at > 1 && body[at - 2] === 0x0d ? at - 2 : at - 1;
  return { before, after: end === -1 ? body.length : end + 1, last: rest.startsWith('--') };
}
