// Parses the Markdown structure that safe posting needs: code blocks, and within a line code, links and prose. Pure.

export interface Fence {
  mark: string;
}

/**
 * Lines that belong together: a paragraph, a table, a list, or a code block with its fences. Each line includes its
 * newline.
 */
export interface Unit {
  fence?: Fence;
  lines: string[];
}

const opener = /^(?: {0,12}|\t{1,3})(`{3,12}|~{3,12})[^`\n]{0,80}\n?$/;

export function opens(line: string): Fence | undefined {
  const [, mark] = opener.exec(line) ?? [];
  return mark === undefined ? undefined : { mark };
}

export function closes(line: string, fence: Fence): boolean {
  const mark = line.trim();
  return mark.length >= fence.mark.length && mark.replaceAll(fence.mark.charAt(0), '') === '';
}

/** Returns the units of a text. The joined units are equal to the text. */
export function unitsOf(markdown: string): Unit[] {
  const units: Unit[] = [];
  let open: Unit | undefined;
  for (const line of markdown.split(/(?<=\n)/)) {
    if (open?.fence) {
      open.lines.push(line);
      if (closes(line, open.fence)) open = undefined;
      continue;
    }
    const fence = opens(line);
    if (fence) {
      open = { fence, lines: [line] };
      units.push(open);
    } else if (open && !(line.trim() !== '' && endsBlank(open))) {
      open.lines.push(line);
    } else {
      open = { lines: [line] };
      units.push(open);
    }
  }
  return units;
}

function endsBlank(unit: Unit): boolean {
  return unit.lines.at(-1)?.trim() === '';
}

/** Matches inline code. A run of more than twelve backticks opens no code, and neither does a part of such a run. */
const span = /(?<!(?<!\\)`)(`{1,12})(?!`)[\s\S]{1,4000}?(?<!`)\1(?!`)/.source;
/** Matches a link's label, which may contain one more pair of brackets: `[see [1]](https://x.y/a_(b))`. */
const label = /\[(?:[^[\]\n]|\[[^[\]\n]{0,200}\]){0,500}\]/.source;
const target = /\((?:[^()\n]|\([^()\n]{0,500}\)){0,2000}\)/.source;
const link = `${label}${target}|${label}\\[[^[\\]\\n]{0,200}\\]`;
const url = /<?\b(?:https?:\/\/|mailto:)[^\s<>`]{1,2000}>?/.source;
/**
 * Matches an escaped character. A backtick after a backslash opens no code. Two backslashes are one literal backslash.
 */
const escaped = /\\[\\`]/.source;
const inline = new RegExp(`${escaped}|${span}|(${link}|${url})`, 'g');

export interface Piece {
  kind: 'code' | 'link' | 'prose';
  text: string;
}

/** Returns the pieces of a text outside code blocks. The joined pieces are equal to the text. */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const found of text.matchAll(inline)) {
    if (found[1] === undefined && found[2] === undefined) continue;
    if (found.index > from) pieces.push({ kind: 'prose', text: text.slice(from, found.index) });
    pieces.push({ kind: found[2] === undefined ? 'code' : 'link', text: found[0] });
    from = found.index + found[0].length;
  }
  if (from < text.length) pieces.push({ kind: 'prose', text: text.slice(from) });
  return pieces;
}
