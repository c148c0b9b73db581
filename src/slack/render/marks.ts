// Finds the marks (bold, italics, struck, code) in a line of Markdown, and the positions where the line must not be
// split. Pure.
import { piecesOf } from './markdown.ts';

/** A pair of marks: the opening one spans `from` to `inside`, the closing one `to` to `end`. */
export interface Pair {
  mark: string;
  from: number;
  inside: number;
  to: number;
  end: number;
}

export interface Marks {
  pairs: Pair[];
  /**
   * How bad a split at each position is. 0: free. 1: inside a link or code. 2: inside a mark or mention. 3: not
   * allowed, it would break code.
   */
  holds: Uint8Array;
}

const special = /\\[!-/:-@[-`{-~]|<@[UW][A-Z0-9]{1,30}>|&[#\w]{1,31};|\*+|_+|~~/g;
const space = /^\s?$/;
const punctuation = /[\p{P}\p{S}]/u;

/** A run of marks with the number of its marks that have no partner yet. */
interface Opener {
  at: number;
  count: number;
}

export function marksOf(text: string): Marks {
  const holds = new Uint8Array(text.length + 1);
  const pairs: Pair[] = [];
  const add = (pair: Pair) => {
    pairs.push(pair);
    holds.fill(2, pair.from + 1, pair.inside + 1);
    holds.fill(2, pair.to, pair.end);
  };
  const openers = new Map<string, Opener[]>();
  let at = 0;
  for (const piece of piecesOf(text)) {
    const end = at + piece.text.length;
    if (piece.kind !== 'prose') holds.fill(1, at + 1, end);
    if (piece.kind === 'code') {
      const mark = /^`+/.exec(piece.text)?.[0] ?? '';
      add({ mark, from: at, inside: at + mark.length, to: end - mark.length, end });
      for (const { 0: run, index } of piece.text.matchAll(/`+/g)) {
        const from = at + index + (index === 0 ? 1 : 0);
        holds.fill(3, from, Math.min(at + index + run.length + 1, end));
      }
    }
    if (piece.kind === 'prose')
      for (const found of piece.text.matchAll(special)) {
        const from = at + found.index;
        if (/^[*_~]/.test(found[0])) takeRun(text, from, found[0], openers, add);
        else holds.fill(2, from + 1, from + found[0].length);
      }
    at = end;
  }
  return { pairs, holds };
}

/**
 * Pairs the marks of a run. The characters beside the run decide whether it may open or close (CommonMark, "Emphasis
 * and strong emphasis").
 */
function takeRun(text: string, at: number, run: string, openers: Map<string, Opener[]>, add: (pair: Pair) => void) {
  const before = text.charAt(at - 1);
  const after = text.charAt(at + run.length);
  const left = !space.test(after) && (!punctuation.test(after) || space.test(before) || punctuation.test(before));
  const right = !space.test(before) && (!punctuation.test(before) || space.test(after) || punctuation.test(after));
  const inWord = !run.startsWith('_');
  const same = openers.get(run.charAt(0)) ?? [];
  openers.set(run.charAt(0), same);
  let from = at;
  let count = run.length;
  if (right && (inWord || !left || punctuation.test(after)))
    for (let opener = same.at(-1); opener && count > 0; opener = same.at(-1)) {
      const used = Math.min(opener.count, count, 2);
      const inside = opener.at + opener.count;
      add({ mark: run.slice(0, used), from: inside - used, inside, to: from, end: from + used });
      opener.count -= used;
      from += used;
      count -= used;
      // Marks that were opened inside this pair and never closed are plain text.
      for (const all of openers.values()) dropFrom(all, opener.at);
    }
  if (count > 0 && left && (inWord || !right || punctuation.test(before))) same.push({ at: from, count });
}

function dropFrom(openers: Opener[], at: number): void {
  for (let each = openers.at(-1); each && (each.count === 0 || each.at > at); each = openers.at(-1)) openers.pop();
}
