// A person's working hours, and when Skein may write to the person unasked. Pure.
import { addDays, instantOf, isTimeZone, type Wall, wallClock } from '../local-time.ts';

export interface Hours {
  /** HH:MM in the person's zone. */
  from: string;
  /** HH:MM: the first minute that is not included. If it is not after `from`, it is on the next day. */
  until: string;
  /** The days on which the hours begin. 1 is Monday, 7 is Sunday. */
  days: readonly number[];
}

export const DEFAULT_HOURS: Hours = { from: '08:00', until: '19:00', days: [1, 2, 3, 4, 5] };

/** The zone of people whose zone is unknown. */
export const DEFAULT_ZONE = 'UTC';

/** Notices that come within this time are sent as one message, in milliseconds. */
export const TOGETHER_MS = { slack: 120_000, email: 600_000 } as const;

/** The most messages that a person gets unasked on one local day, unless they set a number. The digest does not count. */
export const MOST_A_DAY = 4;

/**
 * In milliseconds. A person is told of an item that is needed within this time even if the day's number of messages is
 * reached.
 */
export const SOON_MS = 3_600_000;

/**
 * The days that are searched. They are more than two weeks, because the clocks of a zone may skip the only day of a
 * week that has hours.
 */
const MOST_DAYS = 15;

/**
 * Returns `at` itself if it lies in the hours, else the beginning of the next hours. If the clocks skip that beginning,
 * the hours begin right after; if a time comes twice, the first counts.
 */
export function withinHours(at: number, hours: Hours, timeZone = DEFAULT_ZONE): number {
  const wall = wallClock(isTimeZone(timeZone) ? timeZone : DEFAULT_ZONE);
  const today = wall(at).slice(0, 10);
  for (let ahead = -1; ahead <= MOST_DAYS; ahead++) {
    const span = hoursOn(wall, addDays(today, ahead), hours);
    if (span && span.until > at) return Math.max(at, span.from);
  }
  // A person without any working day is told at once, because otherwise they would never be told.
  return at;
}

/** Returns the first instant of the local day after `at`. */
export function nextDay(at: number, timeZone: string): number {
  const wall = wallClock(timeZone);
  return beginOf(wall, addDays(wall(at).slice(0, 10), 1), '00:00');
}

/** Returns the hours of one day. Undefined on a day without hours, or if the clocks skip all of them. */
export function hoursOn(
  wall: Wall,
  day: string,
  { from, until, days }: Hours,
): { from: number; until: number } | undefined {
  if (!days.includes(weekday(day))) return undefined;
  const begins = instantOf(wall, day, from);
  const ends = beginOf(wall, until > from ? day : addDays(day, 1), until);
  return begins === undefined || ends <= begins ? undefined : { from: begins, until: ends };
}

/**
 * Returns the instant of a local time. If the clocks skip the rest of that day, returns the beginning of the next day
 * that exists.
 */
export function beginOf(wall: Wall, day: string, time: string): number {
  const at = instantOf(wall, day, time);
  return at ?? beginOf(wall, addDays(day, 1), '00:00');
}

/** 1 is Monday, 7 is Sunday. */
export function weekday(day: string): number {
  return new Date(`${day}T00:00Z`).getUTCDay() || 7;
}
