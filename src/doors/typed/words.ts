// A line that somebody typed, cut into words as a shell would: quotes keep words together, those of a phone too. Pure.

/** A word, or what stands in quotes; `--name="two words"` is one. A quote within a word is an apostrophe. */
const WORD = /([-–—]{1,2}[\w-]+=)?(?:["“„]([^"“”„]*)["“”]|['‘‚]([^'‘’‚]*)['’])(?=\s|$)|\S+/g;

/** Phones and word processors make one long dash of the two that a flag begins with. */
const DASHED = /^[–—]{1,2}(?=[a-z])/i;

export function wordsOfLine(line: string): string[] {
  return [...line.matchAll(WORD)].map(([whole, flag, double, single]) => {
    const quoted = double ?? single;
    const word = quoted === undefined ? whole : `${flag ?? ''}${quoted}`;
    // A dash that begins a quoted text is one.
    return quoted === undefined || flag ? word.replace(DASHED, '--') : word;
  });
}
