// Reads the file name of a part: encoded words, RFC 2231 pieces with percent encoding, or raw UTF-8. Pure.

import { FILE_NAME_CHARS } from '../limits.ts';
import type { Part } from '../parse/mime.ts';
import { textIn } from './charset.ts';
import { decodeWords } from './encoded-words.ts';

/** Returns the file name. Undefined if the part has none. */
export function fileNameOf({ disposition, type }: Pick<Part, 'disposition' | 'type'>): string | undefined {
  return named(disposition.params, 'filename') ?? named(type.params, 'name') ?? named(disposition.params, 'name');
}

export function isNamed(part: Pick<Part, 'disposition' | 'type'>): boolean {
  return fileNameOf(part) !== undefined;
}

const MOST_PIECES = 100;

function named(params: ReadonlyMap<string, string>, key: string): string | undefined {
  const whole = params.get(`${key}*`);
  const extended = whole === undefined ? piecesOf(params, key) : [{ text: whole, percent: true }];
  if (extended.length > 0) return safeName(joined(extended));
  const plain = params.get(key);
  return plain === undefined ? undefined : safeName(decodeWords(plain));
}

interface Piece {
  text: string;
  /** True if the piece is percent-encoded. */
  percent: boolean;
}

function piecesOf(params: ReadonlyMap<string, string>, key: string): Piece[] {
  const pieces: Piece[] = [];
  for (let n = 0; n < MOST_PIECES; n += 1) {
    const coded = params.get(`${key}*${n}*`);
    const text = coded ?? params.get(`${key}*${n}`);
    // Some programs number the pieces from one instead of zero.
    if (text === undefined && n > 0) break;
    if (text !== undefined) pieces.push({ text, percent: coded !== undefined });
  }
  return pieces;
}

/**
 * Joins the pieces, of which the first begins like `utf-8'de'`, and then decodes. A character may be split between two
 * pieces.
 */
function joined(pieces: readonly Piece[]): string {
  const [first] = pieces;
  const head = first?.percent ? /^([^']{0,60})'[^']{0,60}'/.exec(first.text) : null;
  if (!pieces.some(({ percent }) => percent)) return decodeWords(pieces.map(({ text }) => text).join(''));
  const bytes = pieces.map(({ text, percent }, n) => {
    const own = n === 0 && head ? text.slice(head[0].length) : text;
    return percent ? unescaped(own) : Buffer.from(own, 'utf8');
  });
  const all = Buffer.concat(bytes);
  return decodeWords(textIn(all, head?.[1]) ?? textIn(all, undefined) ?? '');
}

function unescaped(text: string): Buffer {
  const parts = text.split(/(%[0-9a-f]{2})/i);
  return Buffer.concat(
    parts.map((part) =>
      /^%[0-9a-f]{2}$/i.test(part) ? Buffer.from([Number.parseInt(part.slice(1), 16)]) : Buffer.from(part, 'utf8'),
    ),
  );
}

/** Returns the last segment of the path, without characters that are special for a file system or a terminal. */
export function safeName(name: string | undefined): string | undefined {
  const last = name?.split(/[\\/]/).at(-1) ?? '';
  const plain = last
    .normalize('NFC')
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
