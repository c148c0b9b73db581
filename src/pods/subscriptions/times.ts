// When somebody's digest comes: once on each local date, at their time, whatever the clocks and they themselves do. Pure.
import { addDays, instantOf, isTimeZone, type Wall } from '../local-time.ts';
import type { PersonDoc } from '../people/person.ts';
import { DEFAULT_TIME, type SubscriptionDoc } from './subscription.ts';

export { DEFAULT_TIME } from './subscription.ts';

/** Of people of whom nobody knows where they live. */
export const DEFAULT_ZONE = 'UTC';

/** One digest that is to come: the local date it is for, and the instant. */
export interface DigestTime {
  day: string;
  at: number;
}

/** What decides when the digests of a person come. */
export interface Schedule {
  time: string;
  timeZone: string;
  /** The date of the last one: a date has no second one, also where a journey makes it begin again. */
  lastDay: string;
  /** Times before this are nobody's: the person was not here yet, or had another setting. */
  since: number;
}

export function scheduleOf(
  person: Partial<Pick<PersonDoc, 'timeZone' | 'since'>>,
  subscription: Pick<SubscriptionDoc, 'time' | 'timeZone' | 'lastDay' | 'changedAt'> | undefined,
): Schedule {
  const { time = DEFAULT_TIME, timeZone, lastDay = '', changedAt = 0 } = subscription ?? {};
  const zone = [timeZone, person.timeZone].find((name) => name && isTimeZone(name)) ?? DEFAULT_ZONE;
  return { time, timeZone: zone, lastDay, since: Math.max(person.since ?? 0, changedAt) };
}

/** The digest that should have come by now and did not: the newest only, so that days that were missed are one. */
export function dueNow(schedule: Schedule, wall: Wall, now: number): DigestTime | undefined {
  const today = wall(now).slice(0, 10);
  for (const day of [today, addDays(today, -1), addDays(today, -2)]) {
    const at = instantOf(wall, day, schedule.time);
    if (at === undefined || at > now) continue;
    return day > lastBy(schedule.lastDay, today) && at > schedule.since ? { day, at } : undefined;
  }
  return undefined;
}

/** The next one that comes after `now`. */
export function dueNext(schedule: Schedule, wall: Wall, now: number): DigestTime {
  const today = wall(now).slice(0, 10);
  for (let ahead = 0; ; ahead++) {
    const day = addDays(today, ahead);
    const at = instantOf(wall, day, schedule.time);
    if (at !== undefined && at > now && day > lastBy(schedule.lastDay, today)) return { day, at };
  }
}

/** Travel moves a date by two days, and a digest is made up for within two. */
const MOST_AHEAD = 4;

/** The date of the last digest. One far ahead was written by a clock that has been set back since: it holds up none. */
export function lastBy(lastDay: string, day: string): string {
  return lastDay > addDays(day, MOST_AHEAD) ? '' : lastDay;
}
