// Says hours and absences in words, for results and refusals. Pure.
import { localDay, shownDate, wallClock } from '../local-time.ts';
import type { Away, OwnHours } from './preference.ts';

export const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

/** Returns working hours as “Mon to Thu, 09:00 to 17:00 in Berlin”, with the most messages a day if a number is set. */
export function hoursWords({ from, until, days, timeZone, most }: OwnHours): string {
  const hours = `${daysWords(days)}, ${spanWords(from, until)} in ${zoneWords(timeZone)}`;
  if (most === undefined) return hours;
  return `${hours}, ${most ? `at most ${most === 1 ? 'one message' : `${most} messages`} a day` : 'no message but the digest'}`;
}

function daysWords(days: readonly number[]): string {
  if (days.length === 7) return 'every day';
  const [first = 1] = days;
  const last = days.at(-1) ?? first;
  const names = days.map((day) => DAYS[day - 1] ?? '');
  if (days.length > 2 && last - first === days.length - 1) return `${names[0]} to ${names.at(-1)}`;
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : (names[0] ?? '');
}

function spanWords(from: string, until: string): string {
  if (from === '00:00' && until === '00:00') return 'all day';
  const next = until !== '00:00' && until <= from ? ' the next day' : '';
  return `${from} to ${until === '00:00' ? '24:00' : until}${next}`;
}

/** Returns the city of a time zone: “Berlin”, “New York”. */
export function zoneWords(timeZone: string): string {
  return (timeZone.split('/').at(-1) ?? timeZone).replaceAll('_', ' ');
}

/**
 * Returns “until Mon 7 Dec 2026”, with the time if the person is not back at midnight; “until they are back” if the
 * absence has no end.
 */
export function untilWords({ until }: Away, timeZone: string): string {
  if (until === undefined) return 'until they are back';
  const time = wallClock(timeZone)(until).slice(11);
  return `until ${shownDate(localDay(timeZone, until))}${time === '00:00' ? '' : `, ${time}`}`;
}
