// offer_came (Skein's own): asks whoever erased a message whether files that came with it, and that others use, go too.
import { z } from 'zod';
import { action } from '../../action.ts';
import { MEMBERS, memberId } from '../../members/member.ts';
import { onlySkein } from '../../telling/hear.ts';
import { TRACES, traceId } from '../traces/trace.ts';
import { cameFiles, cameInput } from './came-files.ts';

export const offerCame = action({
  name: 'offer_came',
  title: 'Ask about what came with it',
  description: 'Asks whoever erased a message whether files that came with it go too.',
  input: cameInput.extend({ who: z.templateLiteral(['person:', z.string().min(1)]) }),
  effect: 'write',
  internal: true,
  async load(read, { who, ...input }, { pod }) {
    const member = await read.get(MEMBERS, memberId(pod, who));
    if (member?.state !== 'in') return [];
    const used = (await cameFiles(read, { pod, who }, input)).filter((one) => one.used);
    const traces = await Promise.all(used.map(({ thing }) => read.get(TRACES, traceId(pod, who, thing))));
    // A file is asked about once for a message.
    return used.filter((_, n) => {
      const before = traces[n];
      return !before || (before.state === 'kept' && before.from.id !== input.message);
    });
  },
  allow: onlySkein,
  decide(found, { who, message }, { pod }) {
    const changes = found.map(({ thing: { on, id } }, place) => ({
      ...{ v: 1 as const, on: 'traces' as const, id: traceId(pod, who, { on, id }), type: 'trace_found' as const },
      ...{ who, from: { on: 'messages', id: message }, thing: { on, id }, by: 'skein' as const, came: true as const },
      ...{ among: found.length, place },
    }));
    return { changes, result: { offered: found.length } };
  },
});
