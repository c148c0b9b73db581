// Splits a line that is too long for a post: between words, or if a word is too long, between visible characters.
// Closes bold, italics and code at the split and reopens them after it. Pure.
import { fill, type Room, sizeOf } from './fill.ts';
import { marksOf, type Pair } from './marks.ts';
import { JOINER } from './neutral.ts';

/** How many nested marks are closed at a split and reopened. Text with deeper nesting is split as plain text. */
const MOST_MARKS = 16;
/** The characters reserved in each piece beside its text: marks and a space at both ends, a backslash, a newline. */
const AROUND = 2 * (MOST_MARKS + 1) + 4;
/** The least number of characters of text in a piece, so that a piece is never marks alone. */
const LEAST_TEXT = 40;
/** The longest sequence of code units that counts as one visible character. */
const LONGEST_CHARACTER = 64;

/**
 * Splits a line of code. Adds only newlines, and a word joiner where a piece begins with a backtick or `~`, which could
 * close the code block.
 */
export function cutCode(line: string, room: Room): string[] {
  const pieces = cutBy(line, room, new Uint8Array(line.length + 1), (from, to) => {
    const code = line.slice(from, to);
    return from > 0 && /^\s*[`~]/.test(code) ? JOINER + code : code;
  });
  return pieces ?? [line];
}

/** Splits prose and keeps its marks. Each piece is a paragraph. */
export function cutProse(text: string, room: Room): string[] {
  const { pairs, holds } = marksOf(text);
  const pieces = cutBy(text, room, holds, (from, to) => {
    const words = text.slice(from, to).trim();
    if (words === '') return '';
    const opened = marksAt(pairs, from).join('');
    const closed = marksAt(pairs, to).reverse().join('');
    if (opened === '' && from > 0) return withoutBlockStart(words) + apart(words, closed) + closed;
    return opened + apart(opened, words) + words + apart(words, closed) + closed;
  });
  return pieces ?? cutLiteral([text], room);
}

/**
 * Splits text into code blocks, for text that can't be split in its own structure. All of it stays readable, and code
 * stays code.
 */
export function cutLiteral(lines: readonly string[], room: Room): string[] {
  const fence = '~~~\n';
  const around = 2 * sizeOf(fence, room.perLine) + sizeOf('\n', 0);
  const inner = { ...room, limit: room.limit - around, left: room.left - around };
  const chunks = lines.map((line) => {
    const text = line.replace(/~~(?=~)/g, `~~${JOINER}`);
    return { text, cut: (left: Room) => cutCode(text, left) };
  });
  return fill(chunks, inner).map((code) => code && `${fence}${code.endsWith('\n') ? code : `${code}\n`}${fence}`);
}

/** Returns a separator for two texts whose backticks would otherwise form one run. */
function apart(before: string, after: string): string {
  return before.endsWith('`') && after.startsWith('`') ? ' ' : '';
}

/** Returns the marks that are open at a position, in the order in which they were opened. */
function marksAt(pairs: readonly Pair[], at: number): string[] {
  const open = pairs.filter(({ inside, to }) => inside < at && at < to).sort((a, b) => a.from - b.from);
  const marks = open.map(({ mark }) => mark);
  return marks.join('').length > MOST_MARKS ? marks.filter((mark) => mark.startsWith('`')) : marks;
}

/** True if the text would begin another block at the start of a line. */
export function startsBlock(words: string): boolean {
  return blockStart.test(words);
}

const blockStart =
  /^ {0,3}(?:#{1,6}(?:\s|$)|[-+*](?:\s|$)|\d{1,9}[.)](?:\s|$)|[>|]|`{3}|~{3}|(?:[-_*=:|] *)+(?:\n|$)| {4}|\t)/;

function withoutBlockStart(words: string): string {
  if (!startsBlock(words)) return words;
  // A backslash would stop the backticks from opening code, so the word joiner is used.
  return /^[`~]/.test(words) ? JOINER + words : words.replace(/^(\d*)/, '$1\\');
}

function cutBy(
  text: string,
  room: Room,
  holds: Uint8Array,
  make: (from: number, to: number) => string,
): string[] | undefined {
  const pieces = room.left < AROUND + room.perLine + LEAST_TEXT ? [''] : [];
  for (let from = 0; from < text.length; ) {
    const isOpen = pieces.length === 0 && room.left < room.limit;
    const most = (isOpen ? room.left : room.limit) - AROUND;
    let to: number | undefined = text.length;
    if (sizeOf(text.slice(from), room.perLine) > most) {
      const longest = longestFrom(text, from, most, room.perLine);
      // A word that does not fit into this post may fit into the next one.
      to = betweenWords(text, from, longest, holds) ?? (isOpen ? undefined : insideWord(text, from, longest, holds));
    }
    if (to === undefined && !isOpen) return undefined;
    if (to === undefined) {
      pieces.push('');
      continue;
    }
    const made = make(from, to);
    pieces.push(made.endsWith('\n') ? made : `${made}\n`);
    from = to;
  }
  return pieces;
}

/** Returns the end of the longest piece whose cost is at most `most`. */
function longestFrom(text: string, from: number, most: number, perLine: number): number {
  let low = from + 1;
  let high = Math.min(text.length, from + most);
  while (low < high) {
    const tried = Math.ceil((low + high) / 2);
    if (sizeOf(text.slice(from, tried), perLine) <= most) low = tried;
    else high = tried - 1;
  }
  return low;
}

type May = (at: number) => boolean;

/** Returns the last position in the range that `may` allows. */
function search(least: number, longest: number, may: May): number | undefined {
  for (let at = longest; at > least; at -= 1) if (may(at)) return at;
  return undefined;
}

function betweenWords(text: string, from: number, longest: number, holds: Uint8Array): number | undefined {
  const isFree: May = (at) => holds[at] === 0;
  return (
    search(middle(from, longest), longest, (at) => text.charAt(at - 1) === '\n' && isFree(at)) ??
    search(from, longest, (at) => isFree(at) && isBreak(text, at))
  );
}

/** Returns a position inside a word where the text can be split. Undefined if every position would break code. */
function insideWord(text: string, from: number, longest: number, holds: Uint8Array): number | undefined {
  const isSeen = charactersOf(text.slice(from, longest + LONGEST_CHARACTER), from);
  const kindAt = (at: number) => holds[at] ?? 0;
  return (
    search(middle(from, longest), longest, (at) => kindAt(at) < 2 && isBreak(text, at)) ??
    search(middle(from, longest), longest, (at) => kindAt(at) === 0 && isSeen(at)) ??
    search(from, longest, (at) => kindAt(at) < 2 && isSeen(at)) ??
    search(from, longest, (at) => kindAt(at) < 3 && !isInPair(text, at))
  );
}

function middle(from: number, longest: number): number {
  return from + Math.floor((longest - from) / 2);
}

/** True after white space, and after the full stops of scripts that have no spaces between words. */
function isBreak(text: string, at: number): boolean {
  return /[\s。！？、，]/.test(text.charAt(at - 1)) && !/\s/.test(text.charAt(at));
}

/**
 * Returns a function that tells whether a position is between two visible characters. An emoji of a family is one
 * visible character, and so is a letter with accents.
 */
function charactersOf(text: string, from: number): (at: number) => boolean {
  const segments = new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text);
  return (at) => segments.containing(at - from)?.index === at - from;
}

function isInPair(text: string, at: number): boolean {
  return /[\uD800-\uDBFF]/.test(text.charAt(at - 1)) && /[\uDC00-\uDFFF]/.test(text.charAt(at));
}
