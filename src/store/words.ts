// The words of a text, as both search adapters keep and look for them: so a query finds the same in either.

/** Longer runs (keys, base64) say nothing more by their tails, and would swell the index. */
const longestWord = 64;
/** A query is a few words; more would only cost. */
const mostQueryWords = 16;

// Han and kana are written without spaces, so there each sign is a word of its own.
const word =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])[\p{L}\p{N}])+/gu;

/** The distinct words of a text in order: letters and digits, lower case, accents stripped ("Größe" gives "grosse"). */
export function wordsOf(text: string): string[] {
  const found = plain(text).match(word) ?? [];
  return [...new Set(found.map((each) => Array.from(each).slice(0, longestWord).join('')))];
}

/** The words a query looks for: each matches the words that begin with it. */
export function queryWordsOf(text: string): string[] {
  return wordsOf(text).slice(0, mostQueryWords);
}

// Upper case first, as only that way "ß" and "SS" meet; the final sigma is a spelling of the same letter.
function plain(text: string): string {
  return text
    .normalize('NFKD')
    .toUpperCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ς', 'σ');
}
