// Splits Markdown into posts: between blocks, else inside a block with its structure repeated, so that each post renders like the whole. Pure.
import { chunksOf } from './cut.ts';
import { costOf, fill } from './fill.ts';
import { closeFences } from './structure.ts';

export { costOf } from './fill.ts';

/**
 * Each part costs at most `limit` (at least 400). Together the parts contain all words in their order. Splitting is
 * deterministic, because a retry must send the same posts.
 */
export function split(markdown: string, limit: number): string[] {
  const text = closeFences(markdown);
  const room = limit - costOf('');
  const parts = costOf(text) <= limit ? [text] : fill(chunksOf(text), { limit: room, left: room, perLine: 0 });
  return parts.filter((part) => part.trim() !== '');
}
