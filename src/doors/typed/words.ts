// Splits a typed line into words as a shell would: quotes, also a phone's curly ones, keep words together. Pure.

/** Matches a word or a quoted text. `--name="two words"` is one word. A quote inside a word is an apostrophe. */
const WORD = /([-–—]{1,2}[\w-]+=)?(?:["“„]([^"“”„]*)["“”]|['‘‚]([^'‘’‚]*)['’])(?=\s|$)|\S+/g;

/**
 * Matches the long dashes at the start of a flag: phones and word processors replace the two dashes by one long dash.
 */
const DASHED = /^[–—]{1,2}(?=[a-z])/i;

export function wordsOfLine(line: string): string[] {
  return [...line.matchAll(WORD)].map(([whole, flag, double, single]) => {
    const quoted = double ?? single;
    const word = quoted === undefined ? whole : `${flag ?? ''}${quoted}`;
    // A dash inside quotes is part of the text.
    return quoted === undefined || flag ? word.replace(DASHED, '--') : word;
  });
}
