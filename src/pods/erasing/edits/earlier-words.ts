// The words of a message from before it was edited: what they are, and the changes and deliveries that erase them.
import type { Reader } from '../../../log/action.ts';
import type { ParticipantId } from '../../../log/participant.ts';
import { cameBy, MESSAGES, type MessageChange, saidIn } from '../../conversations/message.ts';
import type { DeliveryWish } from '../../deliveries.ts';
import type { ErasedFrom } from '../wishes.ts';

export interface EarlierWords {
  author: ParticipantId;
  /** When the first of them came, and the number of their commit. */
  since: number;
  posted: number;
  from: ErasedFrom;
  /** When the newest of them was replaced, in milliseconds since 1970. */
  editedAt: number;
}

/** Undefined if the message has none, or is erased itself. */
export async function earlierWords(read: Reader, pod: string, id: string): Promise<EarlierWords | undefined> {
  const doc = await read.get(MESSAGES, id);
  if (!doc?.earlier?.length || doc.pod !== pod || doc.erased) return undefined;
  const { earlier, by, conversation, editedIn, editedAt = doc.at, files = [] } = doc;
  const stays = [...saidIn({ ...doc, earlier: [] }), ...files];
  const from = { on: MESSAGES.name, id, conversation, words: earlier, stays };
  return {
    author: by,
    ...(await cameBy(read, doc)),
    editedAt,
    from: { ...from, ...(editedIn ? { until: editedIn } : {}) },
  };
}

export function eraseEarlier({ since, posted, from }: EarlierWords): {
  changes: MessageChange[];
  deliveries: DeliveryWish[];
} {
  return {
    changes: [{ v: 1, on: 'messages', id: from.id, type: 'earlier_erased' }],
    deliveries: [{ kind: 'erase', bodies: from.words, postings: [], blobs: [], since, posted, from }],
  };
}
