// Offers whoever erased a text to erase what agents made from it without quoting it. They hear of it with what they are
// told anyway, but for those who erased by command: these want it gone, and are told soon.
import { canonical, sha256 } from '../../log/ids.ts';
import type { Subject } from '../../log/needs/need.ts';
import { isPerson, type PersonId } from '../../log/participant.ts';
import type { DeliveryOf } from '../../pods/deliveries.ts';
import { tracesWith } from '../../pods/erasing/traces/close-traces.ts';
import { MOST_TRACES } from '../../pods/erasing/traces/offer-traces.ts';
import { KINDS } from '../../pods/kinds.ts';
import { seqOf } from '../delivery-id.ts';
import type { Parts } from '../parts.ts';
import type { Made } from './made-by.ts';

export async function offerForgetting(
  { read, act }: Pick<Parts, 'read' | 'act'>,
  { id, pod, from }: DeliveryOf<'erase'>,
  made: readonly Made[],
): Promise<void> {
  if (!from) return;
  const [commit] = await read.commits(pod, seqOf(id), seqOf(id));
  // Everything that is forgotten because of an offer was found with the others; but agents may have made more from the
  // earlier words of a message since their forgetting was offered.
  if (!commit || (commit.action === 'settle_traces' && !from.stays)) return;
  const who = [commit.actor, commit.onBehalfOf].find((one) => isPerson(one));
  if (who) await offer({ act }, { id, who, from, made, joins: commit.action !== 'redact' });
}

export interface ToOffer {
  /** The id of the delivery. */
  id: string;
  who: PersonId;
  from: Subject;
  made: readonly Made[];
  joins: boolean;
  /** The pod of the message, if its earlier words are offered too. */
  earlierIn?: string;
}

/**
 * Only things in pods of which the person is a member are offered: nobody learns what an agent wrote in another’s own
 * pod.
 */
export async function offer({ act }: Pick<Parts, 'act'>, { id, who, from, made, joins, earlierIn }: ToOffer) {
  const offered = made.filter(({ on }) => KINDS.get(on)?.sourceErased);
  for (const where of new Set([...(earlierIn ? [earlierIn] : []), ...offered.map(({ pod }) => pod)])) {
    const here = offered.filter(({ pod }) => pod === where).slice(0, MOST_TRACES);
    const things = here.map(({ on, id: thing }) => ({ on, id: thing }));
    const earlier = where === earlierIn ? { earlier: true } : {};
    await act({
      ...{ pod: where, actor: 'skein', via: 'skein', action: 'offer_traces' },
      input: { who, from: { on: from.on, id: from.id }, things, joins, ...earlier },
      key: `traces:${id}:${sha256(canonical(things)).slice(0, 16)}`,
    });
  }
}

/** The people who were asked about the erased document before are asked no more. */
export async function closeTraces(
  { read, act }: Pick<Parts, 'read' | 'act'>,
  { id, pod, from }: DeliveryOf<'erase'>,
): Promise<void> {
  if (!from || !(await tracesWith(read, pod, from)).length) return;
  const thing = { on: from.on, id: from.id };
  await act({ pod, actor: 'skein', via: 'skein', action: 'close_traces', input: { thing }, key: `closed:${id}` });
}
