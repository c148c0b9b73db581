// The clock of a Skein under test. It starts at noon UTC, far from the hour of any digest.

const DAY_MS = 86_400_000;
const NOON_MS = DAY_MS / 2;

/** Runs at the speed of the real clock. */
export function middayClock(): () => number {
  const now = Date.now();
  const ahead = (DAY_MS + NOON_MS - (now % DAY_MS)) % DAY_MS;
  return () => Date.now() + ahead;
}
