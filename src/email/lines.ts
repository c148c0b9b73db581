// A body as lines, each with what it is: the ground on which replies and forwards are taken apart. Pure, linear.
import { htmlLines } from './html-lines.ts';
import { TEXT_CHARS } from './limits.ts';
import type { Mail } from './mail.ts';

export type LinePart = 'written' | 'quoted' | 'signature';

export interface Line {
  /** Without quote marks. */
  text: string;
  part: LinePart;
  /** How many quotes are around it. */
  depth: number;
}

/** The HTML face where its markup says what is quoted, else the plain one; one of them where there is only one. */
export function linesOf({ text, html }: Pick<Mail, 'text' | 'html'>): Line[] {
  if (html === undefined) return textLines(text);
  const lines = htmlLines(html);
  return text.trim() === '' || lines.some(({ part }) => part !== 'written') ? lines : textLines(text);
}

export function textLines(text: string): Line[] {
  return text
    .slice(0, TEXT_CHARS)
    .split('\n')
    .map((line) => {
      const { depth, rest } = unquoted(line);
      return { text: rest, part: depth > 0 ? 'quoted' : 'written', depth };
    });
}

function unquoted(line: string): { depth: number; rest: string } {
  let at = 0;
  let depth = 0;
  while (line[at] === '>' || (line[at] === ' ' && line[at + 1] === '>')) {
    if (line[at] === '>') depth += 1;
    at += 1;
  }
  if (depth > 0 && line[at] === ' ') at += 1;
  return { depth, rest: line.slice(at).trimEnd() };
}

/** Lines as text again, without the empty ones around it. */
export function textOfLines(lines: Line[]): string {
  const text = lines.map((line) => line.text);
  let from = 0;
  let to = text.length;
  while (from < to && text[from]?.trim() === '') from += 1;
  while (to > from && text[to - 1]?.trim() === '') to -= 1;
  return text.slice(from, to).join('\n');
}
