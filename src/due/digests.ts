// Whose digest is due: all people with what they have set, looked at together.

import type { Reader } from '../log/action.ts';
import type { PersonId } from '../log/participant.ts';
import { type Wall, wallClock } from '../pods/local-time.ts';
import { ORG } from '../pods/members/standing.ts';
import { PEOPLE } from '../pods/people/person.ts';
import { reachOf } from '../pods/subscriptions/closing.ts';
import { SUBSCRIPTIONS } from '../pods/subscriptions/subscription.ts';
import { type Due, dueNext, dueNow, scheduleOf } from '../pods/subscriptions/times.ts';

export interface DueDigests {
  due: { person: PersonId; day: string }[];
  /** When the next one comes, in milliseconds since 1970; Infinity: nobody gets any. */
  next: number;
}

export async function dueDigests(read: Reader, now: number): Promise<DueDigests> {
  const [people, subscriptions] = await Promise.all([
    read.find(PEOPLE, { where: { pod: ORG } }),
    read.find(SUBSCRIPTIONS, { where: { pod: ORG } }),
  ]);
  const settings = new Map(subscriptions.map((subscription) => [subscription.id, subscription]));
  const walls = new Map<string, Wall>();
  const nexts = new Map<string, Due>();
  const due: DueDigests['due'] = [];
  let next = Number.POSITIVE_INFINITY;
  for (const person of people) {
    const set = settings.get(person.id);
    if (person.state !== 'in' || !reachOf(person) || (set && set.state !== 'on')) continue;
    const schedule = scheduleOf(person, set);
    const wall = walls.get(schedule.timeZone) ?? wallClock(schedule.timeZone);
    walls.set(schedule.timeZone, wall);
    // Of many people few differ in this.
    const alike = `${schedule.timeZone} ${schedule.time}`;
    const coming = nexts.get(alike) ?? dueNext({ ...schedule, lastDay: '' }, wall, now);
    nexts.set(alike, coming);
    next = Math.min(next, coming.at);
    const missed = dueNow(schedule, wall, now);
    if (missed) due.push({ person: person.id as PersonId, day: missed.day });
  }
  return { due, next };
}
