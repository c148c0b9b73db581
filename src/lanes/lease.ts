// Leases a lane while its items are done, and releases it without missing new items.
import type { Collection } from '../store/port.ts';
import type { Lane } from './item.ts';

/** One lease of a lane. `by` differs for each lease, so that a process never takes back a lane whose lease it lost. */
export interface LaneLease {
  by: string;
  leaseMs: number;
  /** Real time, in milliseconds. */
  wall(): number;
}

/**
 * Renews the lease several times within its length. Calls `lost` when another process may have leased the lane. After
 * failed renewals it is called before the lease ends.
 */
export function keepLease(
  lanes: Collection<Lane>,
  lane: Lane,
  { by, leaseMs, wall }: LaneLease,
  lost: () => void,
): { end(): void } {
  const beatMs = leaseMs / 4;
  let until = lane.leaseUntil;
  const over = () => {
    clearInterval(beat);
    lost();
  };
  const renew = async (): Promise<void> => {
    for (;;) {
      const now = await lanes.get(lane.id);
      if (now?.leaseBy !== by) return over();
      const next = wall() + leaseMs;
      if (!(await lanes.replace({ ...now, leaseUntil: next }, now.rev))) continue;
      until = next;
      return;
    }
  };
  const beat = setInterval(() => {
    // The store cannot be reached or does not answer, so another process may soon lease the lane.
    if (wall() + beatMs >= until) return over();
    // A failed renewal is not reported, because the next one may succeed. If none does, the lane counts as lost.
    renew().catch(() => {});
  }, beatMs);
  return { end: () => clearInterval(beat) };
}

/**
 * Releases the lane: as idle if it is empty, else as ready at `waitUntil`. Returns false if an item arrived after
 * `seen`; the caller must then look at the lane again.
 */
export async function release(
  lanes: Collection<Lane>,
  id: string,
  by: string,
  seen: number,
  waitUntil: number | undefined,
): Promise<boolean> {
  for (;;) {
    const lane = await lanes.get(id);
    if (lane?.leaseBy !== by) return true;
    if (waitUntil === undefined && lane.arrivals !== seen) return false;
    const { left: _left, ...kept } = lane;
    const free = { ...kept, leaseBy: '', leaseUntil: 0 };
    const next: Lane =
      waitUntil === undefined ? { ...free, state: 'idle' } : { ...free, state: 'ready', dueAt: waitUntil };
    if (await lanes.replace(next, lane.rev)) return true;
  }
}
