// Sanitises text of others for one of our lines: makes it one line, without links, pictures and code. Pure.
import { excerpt } from '../pods/search/excerpt.ts';

const PLAIN: Readonly<Record<string, string>> = { '[': '(', ']': ')', '<': '‹', '>': '›', '`': '’', '\\': '/' };

const MOST_READ = 10_000;

export function quiet(text: string, most = 200): string {
  // A subject or a name can be as long as a mail. No more than this is ever shown.
  const part = text.slice(0, MOST_READ).replace(/[\p{Cc}\p{Cf}]/gu, ' ');
  const bare = part.replace(/\*+|~~+|_+/g, (run, at: number) => (isInWord(part, run, at) ? run : ''));
  return excerpt(bare, '', most).replace(/[[\]<>`\\]/g, (sign) => PLAIN[sign] ?? sign);
}

/** An underscore inside a word, as in `snake_case`, is no emphasis. */
function isInWord(text: string, run: string, at: number): boolean {
  return run.startsWith('_') && /\w/.test(text.charAt(at - 1)) && /\w/.test(text.charAt(at + run.length));
}

/**
 * Like `quiet`, but programs also make no link of a URL or address in it. Mail programs find these even without `https:`.
 * U+2060, word joiner, is invisible and breaks no line.
 */
export function unlinked(text: string, most = 200): string {
  return quiet(text, most).replace(/(?<=[:@])(?=\S)|(?<=\w)\.(?=\w)/gu, (found) => `${found}\u2060`);
}

/** Makes a link. `label` is an output of `quiet`. */
export function linked(label: string, url: string | undefined): string {
  return url ? `[${label}](${url})` : label;
}
