// tell (Skein's own, in a person's own log): decides of which items a person is told now, and where. Committed before
// the message is sent.
import { z } from 'zod';
import { Conflict, NotFound } from '../../errors.ts';
import type { Reader } from '../../log/action.ts';
import type { PersonId } from '../../log/participant.ts';
import { action, type Ctx, type Decision } from '../action.ts';
import type { DeliveryWish } from '../deliveries.ts';
import type { Change } from '../kinds.ts';
import { localDay } from '../local-time.ts';
import { isToTell, NEEDS, type NeedDoc, needId } from '../needs/need.ts';
import { PEOPLE, type PersonDoc } from '../people/person.ts';
import { type Away, awayAt, hoursOf, PREFERENCES, type PreferenceDoc } from '../preferences/preference.ts';
import { reachOf } from '../subscriptions/closing.ts';
import { digestAfter } from '../subscriptions/digest-after.ts';
import { onlySkein } from './hear.ts';
import { HEARINGS, type HearingDoc, ownLog, toldOf } from './hearing.ts';
import { withinHours } from './hours.ts';
import { stillOpen } from './still-open.ts';
import { isEnough, tellNow } from './tell-now.ts';
import { TELLINGS, type TellingDoc } from './telling.ts';
import type { NoticeItem } from './wishes.ts';

/** The most items in one message. The others come with the next message. */
export const MOST_ITEMS = 50;

interface Waiting {
  person: PersonDoc | undefined;
  preference: PreferenceDoc | undefined;
  timing: TellingDoc | undefined;
  hearings: readonly HearingDoc[];
  /** The items that are still open, in pods where the person is still a member. */
  open: ReadonlyMap<string, NeedDoc>;
  /** The ids of the items of which the person's deputy may hear. */
  deputys: ReadonlySet<string>;
  digestAt?: number | undefined;
}

export const tell = action({
  name: 'tell',
  title: 'Tell a person',
  description: 'Tells a person of the items that wait for them.',
  input: z.strictObject({
    /** The time at which the telling was due, in milliseconds since 1970. */
    dueAt: z.number(),
  }),
  effect: 'write',
  internal: true,
  load: waitingFor,
  allow: onlySkein,
  decide(waiting, { dueAt }, ctx): Decision<{ told: number }> {
    const { person, preference, timing, hearings, open } = waiting;
    const id = ctx.pod as PersonId;
    if (timing?.dueAt === undefined || timing.dueAt > dueAt) throw new Conflict(`Nothing is due for ${id}.`);
    if (!person) throw new NotFound(`There is nobody here with the id “${id}”.`);
    const away = awayAt(preference, ctx.at);
    if (away) return passed(waiting, away, ctx);
    const through = reachOf(person);
    const hours = hoursOf(preference, person);
    const items = hearings.flatMap((one) => timed(open.get(one.need), one, ctx.at));
    const { now, again, uncounted } = tellNow(items, { at: ctx.at, hours, timing, digestAt: waiting.digestAt });
    const told = through ? hearings.filter(({ need }) => now.some((item) => item.id === need)) : [];
    const gone = dropped(waiting);
    const more = hearings.length === MOST_ITEMS && told.length + gone.length > 0;
    // A person without an account can't be told, so no time is set. They are told with the next item, once they have an
    // account.
    const later = through ? (again ?? null) : null;
    return {
      changes: [
        ...gone,
        ...(through
          ? told.flatMap((one) => {
              const item = open.get(one.need);
              return item ? toldOf(one, item, through) : [];
            })
          : []),
        {
          ...{ v: 1, on: 'tellings', id, type: 'telling_set', dueAt: more ? ctx.at : later },
          ...(told.length && !uncounted ? { sentOn: localDay(hours.timeZone, ctx.at) } : {}),
        },
      ],
      deliveries:
        through && told.length
          ? [{ kind: 'notice', person: id, through, items: told.map((one) => itemOf(one, ctx.at)) }]
          : [],
      result: { told: told.length },
    };
  },
});

/**
 * An item whose person named this hour is told now, as one that is needed now is. One that they have put off joins no
 * others: it is told when they said.
 */
function timed(
  item: NeedDoc | undefined,
  { exact, again }: HearingDoc,
  now: number,
): Pick<NeedDoc, 'id' | 'neededBy' | 'joins'>[] {
  if (!item) return [];
  if (exact) return [{ id: item.id, neededBy: now }];
  const { joins: _joins, ...asked } = item;
  return [again ? asked : item];
}

function itemOf({ need, of, for: absent, since, at }: HearingDoc, now: number): NoticeItem {
  const away = since !== undefined && now - at <= STILL_AWAY_MS;
  return { need, pod: of, ...(absent ? { for: absent } : {}), ...(away ? { since } : {}) };
}

/** Slack may be back by then, so a later notice is tried there for its own hour. */
const STILL_AWAY_MS = 600_000;

/**
 * Returns the changes that drop items which were settled before the person was told, or which belong to a pod that the
 * person has left.
 */
function dropped({ hearings, open }: Waiting): Change[] {
  return hearings
    .filter(({ need }) => !open.has(need))
    .map((one) => ({ v: 1, on: 'hearings', id: one.id, type: 'hearing_dropped' }));
}

/**
 * Decides for a person who is away. The person is not told, but their deputy hears of each item once. Items that are
 * still open when the person is back are told then.
 */
function passed(waiting: Waiting, { until, deputy }: Away, ctx: Ctx): Decision<{ told: number }> {
  const id = ctx.pod as PersonId;
  const { hearings, open, deputys, person, preference } = waiting;
  const passes = deputy ? hearings.filter(({ need, passedTo }) => deputys.has(need) && passedTo !== deputy) : [];
  const hours = hoursOf(preference, person);
  const back = until !== undefined && open.size ? withinHours(until, hours, hours.timeZone) : null;
  return {
    changes: [
      ...dropped(waiting),
      ...passes.flatMap(({ id: hearing }): Change[] =>
        deputy ? [{ v: 1, on: 'hearings', id: hearing, type: 'hearing_passed', to: deputy }] : [],
      ),
      { v: 1, on: 'tellings', id, type: 'telling_set', dueAt: back },
    ],
    deliveries: passes.flatMap(({ need, of }, n): DeliveryWish[] =>
      deputy ? passedTo(deputy, { need, pod: of, for: id }, ctx.id('h', n)) : [],
    ),
    result: { told: 0 },
  };
}

/** The deputy hears of the item, and its pod learns who may answer in its conversation. */
function passedTo(deputy: PersonId, item: Required<Omit<NoticeItem, 'since'>>, key: string): DeliveryWish[] {
  const act = { kind: 'act', actor: 'skein', key } as const;
  return [
    { ...act, in: ownLog(deputy), action: 'hear', input: item },
    { ...act, in: item.pod, action: 'stand_in', input: { need: item.need, deputy } },
  ];
}

async function waitingFor(read: Reader, _input: unknown, ctx: Ctx): Promise<Waiting> {
  const own = ctx.pod;
  const [person, preference, timing, newest] = await Promise.all([
    read.get(PEOPLE, own),
    read.get(PREFERENCES, own),
    read.get(TELLINGS, own),
    // If there are more items than fit, the newest are read, because an urgent item is seldom the oldest.
    read.find(HEARINGS, { where: { pod: own, state: 'waiting' }, sort: [['at', 'desc']], limit: MOST_ITEMS }),
  ]);
  const hearings = newest.reverse();
  // A person who has left the organisation is told nothing.
  const open = person?.state === 'out' ? new Map() : await openAmong(read, hearings, own, ctx.at);
  const hours = hoursOf(preference, person);
  const away = awayAt(preference, ctx.at);
  const enough = timing && isEnough({ at: ctx.at, hours, timing });
  return {
    ...{ person, preference, timing, hearings, open },
    deputys: away?.deputy
      ? await openForDeputy(read, hearings, open, { own, deputy: away.deputy, at: ctx.at })
      : new Set(),
    digestAt: enough && person ? await digestAfter(read, person, ctx.at) : undefined,
  };
}

async function openAmong(
  read: Reader,
  hearings: readonly HearingDoc[],
  person: string,
  at: number,
): Promise<Map<string, NeedDoc>> {
  const items = await Promise.all(
    hearings.map(async ({ need, for: absent }) => {
      const item = await read.get(NEEDS, need);
      return item && stillOpen(read, item, person, absent && { for: absent, at });
    }),
  );
  return new Map(items.flatMap((item) => (item ? [[item.id, item] as const] : [])));
}

/**
 * Returns the ids of the items that a deputy may hear of. An item that came to the person as somebody's deputy is not
 * passed on, and nothing is passed to a deputy who is away too.
 */
async function openForDeputy(
  read: Reader,
  hearings: readonly HearingDoc[],
  open: ReadonlyMap<string, NeedDoc>,
  { own, deputy, at }: { own: string; deputy: PersonId; at: number },
): Promise<Set<string>> {
  if (awayAt(await read.get(PREFERENCES, deputy), at)) return new Set();
  // A deputy does what the person is needed for. What they only want to know waits for them, and so does what they erased.
  const items = hearings.flatMap(({ need, for: absent }) => {
    const item = absent ? undefined : open.get(need);
    const needed = item?.state === 'open' && item.reason !== 'made_from';
    return item && (needed || item.reason === 'expired') ? [item] : [];
  });
  const standIn = { for: own as PersonId, at };
  const theirs = await Promise.all(
    items.map(async (item) =>
      (await asksToo(read, item, deputy)) ? undefined : stillOpen(read, item, deputy, standIn),
    ),
  );
  return new Set(theirs.flatMap((item) => (item ? [item.id] : [])));
}

/** True if the same message asks the deputy too. What they answer there is enough. */
async function asksToo(read: Reader, { pod, about, message }: NeedDoc, deputy: PersonId): Promise<boolean> {
  const own = await read.get(NEEDS, needId(pod, deputy, about));
  return isToTell(own) && own.message === message;
}
