// Where Slack refuses the blocks of a message, the same words once more as plain text: nobody is left without them.
import type { Post } from './render.ts';
import { refusesContent } from './slack-errors.ts';

/** Sends the post; throws what Slack said of the plain text, or of anything but the content. */
export async function orPlainly<T>(
  post: Post,
  send: (content: { text: string; blocks?: Post['blocks'] }) => Promise<T>,
) {
  const { text, blocks, plain = text } = post;
  try {
    return await send({ text, blocks });
  } catch (error) {
    if (!blocks.length || !refusesContent(error)) throw error;
    return send({ text: plain });
  }
}
