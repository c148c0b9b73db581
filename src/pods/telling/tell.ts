// tell (Skein's own, in a person's own log): says which items a person is told of now, and where. Committed before it is sent.
import { z } from 'zod';
import { Conflict, NotFound } from '../../errors.ts';
import type { Reader } from '../../log/action.ts';
import type { PersonId } from '../../log/participant.ts';
import { action, type Ctx } from '../action.ts';
import type { Change } from '../kinds.ts';
import { localDay } from '../local-time.ts';
import { MEMBERS, memberId } from '../members/member.ts';
import { NEEDS, type NeedDoc } from '../needs/need.ts';
import { PEOPLE, type PersonDoc } from '../people/person.ts';
import { PODS } from '../pod/pod.ts';
import { reachOf } from '../subscriptions/closing.ts';
import { onlySkein } from './hear.ts';
import { HEARINGS, type HearingDoc } from './hearing.ts';
import { MOST_A_DAY, SOON_MS } from './hours.ts';
import { TELLINGS, type TellingDoc } from './telling.ts';

/** The most items of one message; the others come with the next. */
export const MOST_ITEMS = 50;

interface Waiting {
  person: PersonDoc | undefined;
  timing: TellingDoc | undefined;
  hearings: readonly HearingDoc[];
  /** Items that are still open, of pods in which the person still is. */
  open: ReadonlyMap<string, NeedDoc>;
}

export const tell = action({
  name: 'tell',
  title: 'Tell a person',
  description: 'Tells a person of the items that wait for them.',
  input: z.strictObject({
    /** The time for which it was due, in milliseconds since 1970. */
    dueAt: z.number(),
  }),
  effect: 'write',
  internal: true,
  load: waitingFor,
  allow: onlySkein,
  decide({ person, timing, hearings, open }, { dueAt }, ctx) {
    const id = ctx.pod as PersonId;
    if (timing?.dueAt === undefined || timing.dueAt > dueAt) throw new Conflict(`Nothing is due for ${id}.`);
    if (!person) throw new NotFound(`There is nobody here with the id “${id}”.`);
    const through = reachOf(person);
    const told = hearings.filter(({ need }) => open.has(need));
    const day = localDay(person.timeZone ?? 'UTC', ctx.at);
    const soon = told.some(({ need }) => (open.get(need)?.neededBy ?? Number.POSITIVE_INFINITY) <= ctx.at + SOON_MS);
    const enough = timing.day === day && timing.sent >= MOST_A_DAY && !soon;
    const sends = told.length > 0 && through !== undefined && !enough;
    const dropped = hearings.filter((hearing) => !told.includes(hearing));
    const more = sends && hearings.length === MOST_ITEMS;
    return {
      changes: [
        ...dropped.map((one): Change => ({ v: 1, on: 'hearings', id: one.id, type: 'hearing_dropped' })),
        ...(sends
          ? told.map((one): Change => ({ v: 1, on: 'hearings', id: one.id, type: 'need_told', surface: through }))
          : []),
        // Items beyond the number of the day wait for the digest.
        {
          ...{ v: 1, on: 'tellings', id, type: 'telling_set', dueAt: more ? ctx.at : null },
          ...(sends ? { sentOn: day } : {}),
        },
      ],
      deliveries: sends
        ? [{ kind: 'notice', person: id, through, items: told.map(({ need, of }) => ({ need, pod: of })) }]
        : [],
      result: { told: sends ? told.length : 0 },
    };
  },
});

async function waitingFor(read: Reader, _input: unknown, ctx: Ctx): Promise<Waiting> {
  const own = ctx.pod;
  const [person, timing, hearings] = await Promise.all([
    read.get(PEOPLE, own),
    read.get(TELLINGS, own),
    read.find(HEARINGS, { where: { pod: own, state: 'waiting' }, sort: [['at', 'asc']], limit: MOST_ITEMS }),
  ]);
  const items = await Promise.all(hearings.map(async ({ need }) => stillOpen(read, await read.get(NEEDS, need), own)));
  const open = items.flatMap((item) => (item ? [[item.id, item] as const] : []));
  return { person, timing, hearings, open: new Map(open) };
}

/** The item, if it is open and its person is still in its pod. */
export async function stillOpen(read: Reader, item: NeedDoc | undefined, person: string): Promise<NeedDoc | undefined> {
  if (item?.state !== 'open') return undefined;
  const [pod, member] = await Promise.all([
    read.get(PODS, item.pod),
    read.get(MEMBERS, memberId(item.pod, person as PersonId)),
  ]);
  return pod && pod.state !== 'archived' && member?.state === 'in' ? item : undefined;
}
