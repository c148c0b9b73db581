// Detects leases by a process whose clock was ahead. Other processes take over such a lease once it is no longer
// renewed, and do not wait for its end.
import type { Leased } from '../store/port.ts';

/**
 * Returns a function that is true for a lease that ends later than is possible and has not changed for `leaseMs`. It
 * remembers the leases that it has seen.
 */
export function makeVigil<D extends Leased>(leaseMs: number): (doc: D, now: number) => boolean {
  const seen = new Map<string, { rev: number; since: number }>();
  return ({ id, rev, leaseBy, leaseUntil }, now) => {
    // The clocks of machines differ a little, but by less than the length of a lease.
    if (!leaseBy || leaseUntil <= now + 2 * leaseMs) {
      seen.delete(id);
      return false;
    }
    const known = seen.get(id);
    if (known?.rev !== rev) seen.set(id, { rev, since: now });
    return known?.rev === rev && now - known.since >= leaseMs;
  };
}
