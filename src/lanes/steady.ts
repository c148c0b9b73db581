// The time by which waiting is measured: the machine's clock, except that setting it back holds nothing up.

/** A step back of more than this is somebody's hand, or NTP's, in milliseconds; less is made up for by standing still. */
const STEP_MS = 1000;

/**
 * Milliseconds since 1970, never less than before. It follows `clock` also where that is set forward (practice does, and a
 * machine that slept): a lease is then over, a wait ends early. `elapsed` is a counter of milliseconds that nobody sets.
 */
export function steadyClock(clock: () => number, elapsed: () => number = () => performance.now()): () => number {
  let seen = { clock: clock(), elapsed: elapsed() };
  let ahead = 0;
  let latest = seen.clock;
  return () => {
    const now = { clock: clock(), elapsed: elapsed() };
    const passed = now.elapsed - seen.elapsed;
    const shown = now.clock - seen.clock;
    if (shown < passed - STEP_MS) ahead += passed - shown;
    seen = now;
    latest = Math.max(latest, Math.round(now.clock + ahead));
    return latest;
  };
}
