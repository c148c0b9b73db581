// Says whether a thing of a trace is still there, who wrote it, and how it is erased.
import type { Reader } from '../../../log/action.ts';
import type { ParticipantId } from '../../../log/participant.ts';
import type { Ctx } from '../../action.ts';
import type { DeliveryWish } from '../../deliveries.ts';
import type { Change } from '../../kinds.ts';
import { earlierWords, eraseEarlier } from '../edits/earlier-words.ts';
import { erasableAt } from '../erasable.ts';
import { erasureOf } from '../erasure.ts';
import type { Repeated } from '../mailed-digests.ts';
import type { MadeThing } from './thing.ts';

/** A thing that is still there: who wrote it, and how it is erased. */
export interface Left {
  authors: readonly ParticipantId[];
  repeated: Repeated;
  erase(ctx: Ctx): { changes: readonly Change[]; deliveries: readonly DeliveryWish[] };
}

/** Undefined if it is not there any more. */
export async function leftOf(read: Reader, pod: string, { on, id, earlier }: MadeThing): Promise<Left | undefined> {
  if (earlier) {
    const words = await earlierWords(read, pod, id);
    return (
      words && { authors: [words.author], repeated: { id, before: words.editedAt }, erase: () => eraseEarlier(words) }
    );
  }
  const doc = await erasableAt(read, pod, { on, id });
  if (!doc || doc.erased) return undefined;
  return { authors: doc.authors, repeated: { id }, erase: (ctx) => erasureOf(doc, undefined, ctx) };
}
