// Calculates, in a person's working hours, when a question expires and when the person is reminded of it. Pure.
import { addDays, instantOf, isTimeZone, wallClock } from '../local-time.ts';

/** The working hours of a person, in the person's own zone. In `days`, 0 is Sunday. */
export interface Hours {
  zone: string;
  from: string;
  to: string;
  days: readonly number[];
}

/** The hours of a person who has set none. */
export const OFFICE: Omit<Hours, 'zone'> = { from: '08:00', to: '19:00', days: [1, 2, 3, 4, 5] };

/** The hours of these people, each zone once. */
export function hoursOf(people: readonly { timeZone?: string }[]): Hours[] {
  const zones = people.map(({ timeZone }) => (timeZone && isTimeZone(timeZone) ? timeZone : 'UTC'));
  return [...new Set(zones.length ? zones : ['UTC'])].map((zone) => ({ ...OFFICE, zone }));
}

export const HOUR_MS = 3_600_000;
/** A working day of the usual hours, in milliseconds. */
export const DAY_MS = 11 * HOUR_MS;

/** The longest wait, in days. It also ends the search if somebody has no hours at all. */
const MOST_DAYS = 400;

/** Returns the instant at which `span` milliseconds of these hours have passed since `at`. */
export function afterHours(at: number, span: number, hours: Hours): number {
  const wall = wallClock(hours.zone);
  let left = span;
  let date = wall(at).slice(0, 10);
  for (let n = 0; n < MOST_DAYS; n++, date = addDays(date, 1)) {
    const window = windowOf(date, hours, wall);
    if (!window) continue;
    const begin = Math.max(at, window.from);
    if (begin >= window.to) continue;
    if (window.to - begin >= left) return begin + left;
    left -= window.to - begin;
  }
  return at + MOST_DAYS * 24 * HOUR_MS;
}

function windowOf(date: string, { from, to, days }: Hours, wall: (at: number) => string) {
  if (!days.includes(new Date(`${date}T00:00Z`).getUTCDay())) return undefined;
  const [begin, end] = [instantOf(wall, date, from), instantOf(wall, date, to)];
  return begin === undefined || end === undefined || end <= begin ? undefined : { from: begin, to: end };
}

const IN_HOURS = /^(\d{1,3})h$/;
export const NEEDED_BY = /^(\d{1,3}h|\d{4}-\d{2}-\d{2}(T\d{2}:\d{2})?)$/;

/**
 * Returns the instant that `2026-12-01`, `2026-12-01T15:00` (in the person's zone) or `4h` (of the person's hours)
 * means. It is never before the person had an hour of working time. Undefined for a date that does not exist.
 */
export function neededAt(text: string, at: number, hours: Hours): number | undefined {
  const span = IN_HOURS.exec(text)?.[1];
  if (span) return afterHours(at, Math.max(1, Number(span)) * HOUR_MS, hours);
  const [date = '', time = hours.to] = text.split('T');
  if (Number.isNaN(Date.parse(`${date}T${time}Z`)) || addDays(date, 0) !== date) return undefined;
  const moment = instantOf(wallClock(hours.zone), date, time);
  if (moment === undefined || moment <= at) return undefined;
  return Math.max(moment, afterHours(at, HOUR_MS, hours));
}

/**
 * Returns the time for a reminder: the middle of the time that is left; without a limit, after one working day. Returns
 * `neededBy` if too little time is left for a reminder.
 */
export function reminderAt(at: number, neededBy: number | undefined, hours: Hours): number {
  if (neededBy === undefined) return afterHours(at, DAY_MS, hours);
  const middle = afterHours(at + (neededBy - at) / 2, 1, hours);
  return middle < neededBy - HOUR_MS / 4 ? Math.floor(middle) : neededBy;
}
