// Calculates when a person's digest comes: once on each local date, at their time, even if clocks or the time zone
// change. Pure.
import { addDays, instantOf, isTimeZone, type Wall } from '../local-time.ts';
import type { PersonDoc } from '../people/person.ts';
import { DEFAULT_TIME, type SubscriptionDoc } from './subscription.ts';

export { DEFAULT_TIME } from './subscription.ts';

/** The zone of people whose zone is unknown. */
export const DEFAULT_ZONE = 'UTC';

/** A future digest: its local date, and the instant. */
export interface DigestTime {
  day: string;
  at: number;
}

/** Everything that decides when a person's digests come. */
export interface Schedule {
  time: string;
  timeZone: string;
  /** The date of the last digest. A date has only one digest, even if a journey makes the date begin twice. */
  lastDay: string;
  /**
   * In milliseconds since 1970. Digests before this time don't count, because the person was not here yet, or had
   * another setting.
   */
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

/** Returns the newest digest that is due and was not sent. It covers the earlier missed ones too. */
export function dueNow(schedule: Schedule, wall: Wall, now: number): DigestTime | undefined {
  const today = wall(now).slice(0, 10);
  for (const day of [today, addDays(today, -1), addDays(today, -2)]) {
    const at = instantOf(wall, day, schedule.time);
    if (at === undefined || at > now) continue;
    return day > lastBy(schedule.lastDay, today) && at > schedule.since ? { day, at } : undefined;
  }
  return undefined;
}

/** Returns the first digest after `now`. */
export function dueNext(schedule: Schedule, wall: Wall, now: number): DigestTime {
  const today = wall(now).slice(0, 10);
  for (let ahead = 0; ; ahead++) {
    const day = addDays(today, ahead);
    const at = instantOf(wall, day, schedule.time);
    if (at !== undefined && at > now && day > lastBy(schedule.lastDay, today)) return { day, at };
  }
}

/** In days. Travel moves the date by up to two days, and a missed digest is sent for up to two more. */
const MOST_AHEAD = 4;

/**
 * Returns the date of the last digest; empty if it is far ahead, because a clock that has been set back since wrote it.
 */
export function lastBy(lastDay: string, day: string): string {
  return lastDay > addDays(day, MOST_AHEAD) ? '' : lastDay;
}
