// The wish of an erasure: the words removed from wherever they were kept.
import type { BodyRef } from '../../log/body.ts';

export interface EraseWish {
  bodies: BodyRef[];
  postings: string[];
  blobs: string[];
  /** When the words came, by Skein's clock. What an agent took in before can't hold them. */
  since: number;
  /** The commit that brought the words, where it is known. */
  posted?: number;
}

declare module '../deliveries.ts' {
  interface Wishes {
    erase: EraseWish;
  }
}
