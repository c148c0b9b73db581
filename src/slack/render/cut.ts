// Splits a block that is too long for a post. Each piece is a block of the same kind, with the same header, quote
// marks, fences or number. Pure.
import { cutCode, cutLiteral, cutProse, startsBlock } from './cut-line.ts';
import { type Chunk, fill, type Room, sizeOf, within } from './fill.ts';
import { closes } from './markdown.ts';
import { JOINER } from './neutral.ts';
import { type Block, blocksOf, type Item, isBlank, linesOf } from './structure.ts';

/** Marks a list item that continues from the previous post. */
const MORE = '…';
/** A language name that is longer than this is not repeated in each piece of a code block. */
const MOST_INFO = 80;

export function chunksOf(markdown: string): Chunk[] {
  const blocks = blocksOf(markdown);
  return blocks.flatMap((block, n) => {
    const before = blocks[n - 1];
    if (before && leads(before, block)) return [];
    const next = blocks[n + 1];
    return next && leads(block, next) ? [headed(chunkOf(block), chunkOf(next))] : [chunkOf(block)];
  });
}

/** True if the block must stay with the next one: a post must not end with a heading. */
function leads(block: Block, next: Block): boolean {
  return block.kind === 'heading' && next.kind !== 'heading';
}

function headed(heading: Chunk, next: Chunk): Chunk {
  return {
    text: `${heading.text}${heading.tail}${next.text}`,
    tail: next.tail ?? '',
    cut: (room) => fill([heading, { ...next, tail: '' }], room),
  };
}

function chunkOf(block: Block): Chunk {
  return { text: block.lines.join(''), tail: block.tail, cut: (room) => cutBlock(block, room) };
}

function cutBlock(block: Block, room: Room): string[] {
  switch (block.kind) {
    case 'text':
      return cutProse(block.lines.join(''), room);
    case 'heading':
      return cutHeading(block, room);
    case 'fence':
      return cutFence(block, room);
    case 'code':
      return cutIndented(block, room);
    case 'table':
      return cutTable(block, room);
    case 'quote':
      return cutQuote(block, room);
    case 'list':
      return fill(block.items().map(itemChunk), room);
    default:
      return block.kind satisfies never;
  }
}

function codeChunk(text: string): Chunk {
  return { text, cut: (room) => cutCode(text, room) };
}

function cutHeading({ lines, level }: Block, room: Room): string[] {
  const inner = within(room, level + 1);
  if (!inner) return cutLiteral(lines, room);
  const [first = ''] = lines;
  const isUnderlined = lines.length > 1;
  const text = isUnderlined
    ? lines.slice(0, -1).join('').replace(/\s+/g, ' ')
    : first.replace(/^ {0,3}#+[ \t]*/, '').replace(/[ \t]#+[ \t]*\n?$/, '');
  return cutProse(text, inner).map((piece) => piece && `${'#'.repeat(level)} ${piece}`);
}

function cutFence({ lines }: Block, room: Room): string[] {
  const [, mark = '', info = ''] = /^( *(?:`+|~+))(.*)/.exec(lines[0] ?? '') ?? [];
  const isClosed = lines.length > 1 && closes(lines.at(-1) ?? '', { mark: mark.trim() });
  const code = lines.slice(1, isClosed ? -1 : undefined);
  // No language has such a long name. It is treated as text, because repeating it would leave no room for the code.
  const isText = info.length > MOST_INFO;
  const opening = isText ? `${mark}\n` : `${mark}${info}\n`;
  const closing = `${mark}\n`;
  const inner = within(room, sizeOf(opening, room.perLine) + sizeOf(closing, room.perLine));
  if (!inner) return cutLiteral(lines, room);
  const parts = fill((isText ? [`${info}\n`, ...code] : code).map(codeChunk), inner);
  return parts.map((part) => part && `${opening}${part}${closing}`);
}

function cutIndented({ lines }: Block, room: Room): string[] {
  const inner = within(room, 0, 4);
  if (!inner) return cutLiteral(lines, room);
  const parts = fill(
    lines.map((line) => codeChunk(strip(line, 4))),
    inner,
  );
  return parts.map((code) => wrap(code, '    ', '    '));
}

function cutTable({ lines }: Block, room: Room): string[] {
  const header = lines.slice(0, 2).join('');
  const inner = within(room, sizeOf(header, room.perLine));
  if (!inner) return cutLiteral(lines, room);
  const rows = lines.slice(2).map((text) => ({ text, cut: (left: Room) => cutRow(text, left) }));
  return fill(rows, inner).map((part) => part && header + part);
}

/** Splits each cell of a row. The next row continues each cell in its column. */
function cutRow(row: string, room: Room): string[] {
  const cells = row
    .trim()
    .replace(/^\||(?<!\\)\|$/g, '')
    .split(/(?<!\\)\|/);
  const share = Math.floor((room.limit - room.perLine) / cells.length) - 4;
  const inner = within({ limit: share, left: share, perLine: 0 }, 0);
  if (!inner) return cutProse(row, room);
  const columns = cells.map((cell) => cutProse(cell.trim(), inner).map((piece) => piece.trim()));
  const deepest = Math.max(...columns.map(({ length }) => length));
  const rows = Array.from(
    { length: deepest },
    (_, n) => `| ${columns.map((pieces) => pieces[n] ?? '').join(' | ')} |\n`,
  );
  return fill(
    rows.map((text) => ({ text, cut: (left: Room) => cutProse(text, left) })),
    room,
  );
}

function cutQuote({ lines }: Block, room: Room): string[] {
  const inner = within(room, 0, 2);
  if (!inner) return cutLiteral(lines, room);
  const quoted = lines.map(unquoted).join('');
  return fill(chunksOf(quoted), inner).map((part) => wrap(part, '> ', '> '));
}

function unquoted(line: string): string {
  const [mark] = /^ {0,3}>/.exec(line) ?? [];
  return mark === undefined ? lazy(line) : strip(line.slice(mark.length), 1, mark.length);
}

function itemChunk({ marker, lines }: Item): Chunk {
  const text = contentOf(lines);
  const indent = ' '.repeat(marker.length + 1);
  return {
    text: wrap(text, `${marker} `, indent),
    cut(room) {
      const overhead = 2 * sizeOf(`${indent}${MORE}\n`, room.perLine);
      const inner = within(room, overhead, indent.length);
      if (!inner) return cutLiteral(lines, room);
      let isFirst = true;
      return fill(chunksOf(text), inner).map((part) => {
        const piece = isFirst ? part : goingOn(part);
        if (part.trim() !== '') isFirst = false;
        return part.trim() === '' ? '' : wrap(piece, `${marker} `, indent);
      });
    },
  };
}

/**
 * Begins the rest of a split item with `MORE`. If the rest begins a block, it goes below `MORE`, separated so that the
 * two do not merge.
 */
function goingOn(part: string): string {
  const isUnderlined = /^[^\n]*\n[ |:]*[-=][-=|: ]*(?:\n|$)/.test(part);
  if (!startsBlock(part) && !isUnderlined) return `${MORE} ${part.trimStart()}`;
  return /^ {0,3}(?:[>#`~]|[-+*] )/.test(part) && !isUnderlined ? `${MORE}\n${part}` : `${MORE}\n\n${part}`;
}

/** Returns the content of a list item, without its marker and its indentation. */
function contentOf(lines: readonly string[]): string {
  const [first = '', ...rest] = lines;
  const [marker = ''] = /^\s*(?:[-+*]|\d+[.)])/.exec(first) ?? [];
  const behind = first.slice(marker.length);
  const columns = indentOf(behind, marker.length).columns;
  const indent = isBlank(behind) || columns > 4 ? 1 : columns;
  const said = isBlank(behind) ? '\n' : strip(behind, indent, marker.length);
  const width = marker.length + indent;
  const isWithin = (line: string) => isBlank(line) || indentOf(line).columns >= width;
  return [said, ...rest.map((line) => (isWithin(line) ? strip(line, width) : lazy(line)))].join('');
}

/**
 * Returns a lazy continuation line (CommonMark, "Laziness") without its indentation. A joiner goes before words that would
 * then begin a block, so that the line stays part of its paragraph.
 */
function lazy(line: string): string {
  const words = line.trimStart();
  return startsBlock(words) ? JOINER + words : words;
}

/**
 * Removes up to `most` columns of indentation. Converts tabs to spaces, because a tab would now reach another column.
 */
function strip(line: string, most: number, column = 0): string {
  const { columns, at } = indentOf(line, column);
  return ' '.repeat(Math.max(0, columns - most)) + line.slice(at);
}

/** Returns the columns of white space at the start of a line. Tab stops are four columns apart. */
function indentOf(line: string, column = 0): { columns: number; at: number } {
  let columns = 0;
  let at = 0;
  for (; /[ \t]/.test(line.charAt(at)); at += 1) columns += line.charAt(at) === '\t' ? 4 - ((column + columns) % 4) : 1;
  return { columns, at };
}

function wrap(text: string, first: string, rest: string): string {
  if (text === '') return '';
  return linesOf(text)
    .map((line, n) => {
      const before = n === 0 ? first : rest;
      return isBlank(line) ? `${before.trimEnd()}\n` : before + line;
    })
    .join('');
}
