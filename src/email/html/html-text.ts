// Converts an HTML body to its visible plain text, with quotes marked by `> `. Pure.
import { htmlLines } from './html-lines.ts';
import type { Line } from './line.ts';

export function htmlText(html: string): string {
  return textOfHtml(htmlLines(html));
}

/** The text of parsed HTML. */
export function textOfHtml(lines: readonly Line[]): string {
  return lines
    .map(({ text, depth }) => `${'> '.repeat(Math.min(depth, 20))}${text}`.trimEnd())
    .join('\n')
    .trim();
}
