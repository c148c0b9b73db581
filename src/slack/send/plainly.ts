// Where Slack refuses the blocks of a message, the same words once more as plain text: nobody is left without them.

import { PLAIN_CHARS } from '../limits.ts';
import { blockWords } from '../parse/block-words.ts';
import { wholeOf } from '../parse/said-already.ts';
import type { Post } from '../render/render.ts';
import { refusesContent } from './slack-errors.ts';

/** Sends the post; throws what Slack said of the plain text, or of anything but the content. */
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

/** As mrkdwn, whole. A `markdown` block is none, and whoever posts one says what it is in plain text. */
export function plainOf({ text, blocks, plain }: Post): string {
  const words = blocks.filter(({ type }) => type !== 'markdown').map(blockWords);
  const whole = plain ?? wholeOf(text, words.join('\n'));
  if (whole.length <= PLAIN_CHARS) return whole;
  return whole.slice(0, PLAIN_CHARS).replace(/(?:[\uD800-\uDBFF]|&[a-z]{0,4}|<[@#!]?[^<>]{0,40})$/, '');
}
