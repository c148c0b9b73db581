// Chores: periodic work that changes no pod. Idempotent, so any number of processes may do it.
import type { Queue } from '../lanes/queue.ts';
import { type Logger, logFailure } from '../logger.ts';
import type { Store } from '../store/port.ts';
import type { Look } from './start.ts';

export interface House {
  store: Store;
  inbox: Queue;
  outbox: Queue;
  logger: Logger;
}

export interface Chore {
  name: string;
  /** The interval, in milliseconds of Skein's clock. */
  everyMs: number;
  work(house: House, now: number): Promise<void>;
}

/**
 * Returns a look that does each chore the first time, then whenever its interval has passed. A chore that fails does
 * not stop the others.
 */
export function makeChores(chores: readonly Chore[], house: House, clock: () => number): Look {
  const last = new Map<Chore, number>();
  return async (signal) => {
    for (const chore of chores) {
      const now = clock();
      const before = last.get(chore);
      // `now >= before` is false if the clock was set back since. The chore is then done again.
      if (signal.aborted || (before !== undefined && now >= before && now < before + chore.everyMs)) continue;
      last.set(chore, now);
      await chore
        .work(house, now)
        .catch((error: unknown) => logFailure(house.logger, 'warn', 'chore failed', error, { what: chore.name }));
    }
  };
}
