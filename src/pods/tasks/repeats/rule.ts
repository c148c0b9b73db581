// The rule of a repeat: on which days it comes, and when by the clock of a time zone. Pure.
import { shownDay } from '../../local-time.ts';

/** 1 is Monday, 7 is Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

export type Days =
  /** `weeks`: 2 is every other week. `from`: a day of the first such week. */
  | { kind: 'weekly'; days: Weekday[]; weeks: number; from: string }
  /** A month that is shorter has it on its last day. */
  | { kind: 'monthly'; day: number };

export interface Rule {
  days: Days;
  /** HH:MM by the clock of the zone. */
  time: string;
  /** An IANA name. */
  timeZone: string;
}

const NAMES = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** Returns the rule for people: “every Monday at 09:00 (Europe/Berlin)”. */
export function ruleWords({ days, time, timeZone }: Rule): string {
  return `${daysWords(days)} at ${time} (${timeZone})`;
}

function daysWords(rule: Days): string {
  if (rule.kind === 'monthly')
    return rule.day > 30 ? 'on the last day of every month' : `on the ${ordinal(rule.day)} of every month`;
  const { days, weeks, from } = rule;
  const named = days.map((day) => NAMES[day - 1]);
  const all = `${named.slice(0, -1).join(', ')}${named.length > 1 ? ' and ' : ''}${named.at(-1)}`;
  if (weeks > 1) return `every ${weeks} weeks on ${all}, counted from the week of ${shownDay(from)}`;
  if (days.length === 7) return 'every day';
  return days.join() === '1,2,3,4,5' ? 'every working day (Monday to Friday)' : `every ${all}`;
}

function ordinal(day: number): string {
  const ending = day > 10 && day < 14 ? 'th' : ({ 1: 'st', 2: 'nd', 3: 'rd' }[day % 10] ?? 'th');
  return `${day}${ending}`;
}
