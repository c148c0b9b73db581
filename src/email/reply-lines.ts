// Where a quoted mail begins in a body, line by line; each look is at a bounded number of bounded lines, so no text makes it slow. Pure.
import { LINE_CHARS } from './limits.ts';
import type { Line } from './lines.ts';
import { authorLine, type Label, labelOf, openingLine, originalLine, wroteLine } from './mail-words.ts';

/** Written into our mails above what we quote; people's mail programs keep it. */
export const REPLY_MARKER = 'Reply above this line';

/** Mail programs break the line above a quote in up to this many. */
const WROTE_LINES = 4;
/** Labels are looked for in so many lines after the first. */
const HEADER_LINES = 10;

/** The first line of the `On … wrote:` that ends at line `at`, if one does. */
export function wroteStart(lines: Line[], at: number): number | undefined {
  if (!/[::]\s*$/.test(head(lines[at]))) return undefined;
  let text = '';
  let start: number | undefined;
  for (let from = at; from > at - WROTE_LINES && lines[from]?.part === lines[at]?.part; from -= 1) {
    const line = head(lines[from]);
    if (line.trim() === '') break;
    text = `${line} ${text}`.trim().slice(-LINE_CHARS);
    if (openingLine.test(line) && isIntroduction(text)) return from;
    if (start === undefined && isIntroduction(text)) start = from;
  }
  return start;
}

function isIntroduction(text: string): boolean {
  return authorLine.test(text) || (wroteLine.test(text) && isDated(text));
}

/** A person's own sentence seldom has a date or an address right before `wrote:`. */
function isDated(text: string): boolean {
  return /\d{1,2}\s?[.:/h年月時时]\s?\d{1,2}|\d{4}|[^\s@<]@[^\s@>]/.test(text);
}

/** So sure that all that follows is the old mail, quote marks or not. */
export function isCertain(lines: Line[], from: number, at: number): boolean {
  const text = lines
    .slice(from, at + 1)
    .map(head)
    .join(' ');
  const clock = /\d{1,2}\s?[:.h]\s?\d{2}/.test(text) && /\d{4}/.test(text);
  return /^\s*["'„«]?\p{Lu}|^\s*[在于於\d]/u.test(text) && (clock || /<[^<>\s]{1,200}@[^<>\s]{1,200}>/.test(text));
}

/** `-----Original Message-----`, our own marker, or the header block that Outlook writes: the rest is the old mail. */
export function restStarts(lines: Line[], at: number): boolean {
  const line = head(lines[at]);
  if (line.includes(REPLY_MARKER)) return true;
  return originalLine.test(line) || headerBlock(lines, at) !== undefined;
}

export interface HeaderBlock {
  values: Partial<Record<Label, string>>;
  /** The first line after the block. */
  end: number;
}

/** Three labels close together, From the first of them unless any will do (below a line that says what follows). */
export function headerBlock(lines: Line[], at: number, first: 'from' | 'any' = 'from'): HeaderBlock | undefined {
  const label = labelOf(head(lines[at]))?.label;
  if (label === undefined || (first === 'from' && label !== 'from')) return undefined;
  const values: Partial<Record<Label, string>> = {};
  let end = at;
  let last: Label | undefined;
  for (let n = at; n < Math.min(lines.length, at + HEADER_LINES); n += 1) {
    const line = head(lines[n]);
    const found = labelOf(line);
    if (found && values[found.label] === undefined) {
      values[found.label] = found.value;
      last = found.label;
      end = n + 1;
    } else if (line.trim() === '') {
      // HTML bodies put every label into a paragraph of its own.
      if (Object.keys(values).length >= 3 && labelOf(head(lines[n + 1])) === undefined) break;
    } else if (last === 'to' || last === 'cc') {
      // A long list of recipients goes on in the next line.
      values[last] = `${values[last]} ${line.trim()}`.trim();
      end = n + 1;
    } else break;
  }
  return Object.keys(values).length >= 3 ? { values, end } : undefined;
}

export function head(line: Line | undefined): string {
  return (line?.text ?? '').slice(0, LINE_CHARS);
}
