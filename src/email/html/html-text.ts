// Converts an HTML body to its visible plain text, with quotes marked by `> `. Pure.
import { htmlLines } from './html-lines.ts';
import type { Line } from './line.ts';

export function htmlText(html: string): string {
  return textOfHtml(htmlLines(html));
}

/** Returns the text of HTML that is already parsed to lines. */
export function textOfHtml(lines: readonly Line[]): string {
  return lines
    .map(({ text, depth }) => `${'> '.repeat(Math.min(depth, 20))}${text}`.trimEnd())
    .join('\n')
    .trim();
}
