// The commands about a person's hours and absence, parsed and answered, for Slack and for mail. Pure.
import { InvalidInput } from '../errors.ts';
import { shownDay } from '../pods/local-time.ts';
import { DAYS, hoursWords } from '../pods/preferences/hours-words.ts';
import type { OwnHours } from '../pods/preferences/preference.ts';
import type { AwayResult } from '../pods/preferences/set-away.ts';
import { comingDay } from '../pods/spoken-day.ts';
import type { Texts } from '../texts/texts.ts';
import { timeOf, type Written } from './digest-wish.ts';

/** `show`: says what is set. */
export type HoursWish = { action: 'show' } | { action: 'set_hours' | 'set_away'; input: Record<string, unknown> };

type Day = (typeof DAYS)[number];

const SPAN = /^([\d:.apm]+)[-–]([\d:.apm]+)$/;

/**
 * `hours 9-17 Mon-Thu`, `hours zone Europe/Berlin`, `hours at most 2 a day`, `away until Friday deputy ben`, `back`. `today`: the
 * person's own, YYYY-MM-DD. @throws InvalidInput that shows how
 */
export function hoursWishOf(words: readonly string[], written: Written, today: string): HoursWish {
  const [verb = '', ...rest] = words;
  switch (verb.toLowerCase()) {
    case 'hours':
      return rest.length ? { action: 'set_hours', input: hoursIn(rest, written) } : { action: 'show' };
    case 'away':
      return { action: 'set_away', input: awayIn(rest.join(' '), written, today) };
    default:
      return { action: 'set_away', input: { back: true } };
  }
}

const A_DAY = /(?:\bat )?(?:\bmost )?\b(\d{1,3}|no|one)\b(?: messages?)?(?: a | per |\/)day\b/i;

function hoursIn(all: readonly string[], written: Written): Record<string, unknown> {
  const input: Record<string, unknown> = {};
  const said = all.join(' ');
  const [, count] = A_DAY.exec(said) ?? [];
  if (count) input.most = /^no$/i.test(count) ? 0 : /^one$/i.test(count) ? 1 : Number(count);
  const words = said.replace(A_DAY, ' ').split(' ');
  // “9 to 17” and “Mon - Thu” are one word each.
  const left = words
    .join(' ')
    .replace(/\s*(?:[-–]|\bto\b)\s*/gi, '-')
    .split(/[\s,]+/)
    .filter((word) => word && !/^and$/i.test(word));
  const days = new Set<Day>();
  for (let word = left.shift(); word !== undefined; word = left.shift()) {
    const [, from, until] = SPAN.exec(word.toLowerCase()) ?? [];
    if (word.toLowerCase() === 'zone') input.time_zone = zoneOf(left.splice(0).join('-'), written);
    else if (from && until) Object.assign(input, spanOf(from, until));
    else for (const day of daysOf(word, written)) days.add(day);
  }
  return days.size ? { ...input, days: DAYS.filter((day) => days.has(day)) } : input;
}

/** “9-5” is from nine to five in the afternoon; “22-6” ends on the next day. */
function spanOf(from: string, until: string): { from: string; until: string } {
  const begins = timeOf(from);
  if (until === '24' || until === '24:00') return { from: begins, until: '24:00' };
  const ends = timeOf(until);
  const afternoon = ends <= begins && begins < '12:00' && !/[ap]m$/.test(until);
  const hour = String(Number(ends.slice(0, 2)) + 12).padStart(2, '0');
  return { from: begins, until: afternoon ? `${hour}${ends.slice(2)}` : ends };
}

function daysOf(word: string, written: Written): readonly Day[] {
  if (/^(?:daily|every|day|all)$/i.test(word)) return DAYS;
  if (/^weekdays$/i.test(word)) return DAYS.slice(0, 5);
  const [first, last] = word.split(/[-–]/).map(dayOf);
  const [begin, end] = [first, last ?? first].map((day) => (day ? DAYS.indexOf(day) : -1));
  if (begin === undefined || end === undefined || begin < 0 || end < 0 || (last === undefined && /[-–]/.test(word)))
    throw new InvalidInput(
      `“${word.slice(0, 30)}” is neither a time nor a day. Write ${written('hours 9-17 Mon-Thu')}, ${written('hours zone Europe/Berlin')} or ${written('hours at most 2 a day')}.`,
    );
  // “Sat-Mon” goes over the end of the week.
  return begin <= end ? DAYS.slice(begin, end + 1) : [...DAYS.slice(begin), ...DAYS.slice(0, end + 1)];
}

function dayOf(name: string): Day | undefined {
  return /^[a-z]{3,}$/i.test(name) ? DAYS.find((day) => name.toLowerCase().startsWith(day.toLowerCase())) : undefined;
}

function zoneOf(name: string, written: Written): string | null {
  if (name) return name.toLowerCase() === 'mine' ? null : name;
  throw new InvalidInput(
    `Which time zone? Write one such as ${written('hours zone Europe/Berlin')}, or zone mine for your own.`,
  );
}

function awayIn(text: string, written: Written, today: string): Record<string, unknown> {
  const [whole, until, deputy] = /^(?:until (\S.*?))?\s*(?:\bdeputy (.+))?$/i.exec(text.trim()) ?? [];
  if (whole === undefined)
    throw new InvalidInput(
      `“${text.slice(0, 60)}” is not understood. Write ${written('away until 2026-12-07')}, the day you are back, and if you like “deputy @name” behind it.`,
    );
  return {
    ...(until ? { until: untilDay(until, written, today) } : {}),
    ...(deputy ? { deputy: deputy.trim() } : {}),
  };
}

/** A day as a calendar writes it may have an hour: 2026-12-07T12:00. */
function untilDay(words: string, written: Written, today: string): string {
  if (/^\d{4}-/.test(words)) return words;
  const { day, also } = comingDay(words, today) ?? {};
  // Said on a Monday, “until Monday” is the next one.
  if (day === today && also) return also;
  if (!day)
    throw new InvalidInput(
      `“${words.slice(0, 40)}” is no day to come. Write ${written('away until 2026-12-07')} or ${written('away until Monday')}, the day you are back.`,
    );
  if (also)
    throw new InvalidInput(
      `“${words}” may be ${shownDay(day)} or ${shownDay(also)}. Write ${written(`away until ${day}`)} or ${written(`away until ${also}`)}.`,
    );
  return day;
}

/** “Skein writes to you unasked Mon to Thu, 09:00 to 17:00 in Berlin.” */
export function hoursAnswer({ fill }: Texts, hours: OwnHours, written: Written): string {
  const says = fill('hours-settings', 'hours', { hours: hoursWords(hours) });
  return hours.zoneUnknown
    ? `${says} ${fill('hours-settings', 'no-zone', { zone: written('hours zone Europe/Berlin') })}`
    : says;
}

export function awayAnswer({ fill }: Texts, { away }: AwayResult, written: Written): string {
  if (away.back) return fill('hours-settings', 'back');
  const { says: until = '', deputy, open } = away;
  const begin = open
    ? fill('hours-settings', 'away-open', { back: written('back') })
    : fill('hours-settings', 'away', { until });
  return `${begin} ${deputy ? fill('hours-settings', 'deputy', { deputy: deputy.name }) : fill('hours-settings', 'no-deputy')}`;
}
