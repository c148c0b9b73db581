// Due acts: the digests of all people. A watch reads everybody once, and then only who has changed.

import type { Reader } from '../../log/action.ts';
import type { PersonId } from '../../log/participant.ts';
import type { Ref, ViewDoc } from '../../log/view.ts';
import type { Due, Firing, Look } from '../due.ts';
import { type Wall, wallClock } from '../local-time.ts';
import { ORG } from '../members/rights.ts';
import { PEOPLE, type PersonDoc } from '../people/person.ts';
import { PREFERENCES } from '../preferences/preference.ts';
import { reachOf } from './closing.ts';
import { SUBSCRIPTIONS, type SubscriptionDoc } from './subscription.ts';
import { type DigestTime, dueNext, dueNow, type Schedule, scheduleOf } from './times.ts';

export const digests: Due = {
  name: 'digests',
  pod: ORG,
  look: (read, now) => watchDigests()(read, now),
  watch: watchDigests,
};

/** The facts that decide about the digests of one person. */
interface Entry {
  person?: Pick<PersonDoc, 'timeZone' | 'since'> | undefined;
  set?: Pick<SubscriptionDoc, 'state' | 'time' | 'timeZone' | 'lastDay' | 'changedAt'>;
  /** In milliseconds since 1970. Nobody gets the digests of the time while they are away. */
  awayUntil?: number | undefined;
  clock?: Clock | undefined;
}

/** The people who have the same time and zone. `next`: their next moment. */
interface Clock {
  wall: Wall;
  next: number;
  people: Set<PersonId>;
}

/** Returns a look that keeps what it has read. It costs what has changed since, and whoever is due. */
function watchDigests(): Look {
  let entries = new Map<PersonId, Entry>();
  let clocks = new Map<string, Clock>();
  let waiting = new Set<PersonId>();
  let position = 0;
  let looked = Number.NEGATIVE_INFINITY;

  function entryOf(id: string): Entry {
    const entry = entries.get(id as PersonId) ?? {};
    entries.set(id as PersonId, entry);
    waiting.add(id as PersonId);
    return entry;
  }

  async function readChanges(read: Reader): Promise<void> {
    // Read first: all documents up to here are written.
    const head = await read.head(ORG);
    await eachSince(read, PEOPLE, position, ({ id, state, accounts, timeZone, since }) => {
      const isThere = state === 'in' && reachOf({ accounts }) !== undefined;
      entryOf(id).person = isThere ? { since, ...(timeZone ? { timeZone } : {}) } : undefined;
    });
    await eachSince(read, SUBSCRIPTIONS, position, ({ id, state, time, timeZone, lastDay, changedAt }) => {
      entryOf(id).set = {
        ...{ state, time, changedAt },
        ...(timeZone ? { timeZone } : {}),
        ...(lastDay ? { lastDay } : {}),
      };
    });
    await eachSince(read, PREFERENCES, position, ({ id, away }) => {
      entryOf(id).awayUntil = away ? (away.until ?? Number.POSITIVE_INFINITY) : undefined;
    });
    position = head;
  }

  /** Puts the person to those with the same clock. Returns their digest if it is due now. */
  function dueOf(id: PersonId, now: number): DigestTime | undefined {
    const entry = entries.get(id);
    const { person, set, awayUntil = 0 } = entry ?? {};
    const schedule = person && (!set || set.state === 'on') ? scheduleOf(person, set) : undefined;
    const clock = schedule && clockOf(schedule, now);
    if (entry && entry.clock !== clock) {
      entry.clock?.people.delete(id);
      clock?.people.add(id);
      entry.clock = clock;
    }
    const missed = schedule && clock && dueNow(schedule, clock.wall, now);
    // The first digest after the time away tells all of it.
    return missed && missed.at >= awayUntil ? missed : undefined;
  }

  function clockOf(schedule: Schedule, now: number): Clock {
    const { timeZone, time } = schedule;
    const alike = `${timeZone} ${time}`;
    const known = clocks.get(alike);
    if (known) return known;
    const wall = wallClock(timeZone);
    const clock: Clock = { wall, next: nextOf(schedule, wall, now), people: new Set() };
    clocks.set(alike, clock);
    return clock;
  }

  return async (read, now) => {
    if (now < looked) {
      // The clock was set back.
      [entries, clocks, waiting, position] = [new Map(), new Map(), new Set(), 0];
    }
    looked = now;
    await readChanges(read);
    for (const [alike, clock] of clocks) {
      if (clock.next > now) continue;
      const [timeZone = '', time = ''] = alike.split(' ');
      clock.next = nextOf({ timeZone, time, since: 0, lastDay: '' }, clock.wall, now);
      for (const id of clock.people) waiting.add(id);
    }
    const due: Firing[] = [];
    for (const id of waiting) {
      const missed = dueOf(id, now);
      if (missed) due.push(closing(id, missed));
      else waiting.delete(id);
    }
    let next = Number.POSITIVE_INFINITY;
    for (const [alike, clock] of clocks) {
      if (clock.people.size) next = Math.min(next, clock.next);
      else clocks.delete(alike);
    }
    return { due, next };
  };
}

function nextOf(schedule: Schedule, wall: Wall, now: number): number {
  return dueNext({ ...schedule, lastDay: '' }, wall, now).at;
}

/** The documents of one read. */
const PAGE = 1000;

async function eachSince<D extends ViewDoc>(
  read: Reader,
  ref: Ref<D>,
  position: number,
  each: (doc: D) => void,
): Promise<void> {
  const where = { pod: ORG, seq: { gt: position } } as never;
  let last: D | undefined;
  do {
    const page: D[] = await read.find(ref, {
      ...{ where, sort: [['seq', 'asc']], limit: PAGE },
      ...(last ? { after: last } : {}),
    });
    page.forEach(each);
    last = page.length === PAGE ? page.at(-1) : undefined;
  } while (last);
}

/**
 * Returns the act that closes a digest. The date is in the key, so that each date has one digest, however often the
 * person changes the time.
 */
function closing(person: PersonId, { day, at }: DigestTime): Firing {
  return { pod: ORG, action: 'close_digest', input: { person, day, due: at }, key: `digest:${person}:${day}` };
}
