// close_traces (Skein's own): settles what people were asked about a thing that has gone meanwhile. Nobody is asked about nothing.
import { z } from 'zod';
import type { Reader } from '../../../log/action.ts';
import { action } from '../../action.ts';
import { onlySkein } from '../../telling/hear.ts';
import { leftOf } from './left.ts';
import { isSame, type MadeThing } from './thing.ts';
import { openIn, TRACES, type TraceDoc } from './trace.ts';

/** More than a pod has open at a time. The others go when their person looks at them. */
const MOST_OPEN = 200;

export const closeTraces = action({
  name: 'close_traces',
  title: 'Close what is gone',
  description: 'Settles the open items about what was left of an erased text, once that has gone too.',
  input: z.strictObject({ thing: z.strictObject({ on: z.string(), id: z.string() }) }),
  effect: 'write',
  internal: true,
  async load(read, { thing }, { pod }) {
    const traces = await tracesWith(read, pod, thing);
    return Promise.all(traces.map(async (trace) => ({ id: trace.id, things: await goneIn(read, trace) })));
  },
  allow: onlySkein,
  decide(found) {
    const closed = found.filter(({ things }) => things.length);
    return {
      changes: closed.map(({ id, things }) => ({
        ...{ v: 1 as const, on: 'traces' as const, id, type: 'trace_settled' as const },
        ...{ things, as: 'forgotten' as const, gone: true as const },
      })),
      result: { closed: closed.length },
    };
  },
});

/** Returns the traces of the pod that ask about the thing. */
export async function tracesWith(read: Reader, pod: string, thing: { on: string; id: string }): Promise<TraceDoc[]> {
  const offered = await read.find(TRACES, { where: { pod, state: 'offered' }, limit: MOST_OPEN });
  return offered.filter((trace) => openIn(trace).some((one) => isSame(one, thing)));
}

async function goneIn(read: Reader, trace: TraceDoc): Promise<Pick<MadeThing, 'on' | 'id'>[]> {
  const open = openIn(trace);
  const left = await Promise.all(open.map((thing) => leftOf(read, trace.pod, thing)));
  return open.filter((_, n) => !left[n]).map(({ on, id }) => ({ on, id }));
}
