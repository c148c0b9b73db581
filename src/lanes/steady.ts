// A clock for measuring waits: it follows the machine's clock, but never goes back.

/**
 * In milliseconds. A larger step back means that a person or NTP has set the clock. During a smaller one the steady
 * clock stands still.
 */
const STEP_MS = 1000;

/**
 * Returns a clock in milliseconds since 1970 that never goes back. If `clock` is set forward, by practice or after the
 * machine slept, the steady clock follows, so that leases end and waits are over. `elapsed` counts milliseconds and is
 * never set.
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
