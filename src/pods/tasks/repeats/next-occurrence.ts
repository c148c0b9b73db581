// Calculates when a repeat comes: once on each of its days, at its time of the clock, also when the clocks change. Pure.
import { addDays, type Wall, wallClock } from '../../local-time.ts';
import { beginOf, weekday } from '../../telling/hours.ts';
import type { Days, Rule } from './rule.ts';

export interface Occurrence {
  /** The local date, YYYY-MM-DD. */
  day: string;
  /** Milliseconds since 1970. */
  at: number;
}

/** A rule has a day within this many days: every 26 weeks, or every month. */
const MOST_AHEAD = 200;

/**
 * Returns the first occurrence after this instant. One whose hour the clocks skip comes right after the gap; of an hour
 * that comes twice the first counts.
 */
export function nextOccurrence(rule: Rule, after: number): Occurrence {
  const wall = wallClock(rule.timeZone);
  // One that the clocks skip to the end of yesterday comes as today begins.
  const first = addDays(wall(after).slice(0, 10), -1);
  for (let ahead = 0; ahead <= MOST_AHEAD; ahead++) {
    const found = onDay(rule, wall, addDays(first, ahead));
    if (found && found.at > after) return found;
  }
  throw new Error(`The rule has no day: ${JSON.stringify(rule)}`);
}

/** Returns the last occurrence that is not after this instant, and not before the other one. */
export function lastOccurrence(rule: Rule, by: number, from: number): Occurrence | undefined {
  const wall = wallClock(rule.timeZone);
  const today = wall(by).slice(0, 10);
  for (let back = 0; back <= MOST_AHEAD; back++) {
    const found = onDay(rule, wall, addDays(today, -back));
    if (found && found.at < from) return undefined;
    if (found && found.at <= by) return found;
  }
  return undefined;
}

function onDay({ days, time }: Rule, wall: Wall, day: string): Occurrence | undefined {
  return isOn(days, day) ? { day, at: beginOf(wall, day, time) } : undefined;
}

function isOn(rule: Days, day: string): boolean {
  if (rule.kind === 'monthly') return Number(day.slice(8)) === Math.min(rule.day, lastOfMonth(day));
  if (!rule.days.some((one) => one === weekday(day))) return false;
  return weeksBetween(rule.from, day) % rule.weeks === 0;
}

function lastOfMonth(day: string): number {
  return new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 0)).getUTCDate();
}

/** Returns the number of weeks from the week of one date to that of another. A week begins on Monday. */
function weeksBetween(from: string, to: string): number {
  const monday = (day: string) => Date.parse(`${addDays(day, 1 - weekday(day))}T00:00Z`);
  return Math.abs(monday(to) - monday(from)) / (7 * 86_400_000);
}
