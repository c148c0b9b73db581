// Parses the blocks of a Markdown text and their lines, according to CommonMark with tables. Pure.
import MarkdownIt, { type MarkdownIt as Reader } from 'markdown-it';

export type Kind = 'text' | 'heading' | 'fence' | 'code' | 'table' | 'quote' | 'list';

export interface Block {
  kind: Kind;
  lines: string[];
  /** The blank lines after the block. */
  tail: string;
  /** The level of a heading, 1 to 6. */
  level: number;
  /** The items of a list. */
  items(): Item[];
}

/** One item of a list, with the blank lines after it. */
export interface Item {
  /** The item's marker. The items of a numbered list are counted up from the first item's number. */
  marker: string;
  lines: string[];
}

const kinds: Record<string, Kind> = {
  heading_open: 'heading',
  fence: 'fence',
  code_block: 'code',
  table_open: 'table',
  blockquote_open: 'quote',
  bullet_list_open: 'list',
  ordered_list_open: 'list',
};

type Token = ReturnType<Reader['parse']>[number];
type BlockToken = Token & { map: [number, number] };

/**
 * Parses only blocks; inline content is parsed later, if a line must be split. Link definitions count as ordinary
 * lines.
 */
function tokensOf(markdown: string): BlockToken[] {
  const reader = new MarkdownIt('default', { html: false }).disable('reference');
  const tokens: Token[] = [];
  reader.block.parse(markdown, reader, {}, tokens);
  return tokens.filter((token): token is BlockToken => token.map !== null);
}

/** Returns the lines of a text, each with its newline. */
export function linesOf(text: string): string[] {
  return text.split(/(?<=\n)/);
}

export function isBlank(line: string): boolean {
  return /^[ \t]*\n?$/.test(line);
}

/** Returns the blocks of a text. The joined blocks are equal to the text without its leading blank lines. */
export function blocksOf(markdown: string): Block[] {
  const lines = linesOf(markdown);
  const tokens = tokensOf(markdown);
  const tops = tokens.filter(({ level }) => level === 0);
  return tops.map((token, n) => {
    const from = token.map[0];
    const to = tops[n + 1]?.map[0] ?? lines.length;
    let end = to;
    while (end > from + 1 && isBlank(lines[end - 1] ?? '')) end -= 1;
    return {
      kind: kinds[token.type] ?? 'text',
      lines: lines.slice(from, end),
      tail: lines.slice(end, to).join(''),
      level: Number(/^h(\d)$/.exec(token.tag)?.[1] ?? 1),
      items: () => itemsOf(token, tokens, lines.slice(0, end)),
    };
  });
}

function itemsOf(list: BlockToken, tokens: readonly BlockToken[], lines: readonly string[]): Item[] {
  const items = tokens.filter(
    ({ type, level, map }) => type === 'list_item_open' && level === 1 && map[0] >= list.map[0] && map[0] < list.map[1],
  );
  const first = Number(list.attrGet('start') ?? 1);
  return items.map(({ map, markup }, n) => ({
    marker: list.type === 'ordered_list_open' ? `${first + n}${markup}` : markup,
    lines: lines.slice(map[0], items[n + 1]?.map[0]),
  }));
}

/** Adds the closing fence to a code block that its quote, item or text ends. Then every parser sees the same block. */
export function closeFences(markdown: string): string {
  const lines = linesOf(markdown);
  const fences = tokensOf(markdown).filter(({ type }) => type === 'fence');
  for (const { map, markup, content } of fences.reverse()) {
    const inside = content === '' ? 0 : content.replace(/\n$/, '').split('\n').length;
    if (map[1] - map[0] > inside + 1) continue;
    const opening = lines[map[0]] ?? '';
    const before = opening.slice(0, opening.indexOf(markup)).replace(/[^>\s]/g, ' ');
    const last = lines[map[1] - 1] ?? '';
    lines.splice(map[1] - 1, 1, last.endsWith('\n') ? last : `${last}\n`, `${before}${markup}\n`);
  }
  return lines.join('');
}
