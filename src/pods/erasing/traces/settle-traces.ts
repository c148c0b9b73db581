// settle_traces: whoever erased a text says whether what an agent made from it is erased too.
import { z } from 'zod';
import { Conflict, NotAllowed, NotFound } from '../../../errors.ts';
import type { Reader } from '../../../log/action.ts';
import { isAgent } from '../../../log/participant.ts';
import { action, type Ctx } from '../../action.ts';
import type { DeliveryWish } from '../../deliveries.ts';
import type { Change } from '../../kinds.ts';
import { askersOf, atLeast } from '../../members/rights.ts';
import { erasableAt, type Named } from '../erasable.ts';
import { erasureOf } from '../erasure.ts';
import { MOST_TRACES } from './offer-traces.ts';
import { TRACES, type TraceDoc } from './trace.ts';

interface Meant {
  trace: TraceDoc;
  thing: Named | undefined;
}

export const settleTraces = action({
  name: 'settle_traces',
  title: 'Forget it too',
  description: 'Erases, or keeps, what an agent made from a text that you erased. list_waiting shows such traces.',
  input: z.strictObject({
    trace: z.string().min(1).describe('Its id, from list_waiting'),
    answer: z.enum(['forget', 'keep']).default('forget'),
    all: z.boolean().default(false).describe('Everything that was found with it'),
  }),
  // Counts as an effect outside, like redact, because it can't be undone.
  effect: 'outside',
  async load(read, { trace: id, all }, { pod }): Promise<{ trace: TraceDoc; meant: Meant[] }> {
    const trace = await read.get(TRACES, id);
    if (trace?.pod !== pod)
      throw new NotFound(`There is no trace “${id}” in this pod. list_waiting shows those of yours.`);
    const traces = all ? await besides(read, trace) : [trace];
    const meant = await Promise.all(
      traces.map(async (one) => ({ trace: one, thing: await erasableAt(read, pod, one.thing) })),
    );
    return { trace, meant };
  },
  allow: ({ trace }, _input, ctx) =>
    (atLeast(ctx.role, 'guest') && askersOf(ctx).every((asker) => asker === trace.who)) ||
    atLeast(ctx.role, 'owner') ||
    'Only who erased the text, or an owner of the pod, settles what was made from it. Ask an owner.',
  decide({ trace, meant }, { answer, all }, ctx) {
    if (!all && trace.state !== 'offered') throw new Conflict(`This was ${trace.state} already.`);
    const settled = answer === 'keep' ? meant : meant.filter(({ thing }) => mayErase(thing, ctx));
    if (!settled.length)
      throw new NotAllowed('People have written in it meanwhile. Ask them, or an owner of the pod, to erase it.');
    const as = answer === 'keep' ? 'kept' : 'forgotten';
    const changes: Change[] = [];
    const deliveries: DeliveryWish[] = [];
    for (const { trace: one, thing } of settled) {
      if (answer === 'forget' && thing && !thing.erased) {
        const erasure = erasureOf(thing, undefined, ctx);
        changes.push(...erasure.changes);
        deliveries.push(...erasure.deliveries);
      }
      changes.push({ v: 1, on: 'traces', id: one.id, type: 'trace_settled', as });
    }
    const left = meant.length - settled.length;
    return { changes, deliveries, result: { [as]: settled.length, ...(left ? { left } : {}) } };
  },
});

async function besides(read: Reader, { pod, who, from }: TraceDoc): Promise<TraceDoc[]> {
  const open = await read.find(TRACES, { where: { pod, who, state: 'offered' } });
  return open.filter((one) => one.from.id === from.id).slice(0, MOST_TRACES);
}

/** False if another person has written in it since it was offered. */
function mayErase(thing: Named | undefined, ctx: Ctx): boolean {
  if (!thing || thing.erased || atLeast(ctx.role, 'owner')) return true;
  return thing.authors.every((author) => isAgent(author) || author === ctx.actor);
}
