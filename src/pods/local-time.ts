// Dates and times as the clocks of a place show them, and the instants they stand for: pure, over the platform's zones.

/** What a clock on the wall of a zone shows at an instant: `2026-11-21T09:00`, so that later is greater. */
export type Wall = (at: number) => string;

const DAY_MS = 86_400_000;

/** @throws RangeError for a zone nobody knows; ask `isTimeZone` first */
export function wallClock(timeZone: string): Wall {
  const two = '2-digit';
  const shape = { year: 'numeric', month: two, day: two, hour: two, minute: two, hourCycle: 'h23' } as const;
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, calendar: 'gregory', numberingSystem: 'latn', ...shape });
  return (at) => {
    const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
    return `${part.year}-${part.month}-${part.day}T${part.hour}:${part.minute}`;
  };
}

export function isTimeZone(name: string): boolean {
  try {
    // Offsets are no places: they would stay behind when the clocks change.
    return /[a-z]/i.test(name) && Boolean(new Intl.DateTimeFormat('en-GB', { timeZone: name }));
  } catch {
    return false;
  }
}

/**
 * The first instant at which the wall shows this date and time, or a later time of the date where the clocks skip it;
 * undefined where they skip the whole rest of the date. Where they go back, the first of the two.
 */
export function instantOf(wall: Wall, date: string, time: string): number | undefined {
  const wanted = `${date}T${time}`;
  const inUtc = Date.parse(`${wanted}Z`);
  // The offsets a day before and a day after: between them there is at most one change of the clocks.
  const tries = [inUtc - DAY_MS, inUtc + DAY_MS].map((near) => inUtc - offsetAt(wall, near)).sort((a, b) => a - b);
  const [early = inUtc, late = inUtc] = tries;
  const exact = tries.find((at) => wall(at) === wanted);
  const found = exact ?? firstMinute(early, late, (at) => wall(at) >= wanted);
  return wall(found).slice(0, 10) === date ? found : undefined;
}

function offsetAt(wall: Wall, at: number): number {
  return Date.parse(`${wall(at)}Z`) - Math.floor(at / 60_000) * 60_000;
}

/** The first whole minute after `from`, up to `to`, for which it holds; it holds for `to`. */
function firstMinute(from: number, to: number, holds: (at: number) => boolean): number {
  let [low, high] = [Math.floor(from / 60_000), Math.ceil(to / 60_000)];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle * 60_000)) high = middle;
    else low = middle + 1;
  }
  return high * 60_000;
}

/** The date so many days later. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The date in a zone, or the one so many days later. */
export function localDay(timeZone: string, at: number, later = 0): string {
  return addDays(wallClock(timeZone)(at).slice(0, 10), later);
}

const DAY_WORDS = { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' } as const;
const dayWords = new Intl.DateTimeFormat('en-GB', DAY_WORDS);
const dateWords = new Intl.DateTimeFormat('en-GB', { ...DAY_WORDS, year: 'numeric' });

/** A date for people: “Sat 21 Nov”, where the year goes without saying. */
export function shownDay(date: string): string {
  return dayWords.format(Date.parse(`${date}T00:00Z`)).replace(',', '');
}

/** A date for people: “Sat 21 Nov 2026”. */
export function shownDate(date: string): string {
  return dateWords.format(Date.parse(`${date}T00:00Z`)).replace(',', '');
}
