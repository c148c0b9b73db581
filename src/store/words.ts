// Splits a text into words for search. Both adapters use it.

/**
 * In characters. Longer runs of letters (keys, base64) are truncated, because their ends help nobody to find them, and
 * would enlarge the index.
 */
const longestWord = 64;
/** A query has only a few words, and more would only cost time. */
const mostQueryWords = 16;

// Han and kana are written without spaces, so each character is a word of its own.
const word =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])[\p{L}\p{N}])+/gu;

/**
 * Returns the distinct words of a text, in order: letters and digits, in lower case, without accents ("Größe" gives
 * "grosse").
 */
export function wordsOf(text: string): string[] {
  const found = plain(text).match(word) ?? [];
  return [...new Set(found.map((each) => Array.from(each).slice(0, longestWord).join('')))];
}

/** Returns the words of a query. Each of them matches all words that begin with it. */
export function queryWordsOf(text: string): string[] {
  return wordsOf(text).slice(0, mostQueryWords);
}

// Returns the text without case and accents. It goes through lower case to upper case, because only then "ẞ" and "ß" equal
// "SS"; the final sigma is another form of the same letter.
function plain(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .toUpperCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ς', 'σ');
}
