// Repeats an attempt at the start while Slack is down, with growing pauses, and logs regularly which attempt fails.
import { setTimeout as sleep } from 'node:timers/promises';
import { Retryable, reasonOf } from '../../errors.ts';
import type { Logger } from '../../logger.ts';

export interface Patience {
  logger: Logger;
  signal: AbortSignal;
  /** The attempt's name, which the logger shows. */
  what: string;
  /** The server's URL, which the logger shows. Absent for Slack itself. */
  at?: string | undefined;
  /** The time until the failure is logged again. The interval then doubles. */
  logAfterMs?: number;
}

const FIRST_MS = 250;
const LONGEST_MS = 15_000;
const LOG_MS = 5_000;
const SELDOM_MS = 300_000;

/** Runs `attempt` until it succeeds or throws an error other than Retryable. Rejects at once when the signal aborts. */
export async function patiently<T>(patience: Patience, attempt: () => Promise<T>): Promise<T> {
  const { logger, signal, what } = patience;
  const herald = makeHerald(patience);
  try {
    for (let failures = 0; ; failures += 1) {
      signal.throwIfAborted();
      try {
        const result = await orAborted(attempt(), signal);
        if (failures > 0) logger.info('slack reached again', { what, attempts: failures + 1 });
        return result;
      } catch (error) {
        if (!(error instanceof Retryable) || signal.aborted) throw error;
        const waitMs = error.retryAfterMs ?? Math.min(FIRST_MS * 2 ** failures, LONGEST_MS);
        herald.failed(error, waitMs);
        await sleep(waitMs, undefined, { signal });
      }
    }
  } finally {
    herald.end();
  }
}

/**
 * Returns a function that logs failures: the first at once, then the newest at growing intervals, even while an attempt
 * hangs.
 */
function makeHerald({ logger, what, at = 'https://slack.com/api/', logAfterMs = LOG_MS }: Patience) {
  const begun = performance.now();
  let known: Record<string, string | number> | undefined;
  const report = () =>
    logger.warn('slack not reached, trying again', {
      ...{ what, at: hostOf(at), waitedSeconds: Math.round((performance.now() - begun) / 1000) },
      ...(known ?? { reason: 'There is no answer yet.' }),
    });
  let every = logAfterMs;
  const next = () =>
    setTimeout(() => {
      report();
      every = Math.min(every * 2, SELDOM_MS);
      timer = next();
    }, every).unref();
  let timer = next();
  return {
    failed(error: Retryable, waitMs: number) {
      const first = !known;
      const code = codeIn(error);
      known = { reason: reasonOf(error), ...(code ? { code } : {}), againInSeconds: Math.ceil(waitMs / 1000) };
      if (first) report();
    },
    end: () => clearTimeout(timer),
  };
}

/** Returns a code such as ECONNREFUSED or ENOTFOUND, which is nested in the client's error. */
function codeIn(error: unknown): string | undefined {
  for (let depth = 0, one = error; depth < 8 && one instanceof Error; depth++) {
    if ('code' in one && typeof one.code === 'string' && /^E[A-Z_]+$/.test(one.code)) return one.code;
    one = 'original' in one && one.original instanceof Error ? one.original : one.cause;
  }
  return undefined;
}

/** Returns the URL without path and query, which may contain a secret. */
function hostOf(at: string): string {
  return URL.canParse(at) ? new URL(at).host : at;
}

function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
