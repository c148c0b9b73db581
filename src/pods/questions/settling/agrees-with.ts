// Finds the wish with which a short text agrees by its own words: “all right, green then” agrees with “no, green”. Pure.

/** A text without one of these chooses nothing: “the sign” may only name what the wishes are about. */
const AGREES = new Set(
  'ok okay yes yeah yep fine sure right alright good great perfect agreed agree then let’s let go do take make use have keep'.split(
    ' ',
  ),
);
/** Words that may stand beside them. A text with any other word than these and the wish’s own is not read: “green is ugly”. */
const FILLS = new Set(
  'all i’m i am with me it’s it is that’s that the a an so us we for please thanks thank you be works sounds say said'.split(
    ' ',
  ),
);
/** A word behind one of these names the thing that the wishes are about: “the sign” says nothing of its colour. */
const ARTICLES = new Set(['the', 'a', 'an', 'this', 'that', 'these', 'those']);
const IT_IS = /^it(?:’s| is) | it is$/;
const MOST_WORDS = 10;

/** Returns the position of the wish; undefined if that is not certain. */
export function agreesWith(text: string, wishes: readonly string[]): number | undefined {
  const said = wordsIn(text);
  if (said.length > MOST_WORDS) return undefined;
  if (!said.some((word) => AGREES.has(word)) && !IT_IS.test(said.join(' '))) return undefined;
  const isOwn = (word: string) => !AGREES.has(word) && !FILLS.has(word);
  if (said.some((word, n) => isOwn(word) && ARTICLES.has(said[n - 1] ?? ''))) return undefined;
  const told = wishes.map((wish) => new Set(wordsIn(wish)));
  const things = thingsIn(wishes, isOwn);
  const own = said.filter(isOwn);
  if (own.every((word) => things.has(word))) return undefined;
  const by = (word: string) => told.flatMap((words, n) => (words.has(word) ? [n] : []));
  const chosen = new Set(own.map((word) => by(word).join()));
  const [only, another] = chosen;
  // Each of its own words stands in the same one wish, and in no other.
  return another === undefined && only !== undefined && /^\d+$/.test(only) && !own.some(denies)
    ? Number(only)
    : undefined;
}

/** “Sign” in “paint the sign brown” and “no, green”. If both wishes name something so, the two are what they differ in. */
function thingsIn(wishes: readonly string[], isOwn: (word: string) => boolean): ReadonlySet<string> {
  const named = wishes.map((wish) => {
    const words = wordsIn(wish);
    return words.filter((word, n) => isOwn(word) && ARTICLES.has(words[n - 1] ?? ''));
  });
  const [things = [], ...others] = named.filter((words) => words.length);
  return new Set(others.length ? [] : things);
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
