// Others' words, taken into a line of ours: one line, without the signs that would make a link, a picture or code of them. Pure.
import { excerpt } from '../pods/search/excerpt.ts';

const PLAIN: Readonly<Record<string, string>> = { '[': '(', ']': ')', '<': '‹', '>': '›', '`': '’', '\\': '/' };

const MOST_READ = 10_000;

export function quiet(text: string, most = 200): string {
  // A subject or a name can be as long as a mail: more than this is never shown of it.
  const part = text.slice(0, MOST_READ).replace(/[\p{Cc}\p{Cf}]/gu, ' ');
  const bare = part.replace(/\*+|~~+|_+/g, (run, at: number) => (isInWord(part, run, at) ? run : ''));
  return excerpt(bare, '', most).replace(/[[\]<>`\\]/g, (sign) => PLAIN[sign] ?? sign);
}

/** `snake_case` emphasises nothing. */
function isInWord(text: string, run: string, at: number): boolean {
  return run.startsWith('_') && /\w/.test(text.charAt(at - 1)) && /\w/.test(text.charAt(at + run.length));
}

/**
 * As `quiet`, and no program that shows it makes a link of an address in it: mail programs find them by themselves, also without `https:`.
 * U+2060, word joiner, takes no room and breaks no line.
 */
export function unlinked(text: string, most = 200): string {
  return quiet(text, most).replace(/(?<=[:@])(?=\S)|(?<=\w)\.(?=\w)/gu, (found) => `${found}\u2060`);
}

/** What comes from `quiet`, as a link. */
export function linked(label: string, url: string | undefined): string {
  return url ? `[${label}](${url})` : label;
}
