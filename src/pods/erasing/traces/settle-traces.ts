// settle_traces: whoever erased or edited a text says whether what is left of it is erased too.
import { z } from 'zod';
import { Conflict, InvalidInput, NotAllowed, NotFound } from '../../../errors.ts';
import { isAgent } from '../../../log/participant.ts';
import { action, type Ctx } from '../../action.ts';
import type { DeliveryWish } from '../../deliveries.ts';
import type { Change } from '../../kinds.ts';
import { askersOf, atLeast } from '../../members/rights.ts';
import { mailedIn, mailedTo } from '../mailed-digests.ts';
import { type Left, leftOf } from './left.ts';
import type { MadeThing } from './thing.ts';
import { openIn, TRACES, type TraceDoc } from './trace.ts';

interface Meant {
  thing: MadeThing;
  /** Undefined if it is not there any more. */
  left: Left | undefined;
}

interface View {
  trace: TraceDoc;
  meant: Meant[];
  /** Other things that went in some other way: nobody is asked about them any more. */
  gone: Meant[];
  /** How many people have a digest by mail that repeats what is erased. */
  mailed: number;
}

export const settleTraces = action({
  name: 'settle_traces',
  title: 'Forget it too',
  description:
    'Erases for all who see it, or keeps, what is left of a text that you erased or edited. list_waiting shows such traces.',
  input: z.strictObject({
    trace: z.string().min(1).describe('Its id, from list_waiting'),
    answer: z.enum(['forget', 'keep']).default('forget'),
    only: z.string().max(200).optional().describe('The numbers of some, such as “1, 3”; without it, all that is left'),
  }),
  // Counts as an effect outside, like redact, because it can't be undone.
  effect: 'outside',
  async load(read, { trace: id, only, answer }, ctx): Promise<View> {
    const { pod } = ctx;
    const trace = await read.get(TRACES, id);
    if (trace?.pod !== pod)
      throw new NotFound(`There is no trace “${id}” in this pod. list_waiting shows those of yours.`);
    const open = openIn(trace);
    const things = only?.trim() ? numbered(trace, only) : open;
    const others = open.filter((thing) => !things.includes(thing));
    const [meant, besides] = await Promise.all(
      [things, others].map((some) =>
        Promise.all(some.map(async (thing) => ({ thing, left: await leftOf(read, pod, thing) }))),
      ),
    );
    const asked = meant ?? [];
    const erased = answer === 'forget' ? asked.flatMap(({ left }) => left?.repeated ?? []) : [];
    const mailed = await mailedTo(read, erased, ctx);
    return { trace, meant: asked, gone: (besides ?? []).filter(({ left }) => !left), mailed };
  },
  allow: ({ trace }, _input, ctx) =>
    (atLeast(ctx.role, 'guest') && askersOf(ctx).every((asker) => asker === trace.who)) ||
    atLeast(ctx.role, 'owner') ||
    'Only who erased the text, or an owner of the pod, settles what was made from it. Ask an owner.',
  decide({ trace, meant, gone, mailed }, { answer }, ctx) {
    if (trace.state !== 'offered') throw new Conflict(`This was ${trace.state} already.`);
    const open = meant.filter(({ thing }) => thing.as === undefined);
    if (!open.length) throw new Conflict(`That was ${meant[0]?.thing.as} already.`);
    const settled = answer === 'keep' ? open : open.filter(({ left }) => mayErase(left, ctx));
    if (!settled.length)
      throw new NotAllowed('People have written in it meanwhile. Ask them, or an owner of the pod, to erase it.');
    // A thing that went in some other way is not kept, whatever the person says.
    const as = answer === 'keep' && settled.some(({ left }) => left) ? 'kept' : 'forgotten';
    const things = [...settled, ...gone].map(({ thing: { on, id } }) => ({ on, id }));
    const changes: Change[] = [{ v: 1, on: 'traces', id: trace.id, type: 'trace_settled', things, as }];
    const deliveries: DeliveryWish[] = [];
    for (const { left } of answer === 'forget' ? settled : []) {
      const erasure = left?.erase(ctx);
      changes.push(...(erasure?.changes ?? []));
      deliveries.push(...(erasure?.deliveries ?? []));
    }
    const left = openIn(trace).length - things.length;
    return { changes, deliveries, result: { [as]: settled.length, ...(left ? { left } : {}), ...mailedIn(mailed) } };
  },
});

/** @throws InvalidInput if a number is none of the trace's */
function numbered({ things }: TraceDoc, only: string): MadeThing[] {
  return [...new Set(only.split(/[\s,;#]+|\band\b/).filter(Boolean))].map((number) => {
    const thing = /^\d{1,4}$/.test(number) ? things[Number(number) - 1] : undefined;
    if (!thing)
      throw new InvalidInput(`There is no thing “${number}” here: they have the numbers 1 to ${things.length}.`);
    return thing;
  });
}

/** False if another person has written in it since it was offered. */
function mayErase(left: Left | undefined, ctx: Ctx): boolean {
  if (!left || atLeast(ctx.role, 'owner')) return true;
  return left.authors.every((author) => isAgent(author) || author === ctx.actor);
}
