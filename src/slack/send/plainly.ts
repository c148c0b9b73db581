// Sends a post again as plain text if Slack refuses its blocks.

import { PLAIN_CHARS } from '../limits.ts';
import { blockWords } from '../parse/block-words.ts';
import { wholeOf } from '../parse/repeated-text.ts';
import type { Post } from '../render/render.ts';
import { refusesContent } from './slack-errors.ts';

/** Sends the post. If Slack refuses its blocks, sends it again as plain text. Throws the error of the last attempt. */
export async function orPlainly<T>(
  post: Post,
  send: (content: { text: string; blocks?: Post['blocks'] }) => Promise<T>,
) {
  const { text, blocks } = post;
  try {
    return await send({ text, blocks });
  } catch (error) {
    if (!blocks.length || !refusesContent(error)) throw error;
    return send({ text: plainOf(post) });
  }
}

/** Returns the whole post as mrkdwn: `plain` if the post has it, because `markdown` blocks are not mrkdwn. */
export function plainOf({ text, blocks, plain }: Post): string {
  const words = blocks.filter(({ type }) => type !== 'markdown').map(blockWords);
  const whole = plain ?? wholeOf(text, words.join('\n'));
  if (whole.length <= PLAIN_CHARS) return whole;
  return whole.slice(0, PLAIN_CHARS).replace(/(?:[\uD800-\uDBFF]|&[a-z]{0,4}|<[@#!]?[^<>]{0,40})$/, '');
}
