// offer_traces (Skein's own): offers whoever erased or edited a text to erase what is left of it.
import { z } from 'zod';
import type { Reader } from '../../../log/action.ts';
import type { Subject } from '../../../log/needs/need.ts';
import { isAgent } from '../../../log/participant.ts';
import { action } from '../../action.ts';
import { MESSAGES } from '../../conversations/message.ts';
import { MEMBERS, memberId } from '../../members/member.ts';
import { onlySkein } from '../../telling/hear.ts';
import { earlierWords } from '../edits/earlier-words.ts';
import { erasableAt } from '../erasable.ts';
import { type FoundThing, isSame } from './thing.ts';
import { openIn, TRACES, traceId } from './trace.ts';

/** More than a person looks through. */
export const MOST_TRACES = 40;

const subject = z.strictObject({ on: z.string(), id: z.string() });

function earlierThing({ on, id }: Subject): FoundThing {
  return { on, id, by: 'skein', earlier: true };
}

export const offerTraces = action({
  name: 'offer_traces',
  title: 'Offer to forget more',
  description: 'Offers whoever erased a text to erase what agents made from it.',
  input: z.strictObject({
    who: z.templateLiteral(['person:', z.string().min(1)]),
    from: subject,
    things: z.array(subject).max(MOST_TRACES),
    /** True: the person hears of it with what they are told anyway. */
    joins: z.boolean().default(false),
    /** True: `from` is a message that was edited, and its earlier words are offered too. */
    earlier: z.boolean().default(false),
  }),
  effect: 'write',
  internal: true,
  async load(read, { who, from, things, earlier }, { pod }): Promise<FoundThing[]> {
    const [member, before] = await Promise.all([
      read.get(MEMBERS, memberId(pod, who)),
      read.get(TRACES, traceId(pod, who, from)),
    ]);
    if (member?.state !== 'in') return [];
    const own = earlier && (await earlierWords(read, pod, from.id)) ? [earlierThing(from)] : [];
    const fresh = things.filter((thing) => !before?.things.some((one) => isSame(one, thing)));
    const found = await Promise.all(fresh.map((thing) => foundAt(read, pod, thing)));
    const asked = openIn(before ?? { things: [] });
    return [
      ...own.filter((one) => !asked.some((thing) => isSame(thing, one))),
      ...found.filter((one) => one !== undefined),
    ];
  },
  allow: onlySkein,
  decide(things, { who, from, joins }, { pod }) {
    const id = traceId(pod, who, from);
    const found = { v: 1 as const, on: 'traces' as const, id, type: 'trace_found' as const, who, from, things };
    return {
      changes: things.length ? [{ ...found, ...(joins ? { joins } : {}) }] : [],
      result: { offered: things.length },
    };
  },
});

/** Undefined for what people wrote too, and for what is erased. */
async function foundAt(read: Reader, pod: string, thing: Subject): Promise<FoundThing | undefined> {
  const message = thing.on === MESSAGES.name ? await read.get(MESSAGES, thing.id) : undefined;
  // A question has a document of its own, and a line shows one.
  if (message && (message.question || message.line || message.notice)) return undefined;
  const erasable = await erasableAt(read, pod, thing);
  const [by] = erasable?.authors ?? [];
  if (!erasable || erasable.erased || !by || !isAgent(by) || !erasable.authors.every(isAgent)) return undefined;
  return { ...thing, by };
}
