// hear (Skein's own, in a person's own log): stores an open item, which then waits until the person is told of it. The
// item is the person's own, or that of an absent person whose deputy they are.
import { z } from 'zod';
import { Conflict, NotFound } from '../../errors.ts';
import type { Reader } from '../../log/action.ts';
import type { PersonId } from '../../log/participant.ts';
import { action, type Ctx } from '../action.ts';
import { isToTell, NEEDS, type NeedDoc } from '../needs/need.ts';
import { PEOPLE, type PersonDoc } from '../people/person.ts';
import { awayAt, hoursOf, PREFERENCES, type PreferenceDoc } from '../preferences/preference.ts';
import { reachOf } from '../subscriptions/closing.ts';
import { HEARINGS, type HearingDoc, hearingId } from './hearing.ts';
import { TOGETHER_MS, withinHours } from './hours.ts';
import { TELLINGS, type TellingDoc } from './telling.ts';

export interface HearInput {
  /** The id of the pod to which the item belongs. */
  pod: string;
  need: string;
  /** The absent person who is needed. Set if the listener is the deputy. */
  for?: PersonId | undefined;
}

/** A person, with the settings that decide when they are told. */
export interface Listener {
  person: PersonDoc;
  preference: PreferenceDoc | undefined;
}

interface Heard {
  item: NeedDoc | undefined;
  hearing: HearingDoc | undefined;
  timing: TellingDoc | undefined;
  person: PersonDoc | undefined;
  preference: PreferenceDoc | undefined;
}

export const hear = action<HearInput, Heard, { tellAt?: number }>({
  name: 'hear',
  title: 'Hear of an item',
  description: 'Lets an open item wait until its person is told.',
  input: z.strictObject({
    pod: z.string(),
    need: z.string(),
    for: z.templateLiteral(['person:', z.string().min(1)]).optional(),
  }),
  effect: 'write',
  internal: true,
  load: heardBy,
  allow: onlySkein,
  decide({ item, hearing, timing, person, preference }, { pod, need, for: absent }, ctx) {
    // Nothing is stored if the item was settled meanwhile, or this round of it is stored already. An item that was
    // dropped may be told again.
    if (!isToTell(item)) return { changes: [], result: {} };
    if (hearing && hearing.round >= item.round && hearing.state !== 'dropped') return { changes: [], result: {} };
    // A person who has put it off is not reminded before the time that they said.
    if (item.again && hearing?.state === 'put_off') return { changes: [], result: {} };
    if (!person) throw new NotFound(`There is nobody here with the id “${ctx.pod}”.`);
    const { round, reason } = item;
    const when = item.joins ? undefined : tellAt(item, { person, preference }, ctx.at);
    const due = [when, timing?.dueAt].filter((at) => at !== undefined);
    return {
      changes: [
        {
          ...{ v: 1, on: 'hearings', id: hearingId(ctx.pod, need), type: 'need_heard', need, of: pod, round, reason },
          ...(absent ? { for: absent } : {}),
        },
        {
          ...{ v: 1, on: 'tellings', id: ctx.pod as PersonId, type: 'telling_set' },
          dueAt: due.length ? Math.min(...due) : null,
        },
      ],
      result: when === undefined ? {} : { tellAt: when },
    };
  },
});

/**
 * Returns when a person is told of an item: in their working hours, together with other new items. An item that is
 * needed before those hours is told soon. The item of an absent person goes to their deputy at once; without a deputy it
 * waits until the person is back. Undefined if nobody knows when that is.
 */
export function tellAt(
  { neededBy }: Pick<NeedDoc, 'neededBy'>,
  { person, preference }: Listener,
  now: number,
): number | undefined {
  const hours = hoursOf(preference, person);
  const soon = now + TOGETHER_MS[reachOf(person) ?? 'email'];
  const away = awayAt(preference, now);
  // Their deputy's own log waits for more that comes together.
  if (away?.deputy) return now;
  if (away)
    return away.until === undefined ? undefined : withinHours(Math.max(soon, away.until), hours, hours.timeZone);
  const then = withinHours(soon, hours, hours.timeZone);
  if (neededBy === undefined || neededBy > then) return then;
  return neededBy < soon ? now : soon;
}

export function onlySkein(_view: unknown, _input: unknown, { role }: Ctx): true | string {
  return role === 'skein' || 'Only Skein itself tells people what waits for them.';
}

async function heardBy(read: Reader, { need, for: absent }: HearInput, { pod }: Ctx): Promise<Heard> {
  const [item, hearing, timing, person, preference] = await Promise.all([
    read.get(NEEDS, need),
    read.get(HEARINGS, hearingId(pod, need)),
    read.get(TELLINGS, pod),
    read.get(PEOPLE, pod),
    read.get(PREFERENCES, pod),
  ]);
  if (item && item.who !== 'owners' && item.who !== (absent ?? pod))
    throw new Conflict(`The item ${need} is not of ${absent ?? pod}.`);
  return { item, hearing, timing, person, preference };
}
