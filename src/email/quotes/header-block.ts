// Finds the header block above a quoted mail by its shape, in any language: lines with a label and a colon, with an
// address and a date among them. Pure.

import type { Line } from '../html/line.ts';
import { head } from './lines.ts';
import { type Label, labelKind, ownLabel } from './mail-words.ts';

export interface Head {
  from?: string;
  date?: string;
  to?: string;
  subject?: string;
}

export interface HeaderBlock {
  head: Head;
  /** The position of the first line after the block. */
  end: number;
}

/**
 * The most lines of a header block. Real blocks have up to eight headers, and long recipient lists take several lines.
 */
const BLOCK_LINES = 24;
const RECIPIENT_LINES = 12;
const MOST_FIELDS = 10;
const LABEL_CHARS = 32;
const LABEL_WORDS = 4;

interface Field {
  label: string;
  kind: Label | undefined;
  value: string;
}

const labelled = new RegExp(
  `^\\s*[*_]{0,3}(\\p{L}[\\p{L}\\p{M}'’´ -]{0,${LABEL_CHARS - 1}})\\s?[*_]{0,3}\\s?[:\\uff1a︰]\\s?[*_]{0,3}(?:\\s+|(?![/\\\\]))(.*)$`,
  'u',
);

/** Parses a line such as `Von: Ada <ada@x>`. Undefined for a line without a label. */
export function fieldOf(line: string): Field | undefined {
  const [, label = '', value] = labelled.exec(cellsJoined(line)) ?? [];
  if (value === undefined || label.trim().split(/\s+/).length > LABEL_WORDS) return undefined;
  return { label: label.trim(), kind: labelKind(label), value: value.replace(/^[*_\s]+/, '').trim() };
}

/**
 * Converts `| From | Ada <ada@x> |` to `From: Ada <ada@x>`, because NetEase draws the block as a table in plain text.
 */
function cellsJoined(line: string): string {
  const text = line.trim();
  if (!text.startsWith('|') || !text.endsWith('|')) return line;
  const [, label = '', value = '', ...more] = text.split('|');
  return more.length === 1 ? `${label.trim()}: ${value.trim()}` : line;
}

/**
 * The evidence above the block: a phrase (`sure`) or a ruled line (`ruled`) that announces a quoted mail, or only the
 * mail's subject (`said`). With evidence, a weaker shape is enough.
 */
export type Above = 'sure' | 'ruled' | 'said' | 'none';

export function headerBlock(lines: Line[], at: number, above: Above): HeaderBlock | undefined {
  const first = fieldOf(head(lines[at]));
  if (!first || startsBefore(lines, at)) return undefined;
  const { fields, end } = fieldsAt(lines, at);
  // The first line may be the writer's own, which can contain a colon too.
  if (!first.kind && fields.filter(({ kind }) => kind !== undefined).length >= 3) return undefined;
  return isHead(fields, above) ? { head: headOf(fields), end } : undefined;
}

/**
 * True if a block would begin on an earlier line. If the lines from the first label on are no block, those from a later
 * label on are none either.
 */
function startsBefore(lines: Line[], at: number): boolean {
  const before = lines[at - 1];
  return before !== undefined && before.depth === lines[at]?.depth && fieldOf(head(before))?.kind !== undefined;
}

function fieldsAt(lines: Line[], at: number): { fields: Field[]; end: number } {
  const fields: Field[] = [];
  const depth = lines[at]?.depth;
  let end = at;
  let spaced = false;
  for (let n = at; n < Math.min(lines.length, at + BLOCK_LINES) && lines[n]?.depth === depth; n += 1) {
    const line = head(lines[n]);
    const field = fieldOf(line);
    if (field && !isBody(fields, field)) {
      fields.push(field);
      end = n + 1;
    } else if (line.trim() === '') {
      // HTML bodies put each label into its own paragraph.
      spaced ||= fields.length === 1;
      if (!spaced || !fieldOf(head(lines[n + 1]))) break;
    } else if (!goesOn(fields.at(-1), line, n - at)) break;
    else end = n + 1;
  }
  return { fields, end };
}

/** True if a line with a label belongs to the mail's text and not to the block. */
function isBody(fields: Field[], field: Field): boolean {
  if (fields.some(({ label }) => label.toLowerCase() === field.label.toLowerCase())) return true;
  return field.kind === undefined && fields.filter(({ kind }) => kind !== undefined).length >= 3;
}

/** True if the line continues a long recipient list, or a long subject whose lines are indented. */
function goesOn(last: Field | undefined, line: string, lineNumber: number): boolean {
  if (!last || lineNumber > RECIPIENT_LINES) return false;
  const isList = last.kind === 'to' || last.kind === 'cc' || (last.kind !== 'subject' && hasAddress(last.value));
  const goes = isList && (hasAddress(line) || /[,;]\s*$/.test(last.value) || last.value === '');
  if (goes || (last.kind !== undefined && (/^\s{2,}\S/.test(line) || last.value === ''))) {
    last.value = `${last.value} ${line.trim()}`.trim();
    return true;
  }
  return false;
}

function isHead(fields: Field[], above: Above): boolean {
  const known = new Set(fields.flatMap(({ kind }) => kind ?? []));
  const has = (...wanted: Label[]) => wanted.every((kind) => known.has(kind));
  const named = (kind: Label) => fields.find((field) => field.kind === kind)?.value ?? '';
  const sure = above === 'sure';
  const addressed = (['from', 'to', 'cc', 'reply'] as const).some((kind) => hasAddress(named(kind)));
  if (has('from') && known.size >= 3 && (has('date') || has('subject'))) {
    if (sure || addressed) return true;
    // Outlook shows names without addresses for people of the same organisation.
    if (has('date', 'subject') && (above === 'ruled' || isFullDate(named('date')))) return true;
  }
  if (sure && has('from') && known.size >= 2) return true;
  if (has('from') && !addressed) return false;
  if (fields.length < (sure ? 2 : 3) || fields.length > MOST_FIELDS) return false;
  if (fields.some(({ label, kind }) => !kind && ownLabel.test(label))) return false;
  if (above === 'said' && fields.some(({ value }) => isDate(value))) return true;
  return fields.some(({ value }) => isMailbox(value)) && fields.some(({ value }) => isDate(value));
}

function headOf(fields: Field[]): Head {
  const value = (kind: Label) => fields.find((field) => field.kind === kind)?.value;
  const rest = fields.filter(({ kind }) => kind === undefined);
  const [from, to] = rest.filter(({ value: text }) => hasAddress(text));
  const date = rest.find(({ value: text }) => !hasAddress(text) && isDate(text));
  const subject = rest.filter((field) => field !== date && !hasAddress(field.value)).at(-1);
  const found: Record<keyof Head, string | undefined> = {
    from: value('from') ?? from?.value,
    date: value('date') ?? date?.value,
    to: value('to') ?? (value('from') === undefined ? to : from)?.value,
    subject: value('subject') ?? subject?.value,
  };
  return Object.fromEntries(Object.entries(found).filter(([, text]) => text));
}

const address = /[^\s@<>()[\]",;:]@[^\s@<>()[\]",;:]/u;
const mailbox =
  /^[^@<>]{0,200}[<([][^\s@<>]{1,200}@[^\s@<>]{1,200}[>)\]]|\[mailto:|^["'“]?[^\s@<>]{1,200}@[^\s@<>,;]{3,200}$/iu;

function hasAddress(text: string): boolean {
  return address.test(text);
}

/** True for a mailbox such as `Mill <office@mill.example>`, or for an address alone. */
function isMailbox(text: string): boolean {
  return mailbox.test(text.trim());
}

const digits = (text: string) => text.replace(/\p{Nd}/gu, (digit) => String(digitOf(digit)));

/** Returns the value of a digit of any script. The ten digits of a script are consecutive in Unicode (section 4.6). */
function digitOf(digit: string): number {
  const code = digit.codePointAt(0) ?? 0x30;
  if (code < 0x80) return code - 0x30;
  let zero = code;
  while (zero > code - 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return code - zero;
}

const yearOf = /(?:^|\D)(?:1[34]|19|20|25)\d\d(?!\d)/;
const clockOf = /(?:^|\D)\d{1,2}\s?[:.h時时시]\s?\d{2}(?!\d)/;
const numeric = /\d{1,4}\s?[./年년-]\s?\d{1,2}\s?[./月월-]\s?\d{1,4}/;

/** True if the text contains the numbers of a date: a day with a year, or `27.11.26`. */
export function isDate(text: string): boolean {
  const plain = digits(text.slice(0, 200));
  return numeric.test(plain) || (/(?:^|\D)\d{1,2}(?!\d)/.test(plain) && (yearOf.test(plain) || clockOf.test(plain)));
}

/** True if the text contains a year and a time, as programs write them. */
export function isFullDate(text: string): boolean {
  const plain = digits(text.slice(0, 200));
  return clockOf.test(plain) && (yearOf.test(plain) || numeric.test(plain));
}
