// offer_came (Skein's own): asks whoever erased a message whether files that came with it, and that others use, go too.
import { z } from 'zod';
import { action } from '../../action.ts';
import { MEMBERS, memberId } from '../../members/member.ts';
import { onlySkein } from '../../telling/hear.ts';
import { isSame } from '../traces/thing.ts';
import { TRACES, traceId } from '../traces/trace.ts';
import { cameFiles, cameInput } from './came-files.ts';

export const offerCame = action({
  name: 'offer_came',
  title: 'Ask about what came with it',
  description: 'Asks whoever erased a message whether files that came with it go too.',
  input: cameInput.extend({
    who: z.templateLiteral(['person:', z.string().min(1)]),
    /** True: the person hears of it with what they are told anyway. */
    joins: z.boolean().default(false),
  }),
  effect: 'write',
  internal: true,
  async load(read, { who, joins: _joins, ...input }, { pod }) {
    const from = { on: 'messages', id: input.message };
    const [member, before] = await Promise.all([
      read.get(MEMBERS, memberId(pod, who)),
      read.get(TRACES, traceId(pod, who, from)),
    ]);
    if (member?.state !== 'in') return [];
    const used = (await cameFiles(read, { pod, who }, input)).filter((one) => one.used);
    // A file is asked about once for a message.
    return used.filter(({ thing }) => !before?.things.some((one) => isSame(one, thing)));
  },
  allow: onlySkein,
  decide(found, { who, message, joins }, { pod }) {
    const from = { on: 'messages', id: message };
    const things = found.map(({ thing: { on, id } }) => ({ on, id, by: 'skein' as const, came: true as const }));
    const change = { v: 1, on: 'traces', id: traceId(pod, who, from), type: 'trace_found', who, from, things } as const;
    return {
      changes: things.length ? [{ ...change, ...(joins ? { joins } : {}) }] : [],
      result: { offered: things.length },
    };
  },
});
