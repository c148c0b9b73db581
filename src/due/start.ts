// Looks at the clock again and again: by agenda where there is MongoDB, by itself always.
import { reasonOf } from '../errors.ts';
import { type Logger, logFailure } from '../logger.ts';

/** One look at the clock. */
export type Look = (signal: AbortSignal) => Promise<void>;

export interface Timers {
  /** The clock was moved, or something may be due: looks at once. */
  poke(): void;
  stop(): Promise<void>;
}

export interface TimersOptions {
  logger: Logger;
  /** Between two looks, in milliseconds. */
  everyMs?: number;
  /** Wakes one of many processes in time; without it each looks for itself. */
  wakeUp?: (wake: () => void) => Promise<{ stop(): Promise<void> }>;
}

const EVERY_MS = 30_000;
/** Where another process is woken instead, this one looks less often, in case nobody is woken. */
const SELDOM = 10;

/** The looks go on beside each other: what takes long in one holds up none of the others. */
export async function startTimers(
  looks: readonly Look[],
  { logger, wakeUp, everyMs = EVERY_MS }: TimersOptions,
): Promise<Timers> {
  const ending = new AbortController();
  const turns = looks.map((look) => inTurn(look, ending.signal, logger));
  const poke = () => {
    for (const turn of turns) turn.poke();
  };
  const waker = await wakeUp?.(poke).catch((error: unknown) => {
    logger.warn('agenda does not start; this process looks at the clock by itself', { reason: reasonOf(error) });
    return undefined;
  });
  const timer = setInterval(poke, waker ? everyMs * SELDOM : everyMs);
  timer.unref();
  poke();
  return {
    poke,
    async stop() {
      clearInterval(timer);
      ending.abort();
      await waker?.stop();
      await Promise.all(turns.map((turn) => turn.done()));
    },
  };
}

/** Runs one look at a time. A poke during a look causes one more look after it. */
function inTurn(look: Look, signal: AbortSignal, logger: Logger): { poke(): void; done(): Promise<void> } {
  let looking: Promise<void> | undefined;
  let again = false;
  const poke = () => {
    again = true;
    looking ??= once().finally(() => {
      looking = undefined;
      if (again && !signal.aborted) poke();
    });
  };
  const once = async () => {
    again = false;
    if (!signal.aborted)
      await look(signal).catch((error: unknown) => logFailure(logger, 'warn', 'look at the clock failed', error));
  };
  return { poke, done: async () => looking };
}
