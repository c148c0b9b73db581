// Waits until all workers are idle at the same time, because the work of one worker may give new work to another.
import { setTimeout as delay } from 'node:timers/promises';
import type { Worker } from './worker.ts';

const LOOK_MS = 20;

export async function allQuiet(workers: readonly Worker[]): Promise<void> {
  for (;;) {
    const each = await Promise.all(workers.map((worker) => worker.quiet()));
    if (each.every(Boolean)) return;
    await delay(LOOK_MS);
  }
}
