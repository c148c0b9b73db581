// An HTML body as plain text: what a person sees of it, quotes marked by `> `. Pure.
import { htmlLines } from './html-lines.ts';

export function htmlText(html: string): string {
  return htmlLines(html)
    .map(({ text, depth }) => `${'> '.repeat(Math.min(depth, 20))}${text}`.trimEnd())
    .join('\n')
    .trim();
}
