// Cuts Markdown into posts at the best places: between blocks, else inside one with what it stands in repeated, so that each post is drawn like the whole. Pure.
import { chunksOf } from './cut.ts';
import { costOf, fill } from './fill.ts';
import { closeFences } from './structure.ts';

export { costOf } from './fill.ts';

/**
 * Every part costs at most `limit` (400 and more). Together they have all the words of the text in their order; the same text is always
 * cut the same way, for what is sent again must be what was sent.
 */
export function split(markdown: string, limit: number): string[] {
  const text = closeFences(markdown);
  const room = limit - costOf('');
  const parts = costOf(text) <= limit ? [text] : fill(chunksOf(text), { limit: room, left: room, perLine: 0 });
  return parts.filter((part) => part.trim() !== '');
}
