// Parses the headers of a mail or a part (RFC 5322 section 2.2) from untrusted bytes. Pure.

import { HEADER_BYTES } from '../limits.ts';
import type { HeaderLine } from '../mail.ts';
import { Unfit } from '../parse/unfit.ts';
import { utf8 } from './charset.ts';

const LF = 0x0a;
const CR = 0x0d;

/**
 * Splits at the first empty line, with any kind of line break, as DKIM verifiers do, so that a signed body is not read
 * as headers. A part may have no body. In a `part`, which is inside a signed body, a line of white space counts as
 * empty too, because RFC 6376 section 3.4.4 makes no difference between the two.
 */
export function splitHead(raw: Buffer, where: 'mail' | 'part' = 'mail'): { head: Buffer; body: Buffer } {
  const seen = raw.subarray(0, HEADER_BYTES + 4);
  for (let before = -1; ; ) {
    let at = before + 1;
    while (where === 'part' && (seen[at] === 0x20 || seen[at] === 0x09)) at += 1;
    if (seen[at] === CR) at += 1;
    if (seen[at] === LF) {
      const end = before > 0 && seen[before - 1] === CR ? before - 1 : before;
      return { head: raw.subarray(0, Math.max(end, 0)), body: raw.subarray(at + 1) };
    }
    before = seen.indexOf(LF, before + 1);
    if (before === -1) break;
  }
  if (raw.length > HEADER_BYTES) throw new Unfit('Its headers are longer than Skein reads.');
  return { head: raw, body: raw.subarray(raw.length) };
}

const GLANCE_BYTES = 64 * 1024;

/** Returns the lines before the first empty one. Use it to look at the headers of a mail that may be unreadable. */
export function headText(raw: Uint8Array): string {
  const [head = ''] = Buffer.from(raw.subarray(0, GLANCE_BYTES))
    .toString('latin1')
    .split(/\r?\n\r?\n/, 1);
  return head;
}

export function headerLines(head: Buffer): HeaderLine[] {
  const unfolded: string[][] = [];
  for (const line of head.toString('latin1').split(/\r?\n/)) {
    const open = unfolded.at(-1);
    if (/^[ \t]/.test(line) && open) open.push(line.replace(/^[ \t]+/, ''));
    else unfolded.push([line]);
  }
  return unfolded.flatMap((pieces) => {
    const line = textOf(pieces.map((piece) => piece.trimEnd()).join(' '));
    const colon = line.indexOf(':');
    const key = line.slice(0, colon).trim().toLowerCase();
    return colon > 0 && /^[!-9;-~]+$/.test(key) ? [{ key, value: line.slice(colon + 1).trim() }] : [];
  });
}

/** Returns the raw header lines in latin1, still folded. */
export function rawLines(head: Buffer): string[] {
  const lines: string[] = [];
  for (const line of head.toString('latin1').split(/\r?\n/)) {
    if (/^[ \t]/.test(line) && lines.length > 0) lines.push(`${lines.pop()}\r\n${line}`);
    else lines.push(line);
  }
  return lines;
}

/**
 * Decodes a header line. It should be ASCII. Any other line is UTF-8 (RFC 6532), or windows-1252 from an old mailer.
 */
function textOf(line: string): string {
  return /\P{ASCII}/u.test(line) ? utf8(Buffer.from(line, 'latin1')) : line;
}

export function valuesOf(lines: HeaderLine[], ...keys: string[]): string[] {
  return lines.filter(({ key }) => keys.includes(key)).map(({ value }) => value);
}

export function firstOf(lines: HeaderLine[], key: string): string | undefined {
  return lines.find((line) => line.key === key)?.value;
}

/** Returns the message ids in these headers, each once. Skips other text that mailers put beside the ids. */
export function messageIds(values: string[]): string[] {
  const ids = values.flatMap((value) => value.slice(0, 50_000).match(/<[^<>\s@]{1,500}@[^<>\s@]{1,255}>/g) ?? []);
  return [...new Set(ids)];
}

export interface Parameters {
  /** The header's main value in lower case, as `text/plain` or `attachment`. */
  value: string;
  /** The parameters, with names in lower case. RFC 2231 pieces are not decoded. */
  params: Map<string, string>;
}

const parameter = /;\s*([^\s=;"]{1,60})\s*=\s*(?:"((?:[^"\\]|\\.){0,2000})"|([^;"]{0,2000}))/g;

/**
 * Parses a header such as `multipart/mixed; boundary="x"` (RFC 2045 section 5.1). If a name occurs twice, the first one
 * counts.
 */
export function parametersOf(header: string | undefined): Parameters {
  const text = (header ?? '').slice(0, 10_000);
  const params = new Map<string, string>();
  for (const [, name = '', quoted, plain] of text.matchAll(parameter)) {
    const value = quoted?.replace(/\\(["\\])/g, '$1') ?? plain?.trim() ?? '';
    if (!params.has(name.toLowerCase())) params.set(name.toLowerCase(), value);
  }
  return { value: (text.split(';')[0] ?? '').trim().toLowerCase(), params };
}
