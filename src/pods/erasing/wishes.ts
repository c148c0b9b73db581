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
  /** Absent: nothing that an agent could have read before. */
  from?: ErasedFrom;
}

/** The words of which quotes are erased too, in what agents made of them. */
export interface ErasedFrom {
  /** The name of the document's view, and its id. */
  on: string;
  id: string;
  conversation?: string;
  words: BodyRef[];
  /** The bodies with the names of the files that came with a message. */
  files?: BodyRef[];
  /** The words that the document still says. Set if only its earlier words are erased. */
  stays?: BodyRef[];
  /** The number of the commit that put other words in their place. */
  until?: number;
}

declare module '../deliveries.ts' {
  interface Wishes {
    erase: EraseWish;
    /** An edit has taken words away: its author is offered to have the earlier ones forgotten. */
    earlier: { message: string };
  }
}
