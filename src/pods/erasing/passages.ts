// Finds passages of erased texts in another text, and takes them out. Pure. Its time grows with the length of the texts.
import { ERASED } from '../../log/body.ts';

/** The fewest words that a passage has, unless it is the whole erased text. */
const FEWEST_WORDS = 4;

/** The fewest letters and digits of a passage. A shorter one is a phrase that everybody uses. */
const FEWEST_LETTERS = 18;

/** The fewest letters and digits of a whole erased text that counts although it has fewer words. */
const FEWEST_OF_WHOLE = 12;

/** A code of so many letters and digits counts alone: a password, a number of an account. A day has eight digits. */
const CODE_LETTERS = 9;

/** A sign of a script without spaces counts as a word, and as this many letters. */
const LETTERS_OF_SIGN = 3;

const WORD = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}]|[\p{L}\p{N}\p{M}]+/gu;
const SIGN = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}]/u;

interface Word {
  norm: string;
  start: number;
  end: number;
}

/** Returns the text without the passages; undefined if it has none of them. */
export type TakeOut = (text: string) => string | undefined;

/**
 * Returns a function that takes passages of `erased` out of a text. What `stays` says too is no passage: those words
 * are not erased.
 */
export function passagesOf(erased: readonly string[], stays: readonly string[] = []): TakeOut {
  const said = new Set(stays.flatMap((text) => runsOf(wordsIn(text))));
  const staying = new Set(stays.flatMap((text) => wordsIn(text).map(({ norm }) => norm)));
  const texts = erased.map(wordsIn);
  const runs = new Set(texts.flatMap(runsOf).filter((run) => !said.has(run)));
  const wholes = texts.filter(isWhole).map((words) => words.map(({ norm }) => norm));
  const codes = new Set(texts.flat().flatMap(({ norm }) => (isCode(norm) && !staying.has(norm) ? [norm] : [])));
  return (text) => {
    const words = wordsIn(text);
    const marked = new Array<boolean>(words.length).fill(false);
    const mark = (from: number, count: number) => marked.fill(true, from, from + count);
    for (const [n, run] of runsOf(words).entries()) if (runs.has(run)) mark(n, FEWEST_WORDS);
    dropShort(words, marked);
    for (const [n, { norm }] of words.entries()) {
      if (codes.has(norm)) mark(n, 1);
      for (const whole of wholes)
        if (whole[0] === norm && whole.every((word, i) => words[n + i]?.norm === word)) mark(n, whole.length);
    }
    return marked.includes(true) ? without(text, words, marked) : undefined;
  };
}

function wordsIn(text: string): Word[] {
  return [...text.matchAll(WORD)].map(({ 0: word, index }) => ({
    norm: word.normalize('NFKC').toLowerCase(),
    start: index,
    end: index + word.length,
  }));
}

/** Returns each sequence of `FEWEST_WORDS` words, by the place of its first word. */
function runsOf(words: readonly Word[]): string[] {
  const norms = words.map(({ norm }) => norm);
  return norms.slice(FEWEST_WORDS - 1).map((_, n) => norms.slice(n, n + FEWEST_WORDS).join(' '));
}

/** True for a short text that nobody says by chance. */
function isWhole(words: readonly Word[]): boolean {
  return words.length > 1 && words.length < FEWEST_WORDS && lettersOf(words) >= FEWEST_OF_WHOLE;
}

function isCode(norm: string): boolean {
  if (norm.length < CODE_LETTERS || !/\p{N}/u.test(norm)) return false;
  return /\p{L}/u.test(norm) || norm.length > CODE_LETTERS;
}

function lettersOf(words: readonly Word[]): number {
  return words.reduce((sum, { norm }) => sum + (SIGN.test(norm) ? LETTERS_OF_SIGN : norm.length), 0);
}

/** Removes the marks of passages that are too short. */
function dropShort(words: readonly Word[], marked: boolean[]): void {
  for (let from = 0; from < words.length; from++) {
    if (!marked[from]) continue;
    let end = from;
    while (marked[end]) end++;
    if (lettersOf(words.slice(from, end)) < FEWEST_LETTERS) marked.fill(false, from, end);
    from = end;
  }
}

function without(text: string, words: readonly Word[], marked: readonly boolean[]): string {
  let left = '';
  let at = 0;
  for (let from = 0; from < words.length; from++) {
    if (!marked[from]) continue;
    let end = from;
    while (marked[end + 1]) end++;
    left += `${text.slice(at, words[from]?.start)}${ERASED}`;
    at = words[end]?.end ?? text.length;
    from = end;
  }
  return left + text.slice(at);
}
