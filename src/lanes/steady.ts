// A clock for measuring waits: the machine's clock, except that it never goes back.

/** In milliseconds. A larger step back is a change of the clock, by a person or by NTP. A smaller one is bridged by standing still. */
const STEP_MS = 1000;

/**
 * Milliseconds since 1970, never less than before. If `clock` is set forward, as practice does and as after a sleep of the
 * machine, it follows: leases end, and waits are over. `elapsed` counts milliseconds and is never set.
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
