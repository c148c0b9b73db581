// Renders a model's Markdown as posts within Slack's limits: with real mentions, and without broadcasts and pictures.
// Pure.
import { HEAD_CHARS, MARKDOWN_CHARS, PLAIN_CHARS, POSTS_PER_ANSWER, TEXT_CHARS } from '../limits.ts';
import { piecesOf, unitsOf } from './markdown.ts';
import { type People, withMentions } from './mention.ts';
import { escapeMrkdwn, neutralCode, neutralMarkdown, withoutImages } from './neutral.ts';
import { withoutPictures } from './pictures.ts';
import { split } from './split.ts';

/** A Block Kit block. */
export type Block = { type: string } & Record<string, unknown>;

/** One message. Notifications and screen readers show `text`. */
export interface Post {
  text: string;
  blocks: Block[];
  /**
   * The whole content as mrkdwn, for a post whose `text` is only the beginning. It is sent if Slack refuses the blocks.
   */
  plain?: string;
}

export interface Rendered {
  /** The messages to post, in order. Empty if there is nothing to post. */
  posts: Post[];
  /** The whole text, if it is too long to post. */
  file?: { name: string; content: string };
}

export interface ToRender {
  markdown: string;
  /** Looks up a member's user id by name or handle; undefined for anybody else. */
  people: People;
  /** The file name for a very long answer. */
  fileName?: string;
}

export function render({ markdown, people, fileName = 'answer.md' }: ToRender): Rendered {
  const safe = safeMarkdown(markdown.replace(/\r\n?/g, '\n'), people);
  const parts = safeParts(safe, MARKDOWN_CHARS);
  if (parts.length <= POSTS_PER_ANSWER) return { posts: parts.map(postOf) };
  const [head = ''] = safeParts(parts[0] ?? '', HEAD_CHARS);
  const note = `_This is the beginning; the whole text is in the file ${fileName}._`;
  return { posts: [postOf(`${head.trimEnd()}\n\n${note}\n`)], file: { name: fileName, content: markdown } };
}

/** Replaces names by mentions, broadcasts by plain text and images by links. Code stays unchanged. */
export function safeMarkdown(markdown: string, people: People): string {
  return unitsOf(markdown)
    .map(({ fence, lines }) => (fence ? neutralCode(lines.join('')) : safeText(lines.join(''), people)))
    .join('');
}

/** Splits a safe text into parts. A split may change what is code, so each part is checked for pictures again. */
export function safeParts(safe: string, limit: number): string[] {
  return split(safe, limit).map(withoutPictures);
}

function safeText(text: string, people: People): string {
  return piecesOf(text)
    .map((piece, n, all) => {
      if (piece.kind === 'code') return neutralCode(piece.text);
      if (piece.kind === 'link') return neutralMarkdown(withoutImages(piece.text));
      const prose = withoutImages(piece.text, all[n + 1]?.text.startsWith('['));
      return withMentions(neutralMarkdown(prose), people);
    })
    .join('');
}

function postOf(markdown: string): Post {
  const text = plainText(markdown, TEXT_CHARS);
  const plain = plainText(markdown, PLAIN_CHARS);
  return { text, blocks: [{ type: 'markdown', text: markdown }], ...(plain === text ? {} : { plain }) };
}

/**
 * Returns the text for notifications and for posts whose blocks Slack refuses. Escapes everything except our own
 * mentions, and truncates between characters.
 */
function plainText(markdown: string, most: number): string {
  const room = most - 2;
  let text = '';
  for (const piece of markdown.split(/(<@[UW][A-Z0-9]+>|\s+)/)) {
    const shown = /^<@[UW][A-Z0-9]+>$/.test(piece) ? piece : escapeMrkdwn(piece);
    if (text.length + shown.length > room)
      return `${text.trimEnd() || escapeMrkdwn(piece.slice(0, 500).replace(/[\uD800-\uDBFF]$/, ''))}…`;
    text += shown;
  }
  return text.trim();
}
