// The delivery of an erasure: removes the words everywhere they are stored.
import type { BodyRef } from '../../log/body.ts';

export interface EraseWish {
  bodies: BodyRef[];
  postings: string[];
  blobs: string[];
  /** When the words arrived, by Skein's clock. A transcript that ended before can't contain them. */
  since: number;
  /** The number of the commit that added the words, if it is known. */
  posted?: number;
}

declare module '../deliveries.ts' {
  interface Wishes {
    erase: EraseWish;
  }
}
