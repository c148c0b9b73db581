// Starting while Slack is down: try again, slower and slower, and say so once.
import { setTimeout as sleep } from 'node:timers/promises';
import { Retryable, reasonOf } from '../errors.ts';
import type { Log } from '../log.ts';

export interface Patience {
  log: Log;
  signal: AbortSignal;
  /** What is tried, for the log. */
  what: string;
}

const FIRST_MS = 250;
const LONGEST_MS = 15_000;

/** Runs `attempt` until it succeeds or throws something that is not Retryable. Rejects when the signal aborts. */
export async function patiently<T>({ log, signal, what }: Patience, attempt: () => Promise<T>): Promise<T> {
  for (let failures = 0; ; failures += 1) {
    signal.throwIfAborted();
    try {
      const result = await attempt();
      if (failures > 0) log.info('slack reached again', { what, attempts: failures + 1 });
      return result;
    } catch (error) {
      if (!(error instanceof Retryable)) throw error;
      if (failures === 0) log.warn('slack not reached, trying on', { what, reason: reasonOf(error) });
      await sleep(error.retryAfterMs ?? Math.min(FIRST_MS * 2 ** failures, LONGEST_MS), undefined, { signal });
    }
  }
}
