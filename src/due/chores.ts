// What is done now and then and changes no pod: done twice, or by several processes at once, it is the same.
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
  /** By the product's clock. */
  everyMs: number;
  work(house: House, now: number): Promise<void>;
}

/** Each at the first look, and again when its time has passed; one that fails keeps no other from its work. */
export function makeChores(chores: readonly Chore[], house: House, clock: () => number): Look {
  const last = new Map<Chore, number>();
  return async (signal) => {
    for (const chore of chores) {
      const now = clock();
      const before = last.get(chore);
      // Not before it was last done either: the clock was set back since.
      if (signal.aborted || (before !== undefined && now >= before && now < before + chore.everyMs)) continue;
      last.set(chore, now);
      await chore
        .work(house, now)
        .catch((error: unknown) => logFailure(house.logger, 'warn', 'chore failed', error, { what: chore.name }));
    }
  };
}
