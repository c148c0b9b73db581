// Reads on which days something repeats, as people write it: “every Monday”, “every other Tuesday at 9:00”, “month on the
// 1st”. Pure.
import { weekday } from '../../telling/hours.ts';
import type { Days, Weekday } from './rule.ts';

export interface SpokenRule {
  days: Days;
  /** HH:MM, if the words name the hour. */
  time?: string;
}

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const NUMBERS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const ALL: Weekday[] = [1, 2, 3, 4, 5, 6, 7];
const MOST_CHARS = 80;
/** Half a year. */
const MOST_WEEKS = 26;

export const EVERY_EXAMPLES =
  'day, working day, Monday and Thursday, 2 weeks on Monday, month on the 1st, month on the last day';

/**
 * Returns undefined for words that are no such rule. `today`: the local date; “every week” is on its weekday, “every month”
 * on its day, and every other week counts from its week.
 */
export function spokenRule(words: string, today: string): SpokenRule | undefined {
  if (words.length > MOST_CHARS) return undefined;
  const said = words
    .trim()
    .toLowerCase()
    .replace(/[.!]+$/, '')
    .replace(/\s+/g, ' ')
    .replace(/^(?:repeats? )?(?:every|each) /, '');
  const [, rest = said, clock] = /^(.*?),? at (\S+(?: ?[ap]m)?)$/.exec(said) ?? [];
  const time = clock === undefined ? undefined : timeOf(clock);
  if (clock !== undefined && time === undefined) return undefined;
  const days = daysOf(rest, today);
  return days && { days, ...(time ? { time } : {}) };
}

function daysOf(said: string, today: string): Days | undefined {
  const weekly = (days: Weekday[] | undefined, weeks = 1): Days | undefined =>
    days && weeks >= 1 && weeks <= MOST_WEEKS ? { kind: 'weekly', days, weeks, from: today } : undefined;
  if (/^(?:days?|daily)$/.test(said)) return weekly(ALL);
  if (/^(?:working ?days?|work ?days?|weekdays?)$/.test(said)) return weekly(ALL.slice(0, 5));
  const [, other, unit, on] =
    /^(?:(other|second|2nd|\w+) )?(weeks?|weekly|months?|monthly)(?: on (.+))?$/.exec(said) ?? [];
  const count = other === undefined ? 1 : countOf(other);
  if (unit?.startsWith('month')) {
    const day = count === 1 ? dayOfMonth(on ?? `${Number(today.slice(8))}`) : undefined;
    return day === undefined ? undefined : { kind: 'monthly', day };
  }
  if (unit) return weekly(on === undefined ? [weekday(today) as Weekday] : weekdaysIn(on), count);
  const [, skip] = /^(?:other|second|2nd) (.+)$/.exec(said) ?? [];
  return skip === undefined ? weekly(weekdaysIn(said.replace(/^on /, ''))) : weekly(weekdaysIn(skip), 2);
}

function countOf(word: string): number {
  if (/^(?:other|second|2nd)$/.test(word)) return 2;
  return /^\d{1,2}$/.test(word) ? Number(word) : NUMBERS.indexOf(word);
}

function dayOfMonth(said: string): number | undefined {
  if (/^(?:the )?last(?: day)?$/.test(said)) return 31;
  const day = Number(/^(?:the )?(\d{1,2})(?:st|nd|rd|th|\.)?$/.exec(said)?.[1]);
  return day >= 1 && day <= 31 ? day : undefined;
}

/** Returns undefined if any of the words is no weekday. */
function weekdaysIn(said: string): Weekday[] | undefined {
  const found = said.split(/,? and |, ?| /).map((word) => WEEKDAYS.findIndex((name) => isShort(word, name)) + 1);
  if (found.some((day) => day === 0)) return undefined;
  return [...new Set(found)].sort((a, b) => a - b) as Weekday[];
}

/** True for “mon”, “mon.”, “mondays”. */
function isShort(word: string, name: string): boolean {
  const plain = word.replace(/\.$/, '').replace(/days$/, 'day');
  return plain.length > 2 && name.startsWith(plain);
}

function timeOf(clock: string): string | undefined {
  const [, hours, minutes = '00', half] = /^(\d{1,2})(?:[:.](\d{2}))? ?(am|pm)?$/.exec(clock) ?? [];
  const hour = Number(hours);
  if (hours === undefined || Number(minutes) > 59 || (half ? hour < 1 || hour > 12 : hour > 23)) return undefined;
  const whole = half ? (hour % 12) + (half === 'pm' ? 12 : 0) : hour;
  return `${`${whole}`.padStart(2, '0')}:${minutes}`;
}
