// offer_traces (Skein's own): offers whoever erased a text to erase what agents made after they had read it.
import { z } from 'zod';
import type { Reader } from '../../../log/action.ts';
import type { Subject } from '../../../log/needs/need.ts';
import { type AgentId, isAgent, type PersonId } from '../../../log/participant.ts';
import { action } from '../../action.ts';
import { MESSAGES } from '../../conversations/message.ts';
import { MEMBERS, memberId } from '../../members/member.ts';
import { onlySkein } from '../../telling/hear.ts';
import { erasableAt } from '../erasable.ts';
import { TRACES, traceId } from './trace.ts';

/** More than a person looks through. */
export const MOST_TRACES = 40;

const subject = z.strictObject({ on: z.string(), id: z.string() });

interface Found {
  thing: Subject;
  by: AgentId;
}

export const offerTraces = action({
  name: 'offer_traces',
  title: 'Offer to forget more',
  description: 'Offers whoever erased a text to erase what agents made after they had read it.',
  input: z.strictObject({
    who: z.templateLiteral(['person:', z.string().min(1)]),
    from: subject,
    things: z.array(subject).max(MOST_TRACES),
  }),
  effect: 'write',
  internal: true,
  async load(read, { who, from, things }, { pod }): Promise<Found[]> {
    const member = await read.get(MEMBERS, memberId(pod, who));
    if (member?.state !== 'in') return [];
    const found = await Promise.all(things.map((thing) => foundAt(read, { pod, who, from }, thing)));
    return found.filter((one) => one !== undefined);
  },
  allow: onlySkein,
  decide(found, { who, from }, { pod }) {
    const among = found.length;
    const changes = found.map(({ thing, by }, place) => ({
      ...{ v: 1 as const, on: 'traces' as const, id: traceId(pod, who, thing), type: 'trace_found' as const },
      ...{ who, from, thing, by, among, place },
    }));
    return { changes, result: { offered: among } };
  },
});

/** Undefined for what people wrote too, for what is erased, and for what the person was asked about. */
async function foundAt(
  read: Reader,
  { pod, who, from }: { pod: string; who: PersonId; from: Subject },
  thing: Subject,
): Promise<Found | undefined> {
  const before = await read.get(TRACES, traceId(pod, who, thing));
  if (before && (before.state !== 'kept' || before.from.id === from.id)) return undefined;
  const message = thing.on === MESSAGES.name ? await read.get(MESSAGES, thing.id) : undefined;
  // A question has a document of its own, and a line shows one.
  if (message && (message.question || message.line || message.notice)) return undefined;
  const erasable = await erasableAt(read, pod, thing);
  const [by] = erasable?.authors ?? [];
  if (!erasable || erasable.erased || !by || !isAgent(by) || !erasable.authors.every(isAgent)) return undefined;
  return { thing, by };
}
