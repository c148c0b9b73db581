// Finds the lines of a quote whose text Skein already has. Compares groups of three consecutive words, so that line
// breaks and marks do not matter. Pure, linear.

export interface Known {
  /** All groups of three consecutive words. */
  threes: ReadonlySet<string>;
  /** The lines that have fewer than three words. */
  short: ReadonlySet<string>;
  /** True for a name, a number or a link that Skein puts into its own sentences. */
  isName(word: string): boolean;
  /** True if Skein has a text by the author with this address (in lower case). */
  knowsAuthor(address: string): boolean;
}

const ROW = 3;
/** The most words of names in a row that may stand between known words. An acknowledgement names five readers. */
const MOST_NAMES = 20;

/** Matches a word or a URL. In scripts without spaces, each character counts as a word. */
const word =
  /https?:\/\/[^\s<>"')\]]+|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}])[\p{L}\p{M}\p{N}])+/gu;
const MOST_URL = 2_000;

export function wordsOf(text: string): string[] {
  return (text.normalize('NFKC').toLowerCase().match(word) ?? []).map(plainUrl);
}

/** Returns the URL inside a link that a server has wrapped into a link of its own. */
function plainUrl(text: string): string {
  if (!text.startsWith('http')) return text;
  const inner = /[?&](?:url|u|q|target)=(https?%3a[^&]+)/.exec(text.slice(0, MOST_URL))?.[1];
  try {
    return (inner ? decodeURIComponent(inner) : text).replace(/[/.,;:!?]+$/, '');
  } catch {
    return text;
  }
}

export function knownWords(texts: Iterable<string>, names: Iterable<string> = []): Omit<Known, 'knowsAuthor'> {
  const all = new Set([...names].flatMap(wordsOf));
  const threes = new Set<string>();
  const short = new Set<string>();
  for (const text of texts) {
    const words = wordsOf(text);
    for (let at = 0; at + ROW <= words.length; at += 1) threes.add(words.slice(at, at + ROW).join(' '));
    for (const line of text.split('\n')) {
      if (line.length > 100) continue;
      const few = wordsOf(line);
      if (few.length < ROW) short.add(few.join(' '));
    }
  }
  return { threes, short, isName: (one) => all.has(one) };
}

/** Tells for each line of a quote whether it contains unknown words. The lines must be consecutive. */
export function unknownIn({ threes, short, isName }: Omit<Known, 'knowsAuthor'>, lines: readonly string[]): boolean[] {
  const words = lines.flatMap((line, n) => wordsOf(line).map((one) => ({ one, n })));
  const covered: boolean[] = words.map(() => false);
  if (words.length < ROW) covered.fill(short.has(words.map(({ one }) => one).join(' ')));
  for (let at = 0; at + ROW <= words.length; at += 1) {
    const row = words.slice(at, at + ROW).map(({ one }) => one);
    if (threes.has(row.join(' '))) covered.fill(true, at, at + ROW);
  }
  coverNames(words, covered, isName);
  const unknown = lines.map(() => false);
  for (const [at, { n }] of words.entries()) if (!covered[at]) unknown[n] = true;
  return unknown;
}

/** Marks names between known words as known, as in “Task #7 in Launch, for Pilot”. */
function coverNames(words: { one: string }[], covered: boolean[], isName: Known['isName']): void {
  for (let at = 0; at < words.length; at += 1) {
    if (covered[at]) continue;
    let end = at;
    while (end < words.length && !covered[end] && isName(words[end]?.one ?? '')) end += 1;
    const isWhole = end === words.length || covered[end];
    const touches = at > 0 || (end < words.length && covered[end]);
    if (isWhole && touches && end > at && end - at <= MOST_NAMES) covered.fill(true, at, end);
    while (end < words.length && !covered[end]) end += 1;
    at = end;
  }
}
