// Splits a typed line into words as a shell would: quotes keep words together, also a phone's curly quotes. Pure.

/** A word or a quoted text; `--name="two words"` is one word. A quote inside a word is an apostrophe. */
const WORD = /([-–—]{1,2}[\w-]+=)?(?:["“„]([^"“”„]*)["“”]|['‘‚]([^'‘’‚]*)['’])(?=\s|$)|\S+/g;

/** Phones and word processors replace the two dashes of a flag by one long dash. */
const DASHED = /^[–—]{1,2}(?=[a-z])/i;

export function wordsOfLine(line: string): string[] {
  return [...line.matchAll(WORD)].map(([whole, flag, double, single]) => {
    const quoted = double ?? single;
    const word = quoted === undefined ? whole : `${flag ?? ''}${quoted}`;
    // A dash inside quotes is part of the text.
    return quoted === undefined || flag ? word.replace(DASHED, '--') : word;
  });
}
