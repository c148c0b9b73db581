// Splits a body into passages: the writer's own text, quotes and forwards with their authors, signatures. Decides by
// the structure first, and by phrases second. Pure, linear.

import type { Line } from '../html/line.ts';
import { type Above, type Head, headerBlock } from './header-block.ts';
import { head, isBlank } from './lines.ts';
import { beginForwardLine, deviceLine, forwardedLine, originalLine, wroteLine } from './mail-words.ts';
import { headFrom, introductionAt, isCertain, REPLY_MARKER } from './reply-lines.ts';

export type PassageKind = 'own' | 'quoted' | 'signature';

export interface Passage {
  kind: PassageKind;
  /** Only for quotes: the header block or the line with the author, and the separator above it. */
  introduction: Line[];
  /** The author and date, if the introduction contains them. */
  head: Head;
  /** Set if the introduction has the right shape but no typical words. It may then be the writer's own sentence. */
  isUnsure?: true;
  lines: Line[];
  /**
   * Set if a header block, or phrases that no person writes, show that a quoted mail begins here. Quote marks or an
   * attribution line are not enough.
   */
  begins?: true;
}

/** The kind of mail according to its headers: a forward, an answer, or neither. */
export type Says = 'forward' | 'answer' | 'nothing';

/** The start of a quoted mail. */
interface Start {
  from: number;
  /** The position of the first line after the introduction. */
  content: number;
  head: Head;
  /** The text of an introduction that may be the writer's own sentence. */
  unsure?: string;
}

/** The most empty lines between a separator, a header block and the text. */
const WITHIN = 5;
/** The most lines of a header block that can't be parsed. */
const BLOCK = 12;
const SIGNATURE_LINES = 8;
const MARK_CHARS = 150;
/** The most lines that are examined. All lines below count as quoted. */
const MOST_LOOKS = 10_000;

export function passagesOf(lines: Line[], says: Says): Passage[] {
  const kinds: PassageKind[] = [];
  const begins = new Map<number, Start>();
  let rest: { depth: number; box: number; end: number } | undefined;
  let deeper: number | undefined;
  let looks = 0;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] as Line;
    if (rest && ((rest.box && line.box !== rest.box) || line.depth < rest.depth || at > rest.end)) rest = undefined;
    if (deeper !== undefined && line.depth <= deeper && !isBlank(line)) deeper = undefined;
    const isForeign = rest !== undefined || line.part === 'quoted' || (deeper !== undefined && line.depth > deeper);
    if (beginsMaybe(line)) looks += 1;
    if (looks > MOST_LOOKS) rest ??= { depth: 0, box: 0, end: lines.length };
    const start = looks > MOST_LOOKS ? undefined : startAt(lines, at, says);
    if (start && (isForeign || isEffective(lines, start, says !== 'nothing'))) {
      begins.set(start.from, start);
      for (let n = start.from; n < start.content; n += 1) kinds[n] = 'quoted';
      if (!isForeign && isQuotedNext(lines, start.content, line)) deeper = line.depth;
      else if (!isForeign || isMarkedAlone(lines, start, line))
        rest = { depth: line.depth, box: line.box ?? 0, end: closing(lines, start) };
      at = start.content - 1;
      continue;
    }
    kinds[at] = isForeign ? 'quoted' : line.part === 'signature' ? 'signature' : 'own';
  }
  markSignatures(lines, kinds);
  return grouped(lines, kinds, begins);
}

/**
 * A cheap check before the others: false if no quoted mail can start on this line, because it has no colon, table
 * border or dashes.
 */
function beginsMaybe(line: Line): boolean {
  return /[:\uff1a|]|[-_]{2}/.test(head(line));
}

function startAt(lines: Line[], at: number, says: Says): Start | undefined {
  const line = lines[at] as Line;
  if (!beginsMaybe(line)) return undefined;
  const strength = strengthAbove(lines, at);
  const block = headerBlock(lines, at, strength === 'none' && says === 'forward' ? 'said' : strength);
  if (block) return { from: above(lines, at), content: block.end, head: block.head };
  if (isMark(line)) return blockFollows(lines, at) ? undefined : { from: at, content: at + 1, head: {} };
  const introduction = introductionAt(lines, at, isQuotedNext(lines, at + 1, line));
  if (!introduction) return undefined;
  const { from, text } = introduction;
  return { from, content: at + 1, head: headFrom(text), unsure: text };
}

function isEffective(lines: Line[], { unsure, content }: Start, hinted: boolean): boolean {
  if (unsure === undefined || isCertain(unsure, hinted)) return true;
  return isQuotedNext(lines, content, lines[content - 1] as Line) || isIndentedNext(lines, content);
}

/** True if the next text is indented. Outlook for Mac marks a quoted mail only in this way. */
function isIndentedNext(lines: Line[], at: number): boolean {
  const next = lines.slice(at, at + WITHIN).find((line) => !isBlank(line));
  return next !== undefined && /^(?: {4}|\t)\S/.test(next.text);
}

/**
 * The most words besides names and dates in a line that a program wrote. A line with more words may be a person's own.
 */
const MOST_WORDS = 4;

function mayBeSentence(introduction: string, { date = '' }: Head): boolean {
  if (wroteLine.test(introduction) || /^-{3}/.test(introduction)) return false;
  const inDate = new Set(wordsIn(date));
  return wordsIn(introduction.replace(/<[^<>]*>/g, '')).filter((word) => !inDate.has(word)).length > MOST_WORDS;
}

function wordsIn(text: string): string[] {
  return text.toLowerCase().match(/\p{L}+/gu) ?? [];
}

/** True if the following text has quote marks that this line lacks. */
function isQuotedNext(lines: Line[], at: number, line: Line): boolean {
  for (let n = at; n < Math.min(lines.length, at + WITHIN); n += 1) {
    const next = lines[n] as Line;
    if (isBlank(next) && next.depth <= line.depth) continue;
    return next.depth > line.depth || (next.part === 'quoted' && line.part !== 'quoted');
  }
  return false;
}

/** True if the quote ends with its container. Gmail marks the header of a forward, but not the mail below it. */
function isMarkedAlone(lines: Line[], { content, unsure }: Start, line: Line): boolean {
  if (unsure !== undefined || !line.box) return false;
  const isBlankOrQuoted = (one: Line) => isBlank(one) || (one.part === 'quoted' && one.depth === line.depth);
  const next = lines.slice(content, content + BLOCK).find((one) => !isBlankOrQuoted(one));
  return next?.box === line.box && next.part === 'written';
}

/**
 * Returns the position of the line that closes a forwarded mail, below which people may continue. If there are several,
 * the last one counts, because the others are inside the mail.
 */
function closing(lines: Line[], { from }: Start): number {
  const closer = closers.find(([opens]) => opens.test(head(lines[from])))?.[1];
  if (!closer || lines[from]?.box) return lines.length;
  for (let at = lines.length - 1; at > from; at -= 1) if (closer.test(head(lines[at]))) return at;
  return lines.length;
}

/** The opening and closing lines of KMail, mutt and Horde. */
const closers: [RegExp, RegExp][] = [
  [/^-{10} {2}\S.* {2}-{10}$/, /^-{41}$/],
  [/^-{5} (?:Forwarded message from|\S.*\S@\S).* -{5}$/, /^-{5} End forwarded message -{5}$/],
];

const rule = /^\s*[_=*─—–-]{5,}\s*$/u;
/** Matches words between dashes in any language, as `----- Weitergeleitete Nachricht -----`. */
const dashedWords = /^\s*[-_=*~─—–]{2,}\s{0,2}\p{L}[^\n]{2,120}?[-_=*~─—–]{2,}\s*$/u;

/** True if the line alone announces a quoted mail. */
function isMark(line: Line): boolean {
  const text = head(line);
  if (text.length > MARK_CHARS || !/[-_]{2}|[:\uff1a]\s*$/.test(text)) return false;
  return (
    originalLine.test(text) || forwardedLine.test(text) || beginForwardLine.test(text) || text.includes(REPLY_MARKER)
  );
}

function blockFollows(lines: Line[], at: number): boolean {
  for (let n = at + 1; n < Math.min(lines.length, at + WITHIN); n += 1) {
    if (isBlank(lines[n])) continue;
    return headerBlock(lines, n, 'sure') !== undefined;
  }
  return false;
}

/** Returns how clearly the lines above announce a header block. */
function strengthAbove(lines: Line[], at: number): Exclude<Above, 'said'> {
  const line = lines[at] as Line;
  if (line.part === 'quoted' && (at === 0 || lines[at - 1]?.part !== 'quoted')) return 'sure';
  for (let n = at - 1; n >= Math.max(0, at - WITHIN); n -= 1) {
    const before = lines[n] as Line;
    if (isBlank(before)) continue;
    if (isMark(before) || dashedWords.test(head(before))) return 'sure';
    if (rule.test(head(before))) return 'ruled';
    break;
  }
  return line.ruled ? 'ruled' : 'none';
}

/** Returns the first of the lines above a header block that a mail program wrote. */
function above(lines: Line[], at: number): number {
  let from = at;
  for (let n = at - 1; n >= Math.max(0, at - WITHIN); n -= 1) {
    const line = lines[n] as Line;
    if (isBlank(line)) continue;
    const text = head(line);
    const isIntroduction = line.part === 'quoted' && /^[^\d@]{4,60}[:\uff1a]\s*$/u.test(text);
    if (!isMark(line) && !rule.test(text) && !dashedWords.test(text) && !isIntroduction) break;
    from = n;
  }
  return from;
}

/** Marks signatures: a few lines after `-- ` (RFC 3676 section 4.3), and the line that a phone or a program adds. */
function markSignatures(lines: Line[], kinds: PassageKind[]): void {
  for (let at = 0; at < lines.length; at += 1) {
    if (kinds[at] !== 'own') continue;
    const text = lines[at]?.text ?? '';
    if (text === '-- ') {
      let end = at + 1;
      while (end < lines.length && end - at <= SIGNATURE_LINES && kinds[end] === 'own' && !isBlank(lines[end]))
        end += 1;
      kinds.fill('signature', at, end);
      at = end - 1;
    } else if (isDeviceLine(lines, kinds, at)) kinds[at] = 'signature';
  }
}

function isDeviceLine(lines: Line[], kinds: PassageKind[], at: number): boolean {
  if (!deviceLine.test(head(lines[at]))) return false;
  const before = lines[at - 1];
  if (before && !isBlank(before) && kinds[at - 1] === 'own') return false;
  for (let n = at + 1; n < Math.min(lines.length, at + WITHIN); n += 1) {
    if (kinds[n] !== 'own') return true;
    if (!isBlank(lines[n])) return false;
  }
  return true;
}

function grouped(lines: Line[], kinds: PassageKind[], begins: Map<number, Start>): Passage[] {
  const passages: Passage[] = [];
  let introductionEnd = 0;
  for (const [at, line] of lines.entries()) {
    const kind = kinds[at] ?? 'own';
    const start = begins.get(at);
    let last = passages.at(-1);
    if (start || !last || last.kind !== kind) {
      const { unsure } = start ?? {};
      last = { kind, introduction: [], head: start?.head ?? {}, lines: [] };
      if (start && unsure === undefined) last.begins = true;
      if (start && unsure !== undefined && mayBeSentence(unsure, start.head)) last.isUnsure = true;
      passages.push(last);
    }
    if (start) introductionEnd = start.content;
    if (at < introductionEnd) last.introduction.push(line);
    else last.lines.push(line);
  }
  return passages;
}
