// Cuts Markdown into posts at the best places: between paragraphs, else between lines, else between words. A code block that must be cut is closed and opened again. Pure.
import { closes, type Fence, type Unit, unitsOf } from './markdown.ts';

/** What a text costs: its length as Slack receives it, in JSON. */
export function costOf(text: string): number {
  return JSON.stringify(text).length;
}

/** Every part costs at most `limit`; joined, and without the repaired fences, they are the text. */
export function split(markdown: string, limit: number): string[] {
  const { parts, add, flush } = collector(limit);
  for (const unit of unitsOf(markdown)) {
    const whole = closed(unit);
    if (costOf(whole) <= limit) {
      add(whole);
      continue;
    }
    for (const piece of cut(unit, limit)) {
      flush();
      add(piece);
    }
  }
  flush();
  return parts;
}

/** Fills one part after the other; parts of nothing but white space are left out. */
function collector(limit: number) {
  const parts: string[] = [];
  let part = '';
  let cost = costOf('');
  const flush = () => {
    if (part.trim() !== '') parts.push(part);
    part = '';
    cost = costOf('');
  };
  const add = (text: string) => {
    const more = costOf(text) - costOf('');
    if (cost + more > limit) flush();
    part += text;
    cost += more;
  };
  return { parts, add, flush };
}

function closed({ fence, lines }: Unit): string {
  const text = lines.join('');
  return fence && !isClosed(fence, lines) ? closedText(text, fence) : text;
}

function isClosed(fence: Fence, lines: string[]): boolean {
  return lines.length > 1 && closes(lines.at(-1) ?? '', fence);
}

function closedText(text: string, fence: Fence): string {
  return `${text}${text.endsWith('\n') ? '' : '\n'}${fence.indent}${fence.mark}\n`;
}

/** One unit that does not fit into one post. */
function cut({ fence, lines }: Unit, limit: number): string[] {
  if (!fence) return fill(lines, limit);
  const inner = lines.slice(1, isClosed(fence, lines) ? -1 : undefined);
  const room = limit - costOf(closedText(fence.opening, fence));
  return fill(inner, room).map((text) => closedText(fence.opening + text, fence));
}

function fill(lines: string[], limit: number): string[] {
  const { parts, add, flush } = collector(limit);
  for (const line of lines) for (const piece of pieces(line, limit)) add(piece);
  flush();
  return parts;
}

/** A line longer than a post, at its spaces where it has any; never inside a mention or a character. */
function pieces(line: string, limit: number): string[] {
  const found: string[] = [];
  let rest = line;
  while (costOf(rest) > limit) {
    const end = cutAt(rest, longestPrefix(rest, limit));
    found.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return [...found, rest];
}

function longestPrefix(text: string, limit: number): number {
  let low = 1;
  let high = Math.min(text.length, limit);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (costOf(text.slice(0, middle)) <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}

function cutAt(text: string, longest: number): number {
  const space = text.lastIndexOf(' ', longest - 1);
  if (space > longest / 2) return space + 1;
  const mention = text.slice(Math.max(0, longest - 24), longest).lastIndexOf('<@');
  if (mention > 0) return Math.max(0, longest - 24) + mention;
  const inCharacter = /[\uD800-\uDBFF]/.test(text.charAt(longest - 1)) && /[\uDC00-\uDFFF]/.test(text.charAt(longest));
  return inCharacter && longest > 1 ? longest - 1 : longest;
}
