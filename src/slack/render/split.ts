// Splits Markdown into posts: between blocks, or inside a block that is too long. Repeats the block's structure in each
// piece, so that each post renders as the whole would. Pure.
import { chunksOf } from './cut.ts';
import { costOf, fill } from './fill.ts';
import { closeFences } from './structure.ts';

export { costOf } from './fill.ts';

/**
 * Returns parts that each cost at most `limit` (at least 400; see `costOf`) and that together contain all words in
 * order. Splitting is deterministic, because a retry must send the same posts.
 */
export function split(markdown: string, limit: number): string[] {
  const text = closeFences(markdown);
  const room = limit - costOf('');
  const parts = costOf(text) <= limit ? [text] : fill(chunksOf(text), { limit: room, left: room, perLine: 0 });
  return parts.filter((part) => part.trim() !== '');
}
