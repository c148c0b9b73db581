// The clock of a Skein under test. It starts at noon UTC on a Monday, far from the hour of any digest, so that a jump of
// some days ends on the same weekday, whatever day it is today.

const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;
/** The first Monday of 1970 at noon: day 0 was a Thursday. */
const MONDAY_NOON_MS = (4 * 24 + 12) * HOUR_MS;

/** Runs at the speed of the real clock. */
export function middayClock(): () => number {
  const since = (Date.now() - MONDAY_NOON_MS) % WEEK_MS;
  const ahead = (WEEK_MS - since) % WEEK_MS;
  return () => Date.now() + ahead;
}

/** The day that comes so many days after the start of the clock, as people read it: “Mon 7 Dec”. */
export function dayAfterStart(days: number): string {
  const at = new Date(middayClock()() + days * 24 * HOUR_MS);
  const words = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' });
  return words.format(at).replace(',', '');
}
