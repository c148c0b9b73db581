// Leases by a clock that was ahead: nobody waits for the end that they name, only until nobody renews them.
import type { Leased } from '../store/port.ts';

/** True once a lease that ends later than any can has not changed for the length of one. Pure but for what it has seen. */
export function makeVigil<D extends Leased>(leaseMs: number): (doc: D, now: number) => boolean {
  const seen = new Map<string, { rev: number; since: number }>();
  return ({ id, rev, leaseBy, leaseUntil }, now) => {
    // Clocks of machines differ a little: twice the length is no accident.
    if (!leaseBy || leaseUntil <= now + 2 * leaseMs) {
      seen.delete(id);
      return false;
    }
    const known = seen.get(id);
    if (known?.rev !== rev) seen.set(id, { rev, since: now });
    return known?.rev === rev && now - known.since >= leaseMs;
  };
}
