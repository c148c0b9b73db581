// Leases a lane while it is worked on, and releases it without missing new items.
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
 * Renews the lease several times within its length. Calls `lost` if another process may have leased the lane: at the latest
 * before the lease ends, if it could not be renewed.
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
    // If the store is away, or never answers, another process may soon lease the lane.
    if (wall() + beatMs >= until) return over();
    // The next renewal makes up for one that failed; if none succeeds, the lane counts as lost.
    renew().catch(() => {});
  }, beatMs);
  return { end: () => clearInterval(beat) };
}

/**
 * Releases the lane: idle if it is empty, else ready at `waitUntil`. Returns false if an item arrived after `seen`, so that
 * the lane must be looked at again.
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
    const free = { ...lane, leaseBy: '', leaseUntil: 0 };
    const next: Lane =
      waitUntil === undefined ? { ...free, state: 'idle' } : { ...free, state: 'ready', dueAt: waitUntil };
    if (await lanes.replace(next, lane.rev)) return true;
  }
}
