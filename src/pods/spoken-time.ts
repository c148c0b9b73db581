// Reads a coming time as people write it: “in an hour”, “3pm”, “this afternoon”, “Monday”, “Monday 9:30”. Pure.
import { addDays, instantOf, type Wall } from './local-time.ts';
import { comingDay } from './spoken-day.ts';

export interface SpokenTime {
  /** In milliseconds since 1970. It may lie in the past, as that of a date long ago does. */
  at: number;
  /** True for words that name the hour or the minutes. A day, or a part of it, leaves the hour open. */
  exact: boolean;
}

export interface Now {
  at: number;
  wall: Wall;
  /** HH:MM: when a day begins for the person. */
  from: string;
}

const MINUTE_MS = 60_000;
const HOUR = String.raw`(?:at )?(\d{1,2})(?:[:.](\d{2}))? ?(am|pm)?`;
const PART = '(?:in the )?(morning|noon|afternoon|evening)';
const CLOCK = new RegExp(`^${HOUR}$`);
const WITH_CLOCK = new RegExp(`^(.+?),? ${HOUR}$`);
const WITH_PART = new RegExp(`^(.+?),? ${PART}$`);
const NUMBERS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/** A part of today has a second time, for words that come after the first. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  morning: ['09:00', '11:00'],
  noon: ['12:00'],
  afternoon: ['15:00', '17:00'],
  evening: ['18:00', '20:00'],
};
const TODAY: Readonly<Record<string, string>> = {
  ...{ today: 'afternoon', 'later today': 'afternoon', tonight: 'evening', noon: 'noon', midday: 'noon' },
  ...{ 'this morning': 'morning', 'this afternoon': 'afternoon', 'this evening': 'evening' },
};

/** Returns undefined for words that name no time. An hour that is over today is that of tomorrow. */
export function comingTime(words: string, now: Now): SpokenTime | undefined {
  const said = words
    .trim()
    .toLowerCase()
    .replace(/[.!?]+$/, '')
    .replace(/^(?:until|till|on) /, '')
    .replace(/\s+/g, ' ');
  const span = spanOf(said);
  if (span !== undefined) return { at: now.at + span, exact: true };
  const today = now.wall(now.at).slice(0, 10);
  const part = TODAY[said];
  if (part) return first(now, today, PARTS[part] ?? []);
  const clock = timeOf(CLOCK.exec(said)?.slice(1));
  if (clock) {
    const next = onDay(now, today, clock);
    return next && next.at > now.at ? next : onDay(now, addDays(today, 1), clock);
  }
  const date = dayIn(said, today);
  if (date) return onDay(now, date, now.from, false);
  const [, day = '', ...time] = WITH_CLOCK.exec(said) ?? [];
  const hour = timeOf(time);
  if (hour) return atHour(now, day, today, hour);
  const [, other = '', named = ''] = WITH_PART.exec(said) ?? [];
  const that = dayIn(other, today);
  return that ? onDay(now, that, PARTS[named]?.[0] ?? now.from, false) : undefined;
}

/** The weekday of today is that of next week once the hour is over. */
function atHour(now: Now, day: string, today: string, hour: string): SpokenTime | undefined {
  const soonest = isDate(day) ? day : comingDay(day, today)?.day;
  const found = soonest && onDay(now, soonest, hour);
  const next = found && found.at <= now.at ? dayIn(day, today) : undefined;
  return (next && onDay(now, next, hour)) || found || undefined;
}

/** Returns the milliseconds of “in an hour”. */
function spanOf(said: string): number | undefined {
  const [, count = '', unit = ''] = /^in (half an|\w+) (minute|min|hour)s?$/.exec(said) ?? [];
  const number = count === 'half an' ? 0.5 : /^an?$/.test(count) ? 1 : numberOf(count);
  return unit && number > 0 ? number * (unit === 'hour' ? 60 : 1) * MINUTE_MS : undefined;
}

function numberOf(count: string): number {
  return /^\d{1,3}$/.test(count) ? Number(count) : NUMBERS.indexOf(count);
}

/** Returns the time as HH:MM. “3” alone may be that of the night or of the afternoon, so it is no time. */
function timeOf([hours, minutes, half]: (string | undefined)[] = []): string | undefined {
  if (hours === undefined || !(minutes || half)) return undefined;
  const hour = Number(hours);
  if (half ? hour < 1 || hour > 12 : hour > 23) return undefined;
  const whole = half ? (hour % 12) + (half === 'pm' ? 12 : 0) : hour;
  return Number(minutes ?? 0) > 59 ? undefined : `${`${whole}`.padStart(2, '0')}:${minutes ?? '00'}`;
}

/** The weekday of today is that of next week. A date stays as it is written. */
function dayIn(said: string, today: string): string | undefined {
  if (isDate(said)) return said;
  const found = comingDay(said, today);
  return found?.day === today ? found.also : found?.day;
}

function isDate(said: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(said) && Number.isFinite(Date.parse(`${said}T00:00Z`));
}

function onDay({ wall }: Now, day: string, time: string, exact = true): SpokenTime | undefined {
  const at = instantOf(wall, day, time);
  return at === undefined ? undefined : { at, exact };
}

/** Returns the first of the times that is still to come, else the last. */
function first(now: Now, day: string, times: readonly string[]): SpokenTime | undefined {
  const found = times.flatMap((time) => onDay(now, day, time, false) ?? []);
  return found.find(({ at }) => at > now.at) ?? found.at(-1);
}
