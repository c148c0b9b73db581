// Finds the wish with which a short text agrees by its own words: “all right, green then” agrees with “no, green”. Pure.

/** Words that only agree or ask for a thing to be done. A text with any other word is not read: “green is ugly”. */
const AGREES = new Set(
  (
    'ok okay yes yeah yep fine sure right alright all good great perfect agreed agree i’m i am with me it’s it is that’s that ' +
    'the a an then so let’s let us we go do take make use have keep for please thanks thank you be works sounds say said is'
  ).split(' '),
);
const MOST_WORDS = 10;

/** Returns the position of the wish; undefined if that is not certain. */
export function agreesWith(text: string, wishes: readonly string[]): number | undefined {
  const said = wordsIn(text);
  if (said.length > MOST_WORDS) return undefined;
  const own = said.filter((word) => !AGREES.has(word));
  const told = wishes.map((wish) => new Set(wordsIn(wish)));
  const by = (word: string) => told.flatMap((words, n) => (words.has(word) ? [n] : []));
  const chosen = new Set(own.map((word) => by(word).join()));
  const [only, another] = chosen;
  // Each of its own words stands in the same one wish, and in no other.
  return another === undefined && only !== undefined && /^\d+$/.test(only) && !own.some(denies)
    ? Number(only)
    : undefined;
}

function denies(word: string): boolean {
  return /^(?:no|not|never|nothing|none|neither|without|but|except|instead|rather|un\w+|\w+n’t)$/.test(word);
}

function wordsIn(text: string): string[] {
  const words = text
    .toLowerCase()
    .replaceAll("'", '’')
    .replace(/@[\p{L}\p{N}._-]+/gu, ' ')
    .match(/[\p{L}\p{N}\p{M}]+(?:[’-][\p{L}\p{N}\p{M}]+)*/gu);
  return words ?? [];
}
