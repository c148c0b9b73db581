// Converts between instants and the date and time in a time zone. Pure, based on the platform's zones.

/** Returns the local date and time of an instant: `2026-11-21T09:00`. Such texts sort in time order. */
export type Wall = (at: number) => string;

const DAY_MS = 86_400_000;

/** Cached per zone, because a format takes far longer to make than to use. Names of zones are the same in upper and lower case. */
const clocks = new Map<string, Wall>();

/** Returns the clock of a time zone. @throws RangeError for an unknown zone; check with `isTimeZone` first */
export function wallClock(timeZone: string): Wall {
  const name = timeZone.toLowerCase();
  const known = clocks.get(name) ?? newClock(timeZone);
  clocks.set(name, known);
  return known;
}

function newClock(timeZone: string): Wall {
  const two = '2-digit';
  const shape = { year: 'numeric', month: two, day: two, hour: two, minute: two, hourCycle: 'h23' } as const;
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, calendar: 'gregory', numberingSystem: 'latn', ...shape });
  return (at) => {
    // As “21/11/2026, 09:05”. Its parts one by one take twice as long.
    const [day, month, year, hour, minute] = format.format(at).match(/\d+/g) ?? [];
    return `${year}-${month}-${day}T${hour}:${minute}`;
  };
}

export function isTimeZone(name: string): boolean {
  try {
    // A fixed offset is refused, because it would be wrong after the next change between summer and winter time.
    return /[a-z]/i.test(name) && Boolean(wallClock(name));
  } catch {
    return false;
  }
}

/**
 * Returns the first instant that has this local date and time. If the clocks skip it, returns the next local time of
 * that date, or undefined if they skip the rest of the date. If the clocks go back, returns the first of the two.
 */
export function instantOf(wall: Wall, date: string, time: string): number | undefined {
  const wanted = `${date}T${time}`;
  const inUtc = Date.parse(`${wanted}Z`);
  // The offsets a day before and a day after. The clocks change at most once between them.
  const tries = [inUtc - DAY_MS, inUtc + DAY_MS].map((near) => inUtc - offsetAt(wall, near)).sort((a, b) => a - b);
  const [early = inUtc, late = inUtc] = tries;
  const exact = tries.find((at) => wall(at) === wanted);
  const found = exact ?? firstMinute(early, late, (at) => wall(at) >= wanted);
  return wall(found).slice(0, 10) === date ? found : undefined;
}

function offsetAt(wall: Wall, at: number): number {
  return Date.parse(`${wall(at)}Z`) - Math.floor(at / 60_000) * 60_000;
}

/** Returns the first whole minute after `from` for which `holds` is true. `holds(to)` must be true. */
function firstMinute(from: number, to: number, holds: (at: number) => boolean): number {
  let [low, high] = [Math.floor(from / 60_000), Math.ceil(to / 60_000)];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle * 60_000)) high = middle;
    else low = middle + 1;
  }
  return high * 60_000;
}

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Returns the local date at an instant, plus `later` days. */
export function localDay(timeZone: string, at: number, later = 0): string {
  return addDays(wallClock(timeZone)(at).slice(0, 10), later);
}

/** Returns the ISO 8601 week of a date, such as `2026-W50`. The year is that of the week's Thursday. */
export function isoWeek(date: string): string {
  const ahead = 4 - (new Date(`${date}T00:00Z`).getUTCDay() || 7);
  const thursday = addDays(date, ahead);
  const year = thursday.slice(0, 4);
  const days = (Date.parse(`${thursday}T00:00Z`) - Date.parse(`${year}-01-01T00:00Z`)) / DAY_MS;
  return `${year}-W${String(Math.floor(days / 7) + 1).padStart(2, '0')}`;
}

const DAY_WORDS = { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' } as const;
/** Made at the first use, because the first formats of a process take 20 ms. */
let dayWords: Intl.DateTimeFormat | undefined;
let dateWords: Intl.DateTimeFormat | undefined;

/** Returns a date for people, without the year: “Sat 21 Nov”. */
export function shownDay(date: string): string {
  dayWords ??= new Intl.DateTimeFormat('en-GB', DAY_WORDS);
  return dayWords.format(Date.parse(`${date}T00:00Z`)).replace(',', '');
}

/** Returns a point in time as a person reads it, such as “Mon 30 Nov, 14:05”. */
export function shownTime(timeZone: string, at: number): string {
  const [day = '', time = ''] = wallClock(timeZone)(at).split('T');
  return `${shownDay(day)}, ${time}`;
}

/** Returns a coming point in time for people, with a word for a near day: “tomorrow, Tue 1 Dec, 14:05”. */
export function comingWords(timeZone: string, at: number, now: number): string {
  const day = localDay(timeZone, at);
  const near = ['today', 'tomorrow'].find((_, later) => localDay(timeZone, now, later) === day);
  return near ? `${near}, ${shownTime(timeZone, at)}` : shownTime(timeZone, at);
}

/** Returns a date for people: “Sat 21 Nov 2026”. */
export function shownDate(date: string): string {
  dateWords ??= new Intl.DateTimeFormat('en-GB', { ...DAY_WORDS, year: 'numeric' });
  return dateWords.format(Date.parse(`${date}T00:00Z`)).replace(',', '');
}
