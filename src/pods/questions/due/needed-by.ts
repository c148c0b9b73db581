// Calculates, in a person's working hours, when a question expires and when the person is reminded of it. Pure.
import { addDays, instantOf, wallClock } from '../../local-time.ts';
import type { OwnHours } from '../../preferences/preference.ts';
import { hoursOn } from '../../telling/hours.ts';

/** The working hours of a person who is asked, or of the deputy of a person who is away. */
export interface AskedHours extends OwnHours {
  /** When a person without a deputy is back, in milliseconds since 1970. */
  since?: number;
}

export const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];

/** The longest wait, in days. It also ends the search if somebody has no hours at all. */
const MOST_DAYS = 400;

/** Returns the instant at which `span` milliseconds of these hours have passed since `at`. */
export function afterHours(at: number, span: number, hours: AskedHours): number {
  const wall = wallClock(hours.timeZone);
  const start = Math.max(at, hours.since ?? at);
  let left = span;
  // The hours that began the day before may not be over.
  let date = addDays(wall(start).slice(0, 10), -1);
  for (let n = 0; n < MOST_DAYS; n++, date = addDays(date, 1)) {
    const window = hoursOn(wall, date, hours);
    if (!window) continue;
    const begin = Math.max(start, window.from);
    if (begin >= window.until) continue;
    if (window.until - begin >= left) return begin + left;
    left -= window.until - begin;
  }
  return start + MOST_DAYS * DAY_MS;
}

/** Returns the instant at which one working day of the person has passed since `at`. */
export function afterWorkingDay(at: number, hours: AskedHours): number {
  const { from, until } = hours;
  const minutes = minuteOf(until) - minuteOf(from);
  return afterHours(at, (minutes > 0 ? minutes : minutes + 24 * 60) * 60_000, hours);
}

function minuteOf(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 60 + minute;
}

const IN_HOURS = /^(\d{1,3})h$/;
export const NEEDED_BY = /^(\d{1,3}h|\d{4}-\d{2}-\d{2}(T\d{2}:\d{2})?)$/;

/**
 * Returns the instant that `2026-12-01`, `2026-12-01T15:00` (in the person's zone) or `4h` (of the person's hours)
 * means. It is never before the person had an hour of working time. Undefined for a date that does not exist.
 */
export function neededAt(text: string, at: number, hours: AskedHours): number | undefined {
  const span = IN_HOURS.exec(text)?.[1];
  if (span) return afterHours(at, Math.max(1, Number(span)) * HOUR_MS, hours);
  const [date = '', time] = text.split('T');
  if (Number.isNaN(Date.parse(`${date}T${time ?? '00:00'}Z`)) || addDays(date, 0) !== date) return undefined;
  const wall = wallClock(hours.timeZone);
  const moment = time ? instantOf(wall, date, time) : hoursOn(wall, date, { ...hours, days: EVERY_DAY })?.until;
  if (moment === undefined || moment <= at) return undefined;
  return Math.max(moment, afterHours(at, HOUR_MS, hours));
}

/**
 * Returns when a question is needed that several people are asked, and `needed` of them must answer: the latest time of
 * all. People who are away do not count while enough others are there. Undefined for a time that is over or that does
 * not exist for one of them.
 */
export function neededByAll(
  text: string,
  at: number,
  { hours, needed }: { hours: readonly AskedHours[]; needed: number },
): number | undefined {
  const moments = hours.map((one) => ({ away: one.since !== undefined, at: neededAt(text, at, one) }));
  const there = moments.filter(({ away }) => !away);
  const counted = there.length >= needed ? there : moments;
  const times = counted.flatMap((one) => one.at ?? []);
  return times.length === counted.length && times.length ? Math.max(...times) : undefined;
}

/**
 * Returns the time for a reminder: the middle of the time that is left; without a limit, after one working day. Returns
 * `neededBy` if too little time is left for a reminder.
 */
export function reminderAt(at: number, neededBy: number | undefined, hours: AskedHours): number {
  if (neededBy === undefined) return afterWorkingDay(at, hours);
  const middle = afterHours(at + (neededBy - at) / 2, 1, hours);
  return middle < neededBy - HOUR_MS / 4 ? Math.floor(middle) : neededBy;
}
