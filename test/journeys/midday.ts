// The clock of a Skein under test: wherever the day stands here, it begins at noon, far from the hour of anybody's digest.

const DAY_MS = 86_400_000;
const NOON_MS = DAY_MS / 2;

/** Goes as the real one does, from the next noon in UTC. */
export function middayClock(): () => number {
  const now = Date.now();
  const ahead = (DAY_MS + NOON_MS - (now % DAY_MS)) % DAY_MS;
  return () => Date.now() + ahead;
}
