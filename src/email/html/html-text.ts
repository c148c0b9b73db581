// An HTML body as plain text: what a person sees of it, quotes marked by `> `. Pure.
import { htmlLines } from './html-lines.ts';
import type { Line } from './line.ts';

export function htmlText(html: string): string {
  return textOfHtml(htmlLines(html));
}

/** The text of HTML that was parsed already. */
export function textOfHtml(lines: readonly Line[]): string {
  return lines
    .map(({ text, depth }) => `${'> '.repeat(Math.min(depth, 20))}${text}`.trimEnd())
    .join('\n')
    .trim();
}
