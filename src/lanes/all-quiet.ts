// Waiting until nothing is due and nothing is worked on: what one worker does may be work for another.
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
