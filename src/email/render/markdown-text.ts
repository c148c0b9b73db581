// Renders Markdown as the plain text of a mail, without marks that disturb reading. Pure.
import { markdownReader, type Token, urlOf } from './markdown.ts';
import { tableText } from './table-text.ts';

/** An element with its children. */
interface Node {
  token: Token;
  inner: Node[];
}

const reader = markdownReader();

export function markdownText(markdown: string): string {
  return blocksText(treeOf(reader.parse(markdown, {}))).trim();
}

function treeOf(tokens: readonly Token[]): Node[] {
  const top: Node[] = [];
  const open: Node[][] = [top];
  for (const token of tokens) {
    if (token.nesting === -1) {
      open.pop();
      continue;
    }
    const node: Node = { token, inner: token.children ? treeOf(token.children) : [] };
    open.at(-1)?.push(node);
    if (token.nesting === 1) open.push(node.inner);
  }
  return top;
}

function blocksText(nodes: readonly Node[], between = '\n\n'): string {
  return nodes
    .map(blockText)
    .filter((text) => text !== '')
    .join(between);
}

function blockText(node: Node): string {
  const { token, inner } = node;
  switch (token.type) {
    case 'heading_open':
      return headingText(inlineText(inner), token.tag);
    case 'blockquote_open':
      return prefixed(blocksText(inner), '> ', '> ');
    case 'bullet_list_open':
    case 'ordered_list_open':
      return listText(node);
    case 'fence':
    case 'code_block':
      return prefixed(token.content.replace(/\n+$/, ''), '    ', '    ');
    case 'hr':
      return '* * *';
    case 'table_open':
      return tableText(rowsOf(inner), columnsOf(inner));
    default:
      return inlineText(inner);
  }
}

/** Returns the heading, underlined on the first two levels and plain on deeper ones. */
function headingText(text: string, tag: string): string {
  const mark = { h1: '=', h2: '-' }[tag];
  const longest = Math.max(...text.split('\n').map((line) => line.length));
  return mark && text ? `${text}\n${mark.repeat(Math.min(60, longest))}` : text;
}

function listText({ token, inner }: Node): string {
  const first = Number(token.attrGet('start') ?? 1);
  const isLoose = inner.some((item) =>
    item.inner.some((one) => one.token.type === 'paragraph_open' && !one.token.hidden),
  );
  const between = isLoose ? '\n\n' : '\n';
  return inner
    .map((item, n) => {
      const mark = token.type === 'ordered_list_open' ? `${first + n}. ` : '- ';
      return prefixed(blocksText(item.inner, between), mark, ' '.repeat(mark.length)) || mark.trimEnd();
    })
    .join(between);
}

function prefixed(text: string, first: string, rest: string): string {
  if (text === '') return '';
  return text
    .split('\n')
    .map((line, n) => `${n ? rest : first}${line}`.trimEnd())
    .join('\n');
}

/** Returns the rows of the table's head and body. */
function rowsOf(parts: readonly Node[]): string[][] {
  const rows = parts.flatMap((part) => part.inner);
  return rows.map((row) => row.inner.map((cell) => inlineText(cell.inner).replace(/\s*\n\s*/g, ' ')));
}

function columnsOf([head]: readonly Node[]): ('left' | 'right')[] {
  const cells = head?.inner[0]?.inner ?? [];
  return cells.map(({ token }) => (/right/.test(String(token.attrGet('style') ?? '')) ? 'right' : 'left'));
}

function inlineText(nodes: readonly Node[]): string {
  return nodes.map(spanText).join('');
}

function spanText({ token, inner }: Node): string {
  switch (token.type) {
    case 'softbreak':
    case 'hardbreak':
      return '\n';
    case 's_open':
      // The marks of struck text are kept. Without them, the text would mean the opposite.
      return `~~${inlineText(inner)}~~`;
    case 'link_open':
      return linkText(inlineText(inner), urlOf(token));
    default:
      return inner.length ? inlineText(inner) : token.content;
  }
}

/**
 * Returns the label and its URL in angle brackets, which separate the URL from the text after it (RFC 3986, appendix
 * C).
 */
function linkText(label: string, url: string): string {
  const same = [url, url.replace(/^mailto:/i, ''), safelyDecoded(url)];
  return same.includes(label) ? label : `${label} <${url.replace(/^mailto:/i, '')}>`;
}

/** Decodes percent-encoded letters, so that label and URL can be compared. */
function safelyDecoded(url: string): string {
  try {
    return decodeURI(url);
  } catch {
    return url;
  }
}
