// Splits a typed line into words as a shell would: quotes, also a phone's curly ones, keep words together. Pure.
import { InvalidInput } from '../../errors.ts';

/** Matches a word or a quoted text. `--name="two words"` is one word. A quote inside a word is an apostrophe. */
const WORD = /([-–—]{1,2}[\w-]+=)?(?:["“„]([^"“”„]*)["“”]|['‘‚]([^'‘’‚]*)['’])(?=\s|$)|\S+/g;

/**
 * Matches the long dashes at the start of a flag: phones and word processors replace the two dashes by one long dash.
 */
const DASHED = /^[–—]{1,2}(?=[a-z])/i;

/** Matches a word at whose start a quote opens. A single one may be an apostrophe, as in “’tis”. */
const OPENS = /^(?:[-–—]{1,2}[\w-]+=)?["“„]/;

/** @throws InvalidInput for a double quote that is not closed */
export function wordsOfLine(line: string): string[] {
  return [...line.matchAll(WORD)].map(([whole, flag, double, single]) => {
    const quoted = double ?? single;
    if (quoted === undefined) refuseUnclosed(whole);
    const word = quoted === undefined ? whole : `${flag ?? ''}${quoted}`;
    // A dash inside quotes is part of the text.
    return quoted === undefined || flag ? word.replace(DASHED, '--') : word;
  });
}

function refuseUnclosed(word: string): void {
  const quotes = word.match(/["“”„]/g)?.length ?? 0;
  if (!OPENS.test(word) || quotes % 2 === 0) return;
  throw new InvalidInput(
    `The quote that opens at ${word.slice(0, 60)} is not closed. Write " behind its last word. A text with a " in it goes in single quotes: '5" wide'.`,
  );
}
