// Offers whoever erased a text to erase what agents made from it without quoting it.
import { canonical, sha256 } from '../../log/ids.ts';
import { isPerson } from '../../log/participant.ts';
import type { DeliveryOf } from '../../pods/deliveries.ts';
import { MOST_TRACES } from '../../pods/erasing/traces/offer-traces.ts';
import { seqOf } from '../delivery-id.ts';
import type { Parts } from '../parts.ts';
import type { Made } from './made-by.ts';

/** The views whose documents are offered. */
const OFFERED: readonly string[] = ['messages', 'tasks', 'notes', 'questions', 'files'];

/**
 * Only things in pods of which the person is a member are offered: nobody learns what an agent wrote in another’s own
 * pod.
 */
export async function offerForgetting(
  { read, act }: Pick<Parts, 'read' | 'act'>,
  { id, pod, from }: DeliveryOf<'erase'>,
  made: readonly Made[],
): Promise<void> {
  const offered = made.filter(({ on }) => OFFERED.includes(on));
  if (!from || !offered.length) return;
  const [commit] = await read.commits(pod, seqOf(id), seqOf(id));
  // Everything that is forgotten because of an offer was found with the others.
  if (!commit || commit.action === 'settle_traces') return;
  const who = [commit.actor, commit.onBehalfOf].find((one) => isPerson(one));
  if (!who) return;
  for (const where of new Set(offered.map((one) => one.pod))) {
    const here = offered.filter((one) => one.pod === where).slice(0, MOST_TRACES);
    const things = here.map(({ on, id: thing }) => ({ on, id: thing }));
    await act({
      ...{ pod: where, actor: 'skein', via: 'skein', action: 'offer_traces' },
      input: { who, from: { on: from.on, id: from.id }, things },
      key: `traces:${id}:${sha256(canonical(things)).slice(0, 16)}`,
    });
  }
}
