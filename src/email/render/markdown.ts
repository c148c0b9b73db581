// Parses a model's Markdown once for both the text and the HTML of a mail. Decides which texts become links, and
// replaces pictures by links. Pure.
import MarkdownIt, { type MarkdownIt as Reader } from 'markdown-it';

/** A token of the parsed text: the start or the end of an element, or a leaf. */
export type Token = ReturnType<Reader['parse']>[number];

/** Returns the parser. It escapes HTML in the text, keeps line breaks, and makes links only of complete URLs. */
export function markdownReader(): Reader {
  const reader = new MarkdownIt({ html: false, linkify: true, breaks: true });
  reader.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });
  reader.validateLink = (url) => /^(?:https?:\/\/|mailto:)/i.test(url);
  reader.core.ruler.push('plain_links', (state) => {
    for (const block of state.tokens)
      if (block.children) block.children = withPlainLinks(block.children, () => new state.Token('text', '', 0));
  });
  return reader;
}

/**
 * Replaces pictures by links, because a loaded picture tells its server that the mail was read. A link without a label
 * gets its address as label.
 */
function withPlainLinks(tokens: readonly Token[], text: () => Token): Token[] {
  const plain: Token[] = [];
  const add = (content: string) => plain.push(Object.assign(text(), { content }));
  let link: string | undefined;
  let isSilent = false;
  for (const token of tokens) {
    if (token.type === 'link_open') {
      link = urlOf(token);
      isSilent = true;
    } else if (token.type === 'link_close') {
      if (isSilent && link) add(link);
      link = undefined;
    } else if (token.type === 'image') {
      const label = labelOf(token);
      if (link === undefined) linked(plain, token, () => add(label || addressOf(token)), text);
      else add(label || addressOf(token));
      isSilent = false;
      continue;
    } else isSilent = false;
    plain.push(token);
  }
  return plain;
}

function linked(plain: Token[], image: Token, label: () => void, text: () => Token): void {
  plain.push(Object.assign(text(), { type: 'link_open', tag: 'a', nesting: 1, attrs: [['href', addressOf(image)]] }));
  label();
  plain.push(Object.assign(text(), { type: 'link_close', tag: 'a', nesting: -1 }));
}

/** The target of a link. */
export function urlOf(link: Token): string {
  return String(link.attrGet('href') ?? '');
}

function addressOf(image: Token): string {
  return String(image.attrGet('src') ?? '');
}

function labelOf({ children, content }: Token): string {
  return (children ? children.map(labelOf).join('') : content).trim();
}
