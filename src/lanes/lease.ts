// Holding a lane while it is worked on, and letting go of it without missing what arrived.
import type { Collection } from '../store/port.ts';
import type { Lane } from './item.ts';

/** Renews the lease every third of its length; `lost` is called once somebody else holds the lane. */
export function keepLease(
  lanes: Collection<Lane>,
  id: string,
  { owner, leaseMs, wall }: { owner: string; leaseMs: number; wall: () => number },
  lost: (reason: unknown) => void,
): { end(): void } {
  const extend = async (): Promise<void> => {
    for (;;) {
      const lane = await lanes.get(id);
      if (lane?.leaseBy !== owner) return lost('the lease went to another process');
      if (await lanes.replace({ ...lane, leaseUntil: wall() + leaseMs }, lane.rev)) return;
    }
  };
  let until = wall() + leaseMs;
  const beat = setInterval(() => {
    extend().then(
      () => {
        until = wall() + leaseMs;
      },
      (error: unknown) => {
        // A store that does not answer for a whole lease may have given the lane away.
        if (wall() > until) lost(error);
      },
    );
  }, leaseMs / 3);
  beat.unref();
  return { end: () => clearInterval(beat) };
}

/**
 * Gives the lane back: idle when it is empty, else ready again at `waitUntil`.
 * False when something arrived after `seen` and the lane has to be looked at once more.
 */
export async function release(
  lanes: Collection<Lane>,
  id: string,
  owner: string,
  seen: number,
  waitUntil: number | undefined,
): Promise<boolean> {
  for (;;) {
    const lane = await lanes.get(id);
    if (lane?.leaseBy !== owner) return true;
    if (waitUntil === undefined && lane.arrivals !== seen) return false;
    const free = { ...lane, leaseBy: '', leaseUntil: 0 };
    const next: Lane =
      waitUntil === undefined ? { ...free, state: 'idle' } : { ...free, state: 'ready', dueAt: waitUntil };
    if (await lanes.replace(next, lane.rev)) return true;
  }
}
