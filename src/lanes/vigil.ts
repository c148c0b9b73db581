// Detects leases by a process whose clock was ahead. Nobody waits for the end of such a lease, only until it is no longer renewed.
import type { Leased } from '../store/port.ts';

/** True if a lease ends later than is possible and has not changed for a lease's length. Pure, except for what it has seen before. */
export function makeVigil<D extends Leased>(leaseMs: number): (doc: D, now: number) => boolean {
  const seen = new Map<string, { rev: number; since: number }>();
  return ({ id, rev, leaseBy, leaseUntil }, now) => {
    // The clocks of machines differ a little; twice the length of a lease is more than that.
    if (!leaseBy || leaseUntil <= now + 2 * leaseMs) {
      seen.delete(id);
      return false;
    }
    const known = seen.get(id);
    if (known?.rev !== rev) seen.set(id, { rev, since: now });
    return known?.rev === rev && now - known.since >= leaseMs;
  };
}
