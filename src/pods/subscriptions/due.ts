// Due acts: the digests of all people. One look reads all of them.

import type { Reader } from '../../log/action.ts';
import type { PersonId } from '../../log/participant.ts';
import type { Due, Firing, Moments } from '../due.ts';
import { type Wall, wallClock } from '../local-time.ts';
import { ORG } from '../members/rights.ts';
import { PEOPLE } from '../people/person.ts';
import { PREFERENCES } from '../preferences/preference.ts';
import { reachOf } from './closing.ts';
import { SUBSCRIPTIONS } from './subscription.ts';
import { type DigestTime, dueNext, dueNow, scheduleOf } from './times.ts';

export const digests: Due = {
  name: 'digests',
  pod: ORG,
  look: dueDigests,
};

async function dueDigests(read: Reader, now: number): Promise<Moments> {
  const [people, subscriptions, preferences] = await Promise.all([
    read.find(PEOPLE, { where: { pod: ORG } }),
    read.find(SUBSCRIPTIONS, { where: { pod: ORG } }),
    read.find(PREFERENCES, { where: { pod: ORG } }),
  ]);
  const settings = new Map(subscriptions.map((subscription) => [subscription.id, subscription]));
  const absences = new Map(preferences.flatMap(({ id, away }) => (away ? [[id, away] as const] : [])));
  const walls = new Map<string, Wall>();
  const nexts = new Map<string, DigestTime>();
  const due: Firing[] = [];
  let next = Number.POSITIVE_INFINITY;
  for (const person of people) {
    const set = settings.get(person.id);
    if (person.state !== 'in' || !reachOf(person) || (set && set.state !== 'on')) continue;
    const schedule = scheduleOf(person, set);
    const wall = walls.get(schedule.timeZone) ?? wallClock(schedule.timeZone);
    walls.set(schedule.timeZone, wall);
    // Cached by zone and time, because most people have the same ones.
    const alike = `${schedule.timeZone} ${schedule.time}`;
    const coming = nexts.get(alike) ?? dueNext({ ...schedule, lastDay: '' }, wall, now);
    nexts.set(alike, coming);
    next = Math.min(next, coming.at);
    const missed = dueNow(schedule, wall, now);
    // Nobody gets the digests of the time while they are away: the first one after it tells all of it.
    const { until = Number.POSITIVE_INFINITY } = absences.get(person.id) ?? { until: 0 };
    if (missed && missed.at < until) continue;
    if (missed) due.push(closing(person.id as PersonId, missed));
  }
  return { due, next };
}

/**
 * Returns the act that closes a digest. The date is in the key, so that each date has one digest, however often the
 * person changes the time.
 */
function closing(person: PersonId, { day, at }: DigestTime): Firing {
  return { pod: ORG, action: 'close_digest', input: { person, day, due: at }, key: `digest:${person}:${day}` };
}
