// Waits until all workers are idle at the same time and no event is on its way, because the work of one may give work to
// another.
import { setTimeout as delay } from 'node:timers/promises';
import type { Worker } from './worker.ts';

const LOOK_MS = 20;

/**
 * `arrived`: how many events a server within this process has sent here so far, or undefined while one is on its way. What
 * arrives during a look may be work that the look has not seen.
 */
export async function allQuiet(
  workers: readonly Pick<Worker, 'quiet'>[],
  arrived: () => number | undefined = () => 0,
): Promise<void> {
  for (;;) {
    const before = arrived();
    const each = before === undefined ? [false] : await Promise.all(workers.map((worker) => worker.quiet()));
    if (each.every(Boolean) && arrived() === before) return;
    await delay(LOOK_MS);
  }
}
