// Cuts a line that is too long for a post: between its lines, else words, else characters as a reader sees them. What is bold, italic or code is closed and opened again. Pure.
import { fill, type Room, sizeOf } from './fill.ts';
import { marksOf, type Pair } from './marks.ts';
import { JOINER } from './neutral.ts';

/** Marks that are closed at a cut and opened again; deeper nesting than this is nobody's, and is cut as it is. */
const MOST_MARKS = 16;
/** What a piece needs besides its text: marks at both ends and a space beside them, a backslash, a newline. */
const AROUND = 2 * (MOST_MARKS + 1) + 4;
/** Room for the shortest code with the longest marks. */
const LEAST_TEXT = 40;
/** How far is looked for the end of a character. */
const LONGEST_CHARACTER = 64;

/** A line of code: nothing is added but newlines, and what keeps a run of marks from closing the block. */
export function cutCode(line: string, room: Room): string[] {
  const pieces = cutBy(line, room, new Uint8Array(line.length + 1), (from, to) => {
    const code = line.slice(from, to);
    return from > 0 && /^\s*[`~]/.test(code) ? JOINER + code : code;
  });
  return pieces ?? [line];
}

/** Words with their marks: each piece is a paragraph of its own. */
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

/** What can't be cut as what it is becomes a block of code: all of it is there to read, and code in it stays code. */
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

/** Backticks beside backticks would be one run. */
function apart(before: string, after: string): string {
  return before.endsWith('`') && after.startsWith('`') ? ' ' : '';
}

/** The marks of all that is open there, in the order in which it was opened. */
function marksAt(pairs: readonly Pair[], at: number): string[] {
  const open = pairs.filter(({ inside, to }) => inside < at && at < to).sort((a, b) => a.from - b.from);
  const marks = open.map(({ mark }) => mark);
  return marks.join('').length > MOST_MARKS ? marks.filter((mark) => mark.startsWith('`')) : marks;
}

/** True of words that would begin another block where they begin a line. */
export function startsBlock(words: string): boolean {
  return blockStart.test(words);
}

const blockStart =
  /^ {0,3}(?:#{1,6}(?:\s|$)|[-+*](?:\s|$)|\d{1,9}[.)](?:\s|$)|[>|]|`{3}|~{3}|(?:[-_*=:|] *)+(?:\n|$)| {4}|\t)/;

function withoutBlockStart(words: string): string {
  if (!startsBlock(words)) return words;
  // A backslash would take the power out of code, too.
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
      // What would be torn in the rest of a post may be whole in the next one.
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

/** Where the longest piece ends that costs at most `most`. */
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

/** The last place that will do. */
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

/** Undefined where a cut would make something else of code. */
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

/** After white space, and after the stops of writings that know none. */
function isBreak(text: string, at: number): boolean {
  return /[\s。！？、，]/.test(text.charAt(at - 1)) && !/\s/.test(text.charAt(at));
}

/** True between two characters as a reader sees them: a family of emoji is one, and so is a letter with its accents. */
function charactersOf(text: string, from: number): (at: number) => boolean {
  const segments = new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text);
  return (at) => segments.containing(at - from)?.index === at - from;
}

function isInPair(text: string, at: number): boolean {
  return /[\uD800-\uDBFF]/.test(text.charAt(at - 1)) && /[\uDC00-\uDFFF]/.test(text.charAt(at));
}
