// Reads a day as people write it: “Friday”, “yesterday”, “24 November”, “in two weeks”. Pure.
import { addDays } from './local-time.ts';
import { weekday } from './telling/hours.ts';

/** `day`: the day that is meant. `also`: another day that the words may mean. */
export interface SpokenDay {
  day: string;
  also?: string;
}

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const MONTHS = [
  ...['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august'],
  ...['september', 'october', 'november', 'december'],
];
const NUMBERS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
/** By their distance from today, in days. */
const PAST = new Map([
  ['today', 0],
  ['yesterday', 1],
  ['the day before yesterday', 2],
]);
const COMING = new Map([
  ['today', 0],
  ['tonight', 0],
  ['tomorrow', 1],
  ['the day after tomorrow', 2],
]);
const MOST_CHARS = 40;

/** Returns the last such day that is not after today: “Monday” is the Monday before today. Undefined if it is no day. */
export function pastDay(words: string, today: string): string | undefined {
  const said = plain(words);
  const back = spanOf(/^(?:the )?(?:last |past )?(\w+) (day|week)s?(?: ago)?$/, said);
  if (back !== undefined) return addDays(today, -back);
  const known = PAST.get(said);
  if (known !== undefined) return addDays(today, -known);
  const monday = addDays(today, 1 - weekday(today));
  if (said === 'this week') return monday;
  if (said === 'last week') return addDays(monday, -7);
  const wanted = weekdayIn(said.replace(/^last /, ''));
  if (wanted) return addDays(today, -((weekday(today) - wanted + 7) % 7 || 7));
  return datesOf(said, today).findLast((day) => day <= today);
}

/**
 * Returns the next such day, which may be today. A weekday that is today's may also be that of next week, and “next
 * Friday” before a Friday the coming one. Undefined if it is no day.
 */
export function comingDay(words: string, today: string): SpokenDay | undefined {
  const said = plain(words);
  const known = COMING.get(said);
  if (known !== undefined) return { day: addDays(today, known) };
  const span = spanOf(/^in (\w+) (day|week)s?$/, said);
  if (span !== undefined) return { day: addDays(today, span) };
  const [, which = '', name = ''] = /^(?:(this|coming|next) )?(\w+)$/.exec(said) ?? [];
  const wanted = weekdayIn(name);
  if (!wanted) {
    const day = datesOf(said, today).find((one) => one >= today);
    return day ? { day } : undefined;
  }
  const ahead = (wanted - weekday(today) + 7) % 7;
  const coming = addDays(today, ahead);
  if (ahead === 0) return which ? { day: addDays(today, 7) } : { day: coming, also: addDays(today, 7) };
  return which === 'next' ? { day: coming, also: addDays(coming, 7) } : { day: coming };
}

function plain(words: string): string {
  if (words.length > MOST_CHARS) return '';
  return words
    .trim()
    .toLowerCase()
    .replace(/[.,!?]+$/, '')
    .replace(/^(?:on|since|by) /, '')
    .replace(/\s+/g, ' ');
}

/** Returns the number of days of “two weeks”. */
function spanOf(shape: RegExp, said: string): number | undefined {
  const [, count = '', unit] = shape.exec(said) ?? [];
  const number = /^an?$/.test(count) ? 1 : /^\d{1,3}$/.test(count) ? Number(count) : NUMBERS.indexOf(count);
  return unit && number >= 0 ? number * (unit === 'week' ? 7 : 1) : undefined;
}

/** Returns the weekday of “Mon”, “Tues” or “wednesday”; 1 is Monday. Undefined for other words. */
function weekdayIn(word: string): number | undefined {
  const at = word.length < 3 ? -1 : WEEKDAYS.findIndex((name) => name.startsWith(word));
  return at < 0 ? undefined : at + 1;
}

/** Returns the days that a date may mean, the earliest first. A date without a year has one in each year. */
function datesOf(said: string, today: string): string[] {
  if (/^\d{4}-\d{2}-\d{2}$/.test(said)) return existing([said]);
  const [, date = '', month = '', year] =
    /^(?:the )?(\d{1,2})(?:st|nd|rd|th)?(?: of)? ([a-z]{3,9})(?:,? (\d{4}))?$/.exec(said) ??
    swapped(/^([a-z]{3,9}) (?:the )?(\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?$/.exec(said)) ??
    [];
  // “Sept” is written as often as “Sep”.
  const at = month ? MONTHS.findIndex((name) => name.startsWith(month)) : -1;
  const [, day = '', number = '', of] = /^(\d{1,2})\. ?(\d{1,2})\.?(?: ?(\d{4}))?$/.exec(said) ?? [];
  const two = (one: number | string) => `${one}`.padStart(2, '0');
  const rest = at >= 0 ? `${two(at + 1)}-${two(date)}` : day ? `${two(number)}-${two(day)}` : '';
  if (!rest) return [];
  const now = Number(today.slice(0, 4));
  const named = year ?? of;
  const years = named ? [Number(named)] : [now - 1, now, now + 1];
  return existing(years.map((one) => `${one}-${rest}`));
}

function swapped(found: RegExpExecArray | null): (string | undefined)[] | undefined {
  return found ? [found[0], found[2], found[1], found[3]] : undefined;
}

function existing(days: readonly string[]): string[] {
  return days.filter((day) => {
    const at = Date.parse(`${day}T00:00Z`);
    return Number.isFinite(at) && new Date(at).toISOString().startsWith(day);
  });
}
