// A body in passages: what its writer wrote, what was quoted or forwarded and by whom, and signatures. Recognised by structure first, words second. Pure, linear.

import type { Line } from '../html/line.ts';
import { type Above, type Head, headerBlock } from './header-block.ts';
import { head, isBlank } from './lines.ts';
import { beginForwardLine, deviceLine, forwardedLine, originalLine, wroteLine } from './mail-words.ts';
import { headFrom, introductionAt, isCertain, REPLY_MARKER } from './reply-lines.ts';

export type PassageKind = 'own' | 'quoted' | 'signature';

export interface Passage {
  kind: PassageKind;
  /** Quotes only: the header block or the line that names the author, with the separator that mail programs put above it. */
  introduction: Line[];
  /** As far as the introduction tells. */
  head: Head;
  /** The introduction has the shape of one, and none of the words that programs write: it may be somebody's own sentence. */
  isUnsure?: true;
  lines: Line[];
  /** An old mail begins here, by a header block or by words that no person writes; not by marks alone, or by the line above a quote. */
  begins?: true;
}

/** What the mail says of itself in its head. */
export type Says = 'forward' | 'answer' | 'nothing';

/** Where an old mail begins. */
interface Start {
  from: number;
  /** The first line after the introduction. */
  content: number;
  head: Head;
  /** A line that may be somebody's own sentence; its words. */
  unsure?: string;
}

/** Between a mark, the header block and the text may be a few empty lines. */
const WITHIN = 5;
/** What is left of a header block that could not be read. */
const BLOCK = 12;
const SIGNATURE_LINES = 8;
const MARK_CHARS = 150;
/** Lines that are looked at closely, in a mail and in a second; what stands below them counts as another's. */
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

/** All that can begin an old mail has a colon, a table's border or dashes. */
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

/** Outlook for Mac moves the old mail to the right, and marks it by nothing else. */
function isIndentedNext(lines: Line[], at: number): boolean {
  const next = lines.slice(at, at + WITHIN).find((line) => !isBlank(line));
  return next !== undefined && /^(?: {4}|\t)\S/.test(next.text);
}

/** A program says a name, a date and a verb: more words than that may be somebody's own. */
const MOST_WORDS = 4;

function mayBeSentence(introduction: string, { date = '' }: Head): boolean {
  if (wroteLine.test(introduction) || /^-{3}/.test(introduction)) return false;
  const inDate = new Set(wordsIn(date));
  return wordsIn(introduction.replace(/<[^<>]*>/g, '')).filter((word) => !inDate.has(word)).length > MOST_WORDS;
}

function wordsIn(text: string): string[] {
  return text.toLowerCase().match(/\p{L}+/gu) ?? [];
}

/** Does the text that follows carry marks of a quote which this line has not? */
function isQuotedNext(lines: Line[], at: number, line: Line): boolean {
  for (let n = at; n < Math.min(lines.length, at + WITHIN); n += 1) {
    const next = lines[n] as Line;
    if (isBlank(next) && next.depth <= line.depth) continue;
    return next.depth > line.depth || (next.part === 'quoted' && line.part !== 'quoted');
  }
  return false;
}

/** Gmail marks the header of a forward, and not the mail below it, which ends with the container of both. */
function isMarkedAlone(lines: Line[], { content, unsure }: Start, line: Line): boolean {
  if (unsure !== undefined || !line.box) return false;
  const isBlankOrQuoted = (one: Line) => isBlank(one) || (one.part === 'quoted' && one.depth === line.depth);
  const next = lines.slice(content, content + BLOCK).find((one) => !isBlankOrQuoted(one));
  return next?.box === line.box && next.part === 'written';
}

/** Some programs write a line below the mail that they forward, and people go on below. It is the last of its kind: others are in the mail. */
function closing(lines: Line[], { from }: Start): number {
  const closer = closers.find(([opens]) => opens.test(head(lines[from])))?.[1];
  if (!closer || lines[from]?.box) return lines.length;
  for (let at = lines.length - 1; at > from; at -= 1) if (closer.test(head(lines[at]))) return at;
  return lines.length;
}

/** KMail; mutt and Horde. */
const closers: [RegExp, RegExp][] = [
  [/^-{10} {2}\S.* {2}-{10}$/, /^-{41}$/],
  [/^-{5} (?:Forwarded message from|\S.*\S@\S).* -{5}$/, /^-{5} End forwarded message -{5}$/],
];

const rule = /^\s*[_=*─—–-]{5,}\s*$/u;
/** `----- Weitergeleitete Nachricht -----`, whatever the words are. */
const dashedWords = /^\s*[-_=*~─—–]{2,}\s{0,2}\p{L}[^\n]{2,120}?[-_=*~─—–]{2,}\s*$/u;

/** Words that say by themselves that an old mail follows. */
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

/** How much the lines above say that a header block comes. */
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

/** The first of the lines above a header block that a mail program wrote. */
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

/** RFC 3676 section 4.3: `-- ` alone on a line, and a few lines; and the line a phone or a program adds. */
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
