// Finds passages of erased texts in another text, and takes them out. Depends on its texts alone. Its time grows with
// their length, and it pauses often, because a transcript may be long.
import { setImmediate } from 'node:timers/promises';
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

/** Escapes of JSON within JSON: line ends and quotes are no part of a word. */
export const ESCAPES = /\\+[nrt"]/g;

interface Word {
  norm: string;
  start: number;
  end: number;
}

/** Returns the text without the passages; undefined if it has none of them. Lets other work go on meanwhile. */
export type TakeOut = (text: string) => Promise<string | undefined>;

/**
 * Returns a function that takes passages of `erased` out of a text. What `stays` says too is no passage: those words
 * are not erased.
 */
export async function passagesOf(erased: readonly string[], stays: readonly string[] = []): Promise<TakeOut> {
  const runs = new Runs();
  const staying = await eachOf(stays);
  const texts = await eachOf(erased);
  for (const words of texts) await runs.add(words);
  for (const words of staying) await runs.remove(words);
  const stay = new Set(staying.flatMap((words) => words.map(({ norm }) => norm)));
  const wholes = byFirst(texts.filter(isWhole).map((words) => words.map(({ norm }) => norm)));
  const codes = new Set(texts.flatMap((words) => words.flatMap(({ norm }) => (isCode(norm) ? [norm] : []))));
  for (const norm of codes) if (stay.has(norm)) codes.delete(norm);
  return async (text) => {
    const words = await wordsIn(text);
    const marked = await runs.markIn(words);
    dropShort(words, marked);
    for (const [n, { norm }] of words.entries()) {
      if (n % AT_ONCE === 0) await setImmediate();
      if (codes.has(norm)) marked[n] = true;
      for (const whole of wholes.get(norm) ?? [])
        if (whole.every((word, i) => words[n + i]?.norm === word)) marked.fill(true, n, n + whole.length);
    }
    return marked.includes(true) ? without(text, words, marked) : undefined;
  };
}

/** Words that are worked on without a pause. Takes a few milliseconds. */
const AT_ONCE = 2_000;

/** Two numbers of words or pairs make a number below this one squared, which a number holds exactly. */
const MOST_NUMBERS = 2 ** 26;

/** Sequences of `FEWEST_WORDS` words, each as two pairs. Words and pairs have numbers, which are compared fast. */
class Runs {
  #words = new Map<string, number>();
  #pairs = new Map<number, number>();
  #runs = new Set<number>();

  async add(words: readonly Word[]): Promise<void> {
    await this.#each(words, true, (_n, run) => this.#runs.add(run));
  }

  async remove(words: readonly Word[]): Promise<void> {
    await this.#each(words, false, (_n, run) => this.#runs.delete(run));
  }

  /** Returns for each word whether a sequence contains it. */
  async markIn(words: readonly Word[]): Promise<boolean[]> {
    const marked = new Array<boolean>(words.length).fill(false);
    await this.#each(words, false, (n, run) => {
      if (this.#runs.has(run)) marked.fill(true, n, n + FEWEST_WORDS);
    });
    return marked;
  }

  /** Calls back for each sequence, with the place of its first word. `learns`: also for those with new words. */
  async #each(words: readonly Word[], learns: boolean, found: (n: number, run: number) => void): Promise<void> {
    const pairs: number[] = [];
    let last = -1;
    for (const [at, { norm }] of words.entries()) {
      if (at % AT_ONCE === 0) await setImmediate();
      const word = numberOf(this.#words, norm, learns);
      pairs.push(last < 0 || word < 0 ? -1 : numberOf(this.#pairs, last * MOST_NUMBERS + word, learns));
      last = word;
      const [first = -1, second = -1] = [pairs[at - 2], pairs[at]];
      if (first >= 0 && second >= 0) found(at - FEWEST_WORDS + 1, first * MOST_NUMBERS + second);
    }
  }
}

/** Returns the number of a key; -1 if it has none and gets none. */
function numberOf<K>(numbers: Map<K, number>, key: K, learns: boolean): number {
  const known = numbers.get(key);
  if (known !== undefined) return known;
  if (!learns) return -1;
  numbers.set(key, numbers.size);
  return numbers.size - 1;
}

function byFirst(wholes: readonly string[][]): Map<string, string[][]> {
  const found = new Map<string, string[][]>();
  for (const whole of wholes) found.set(whole[0] ?? '', [...(found.get(whole[0] ?? '') ?? []), whole]);
  return found;
}

async function eachOf(texts: readonly string[]): Promise<Word[][]> {
  const found: Word[][] = [];
  for (const text of texts) found.push(await wordsIn(text));
  return found;
}

async function wordsIn(text: string): Promise<Word[]> {
  const words: Word[] = [];
  for (const { 0: word, index } of text.matchAll(WORD)) {
    if (words.length % AT_ONCE === 0) await setImmediate();
    words.push({ norm: word.normalize('NFKC').toLowerCase(), start: index, end: index + word.length });
  }
  return words;
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
