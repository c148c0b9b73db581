// Splits a body into lines and classifies each. Replies and forwards are parsed from these lines. Pure, linear.

import { htmlLines } from '../html/html-lines.ts';
import type { Line } from '../html/line.ts';
import { LINE_CHARS, TEXT_CHARS } from '../limits.ts';
import type { Mail } from '../mail.ts';
import { labelInLine, labelKind } from './mail-words.ts';

/** The start of a line, without invisible characters. */
export function head(line: Line | undefined): string {
  const text = line?.text ?? '';
  if (text.length <= LINE_CHARS && !odd.test(text)) return text;
  return text.slice(0, LINE_CHARS).replace(unseen, '').replaceAll('\u00a0', ' ');
}

/** Matches direction marks and zero-width characters, which mail programs put around Hebrew and Arabic names. */
const unseen = /[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad]/g;
const odd = /[\u00a0\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/;

export function isBlank(line: Line | undefined): boolean {
  return line === undefined || head(line).trim() === '';
}

/** The alternatives of a body: plain text and HTML. */
export type Faces = Pick<Mail, 'text' | 'html' | 'htmlLines'>;

/**
 * Returns the lines of the HTML if its markup shows quotes, otherwise those of the plain text. If there is only one
 * alternative, returns its lines.
 */
export function linesOf({ text, html, htmlLines: parsed }: Faces): Line[] {
  if (html === undefined) return textLines(text);
  const lines = parsed ?? htmlLines(html);
  return text.trim() === '' || lines.some(({ part }) => part !== 'written') ? lines : textLines(text);
}

export function textLines(text: string): Line[] {
  const all = text.slice(0, TEXT_CHARS).split('\n');
  const initials = initialsIn(all);
  return all.flatMap((line) => {
    const { depth, rest } = unquoted(initials ? withoutInitials(line, initials) : line);
    return unfolded(rest).map((one) => ({ text: one, part: depth > 0 ? 'quoted' : 'written', depth }) as const);
  });
}

/** Matches `GM> text`: The Bat! and other programs quote with the author's initials. */
const initialed = /^ ?(\p{Lu}{1,4})>(?:[> ]|$)/u;

/**
 * Returns the initials of the first quote that is marked with initials and is below a line with a colon. Without that
 * line, a copied shell prompt would count as a quote.
 */
function initialsIn(lines: string[]): string | undefined {
  let above = '';
  for (const line of lines) {
    const found = initialed.exec(line.slice(0, 10))?.[1];
    if (found && /[:\uff1a]$/.test(above)) return found;
    if (line.length > LINE_CHARS) above = '';
    else if (line.trim() !== '') above = line.trim();
  }
  return undefined;
}

function withoutInitials(line: string, initials: string): string {
  const found = initialed.exec(line.slice(0, 10));
  return found?.[1] === initials ? line.slice(line.indexOf('>')) : line;
}

const MOST_LABELS = 12;

/** Splits a header block that Yahoo writes on one line, so that each label starts a new line. */
function unfolded(line: string): string[] {
  if (line.length > LINE_CHARS * 4 || !line.includes('@') || (line.match(/[:\uff1a]/g)?.length ?? 0) < 3) return [line];
  const found = [...line.matchAll(labelInLine)].slice(0, MOST_LABELS);
  const kinds = new Set(found.map(([, label = '']) => labelKind(label)));
  const begin = found[0]?.index ?? 0;
  const before = /^(.*?)([-_]{3,}[^-_]{3,60}[-_]{3,})?\s*$/u.exec(line.slice(0, begin));
  const isBlock = kinds.has('from') && kinds.size >= 3 && (begin === 0 || before?.[2] !== undefined);
  if (!isBlock) return [line];
  const [, own = '', mark] = before ?? [];
  const fields = found.map(({ index }, n) => line.slice(index, found[n + 1]?.index).trim());
  return [...(own.trim() ? [own] : []), ...(mark ? [mark] : []), ...fields];
}

function unquoted(line: string): { depth: number; rest: string } {
  let at = 0;
  let depth = 0;
  while (line[at] === '>' || (line[at] === ' ' && line[at + 1] === '>')) {
    if (line[at] === '>') depth += 1;
    at += 1;
  }
  if (depth > 0 && line[at] === ' ') at += 1;
  // `-- ` starts a signature (RFC 3676 section 4.3); `--` is ordinary text.
  const rest = line.slice(at);
  return { depth, rest: rest === '-- ' ? rest : rest.trimEnd() };
}

/** Joins the lines, and removes empty lines at both ends. */
export function textOfLines(lines: Line[]): string {
  const text = lines.map((line) => line.text);
  let from = 0;
  let to = text.length;
  while (from < to && text[from]?.trim() === '') from += 1;
  while (to > from && text[to - 1]?.trim() === '') to -= 1;
  return text.slice(from, to).join('\n');
}
