// hear (Skein's own, in a person's own log): an open item waits to be told to its person.
import { z } from 'zod';
import { Conflict, NotFound } from '../../errors.ts';
import type { Reader } from '../../log/action.ts';
import type { PersonId } from '../../log/participant.ts';
import { action, type Ctx } from '../action.ts';
import { NEEDS, type NeedDoc } from '../needs/need.ts';
import { PEOPLE, type PersonDoc } from '../people/person.ts';
import { reachOf } from '../subscriptions/closing.ts';
import { HEARINGS, type HearingDoc, hearingId } from './hearing.ts';
import { DEFAULT_HOURS, TOGETHER_MS, withinHours } from './hours.ts';
import { TELLINGS, type TellingDoc } from './telling.ts';

interface Heard {
  item: NeedDoc | undefined;
  hearing: HearingDoc | undefined;
  timing: TellingDoc | undefined;
  person: PersonDoc | undefined;
}

export const hear = action<{ pod: string; need: string }, Heard, { tellAt?: number }>({
  name: 'hear',
  title: 'Hear of an item',
  description: 'Lets an open item wait until its person is told.',
  input: z.strictObject({ pod: z.string(), need: z.string() }),
  effect: 'write',
  internal: true,
  load: heardBy,
  allow: onlySkein,
  decide({ item, hearing, timing, person }, { pod, need }, ctx) {
    // Settled in the meantime, or heard of with a later act.
    if (item?.state !== 'open' || (hearing && hearing.round >= item.round)) return { changes: [], result: {} };
    if (!person) throw new NotFound(`There is nobody here with the id “${ctx.pod}”.`);
    const { round, reason } = item;
    const when = tellAt(item, person, ctx.at);
    return {
      changes: [
        { v: 1, on: 'hearings', id: hearingId(need), type: 'need_heard', need, of: pod, round, reason },
        {
          ...{ v: 1, on: 'tellings', id: ctx.pod as PersonId, type: 'telling_set' },
          dueAt: Math.min(when, timing?.dueAt ?? when),
        },
      ],
      result: { tellAt: when },
    };
  },
});

/** In their hours, with what comes together; what is needed before their next hour at once. */
export function tellAt({ neededBy }: Pick<NeedDoc, 'neededBy'>, person: PersonDoc, now: number): number {
  const soon = now + TOGETHER_MS[reachOf(person) ?? 'email'];
  const then = withinHours(soon, DEFAULT_HOURS, person.timeZone);
  return neededBy !== undefined && neededBy <= then ? soon : then;
}

export function onlySkein(_view: unknown, _input: unknown, { role }: Ctx): true | string {
  return role === 'skein' || 'Only Skein itself tells people what waits for them.';
}

async function heardBy(read: Reader, { need }: { pod: string; need: string }, { pod }: Ctx): Promise<Heard> {
  const [item, hearing, timing, person] = await Promise.all([
    read.get(NEEDS, need),
    read.get(HEARINGS, hearingId(need)),
    read.get(TELLINGS, pod),
    read.get(PEOPLE, pod),
  ]);
  if (item && item.who !== pod) throw new Conflict(`The item ${need} is not of ${pod}.`);
  return { item, hearing, timing, person };
}
