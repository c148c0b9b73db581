// Tells whoever erased a text that it also stands in a digest that was mailed to others: a mail can't be called back.
import type { InMailedDigests } from '../../pods/erasing/mailed-digests.ts';
import type { Texts } from '../../texts/texts.ts';

/** Returns the sentence, or none. */
export function mailedDigest({ fill }: Texts, { digestMailedTo: count = 0 }: InMailedDigests): string[] {
  if (count === 0) return [];
  return [count === 1 ? fill('notice', 'erased-mailed') : fill('notice', 'erased-mailed-several', { count })];
}
