// Others' words, taken into a line of ours: one line, without the signs that would make a link, a picture or code of them. Pure.
import { excerpt } from '../pods/excerpt.ts';

const PLAIN: Readonly<Record<string, string>> = { '[': '(', ']': ')', '<': '‹', '>': '›', '`': '’', '\\': '/' };

export function quiet(text: string, most = 200): string {
  const bare = text.replace(/[\p{Cc}\p{Cf}]/gu, ' ').replace(/\*+|~~+|(?<!\w)_+|_+(?!\w)/g, '');
  return excerpt(bare, '', most).replace(/[[\]<>`\\]/g, (sign) => PLAIN[sign] ?? sign);
}

/** What comes from `quiet`, as a link. */
export function linked(label: string, url: string | undefined): string {
  return url ? `[${label}](${url})` : label;
}
