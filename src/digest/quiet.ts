// Sanitises text that others wrote for use in one line of Skein's own: one line, without links, pictures and code.
// Pure.
import { excerpt } from '../pods/search/excerpt.ts';

const PLAIN: Readonly<Record<string, string>> = { '[': '(', ']': ')', '<': '‹', '>': '›', '`': '’', '\\': '/' };

const MOST_READ = 10_000;

export function quiet(text: string, most = 200): string {
  // A subject or a name can be as long as a mail. Only this much of it is ever read.
  const part = text.slice(0, MOST_READ).replace(/[\p{Cc}\p{Cf}]/gu, ' ');
  const bare = part.replace(/\*+|~~+|_+/g, (run, at: number) => (isInWord(part, run, at) ? run : ''));
  return excerpt(bare, '', most).replace(/[[\]<>`\\]/g, (sign) => PLAIN[sign] ?? sign);
}

/** True for an underscore inside a word, as in `snake_case`, which marks no emphasis. */
function isInWord(text: string, run: string, at: number): boolean {
  return run.startsWith('_') && /\w/.test(text.charAt(at - 1)) && /\w/.test(text.charAt(at + run.length));
}

/**
 * Returns the same as `quiet`, with an invisible character (U+2060, word joiner) in each URL and address. Mail programs
 * would otherwise make links of these, even without `https:`.
 */
export function unlinked(text: string, most = 200): string {
  return quiet(text, most).replace(/(?<=[:@])(?=\S)|(?<=\w)\.(?=\w)/gu, (found) => `${found}\u2060`);
}

/** Returns a Markdown link, or only the label if there is no URL. `label`: a result of `quiet`. */
export function linked(label: string, url: string | undefined): string {
  return url ? `[${label}](${url})` : label;
}
