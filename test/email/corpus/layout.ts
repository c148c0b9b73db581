// Text and HTML functions for all mail programs: escaping, wrapping, quoting.

import type { Block, Sent } from './case.ts';
import { printDate } from './dates.ts';

export const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

export const lines = (html: string) => escaped(html).replaceAll('\n', '<br>\n');

/** Breaks lines that are longer than the width at a space. */
export function wrap(text: string, width: number): string {
  return text
    .split('\n')
    .flatMap((line) => {
      const out: string[] = [];
      let rest = line;
      while (rest.length > width) {
        const cut = rest.lastIndexOf(' ', width);
        if (cut <= 0) break;
        out.push(rest.slice(0, cut));
        rest = rest.slice(cut + 1);
      }
      return [...out, rest];
    })
    .join('\n');
}

export function quote(text: string, mark = '> '): string {
  return text
    .split('\n')
    .map((line) => (line.startsWith('>') ? `>${line}` : line === '' ? mark.trimEnd() : mark + line))
    .join('\n');
}

export const block = (text: string): Block => ({ text, html: `<div>${lines(text)}</div>` });

export const textOf = (blocks: Block[]) => blocks.map((one) => one.text).join('\n\n');
export const htmlOf = (blocks: Block[], between = '<div><br></div>') => blocks.map((one) => one.html).join(between);

/** A line such as "On …, … wrote:". */
export function attribution(sent: Sent, language: string, pattern: string): string {
  return printDate(sent.at, language, pattern.replace('{name}', '\u0001').replace('{address}', '\u0002'))
    .replace('\u0001', sent.from.name)
    .replace('\u0002', sent.from.address);
}

/** Quoted blocks with the answers between them; `quoted` draws one run of blocks, `own` one answer. */
export function interleave(
  sent: Sent,
  answers: (string | undefined)[],
  quoted: (blocks: Block[]) => string,
  own: (text: string) => string,
  glue: string,
): string {
  const out: string[] = [];
  let run: Block[] = [];
  sent.blocks.forEach((one, index) => {
    run.push(one);
    const answer = answers[index];
    if (answer === undefined) return;
    out.push(quoted(run), own(answer));
    run = [];
  });
  if (run.length > 0) out.push(quoted(run));
  return out.join(glue);
}
