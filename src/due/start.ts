// Repeats the look at the clock, by a timer, and on MongoDB also when agenda wakes it.
import { reasonOf } from '../errors.ts';
import { type Logger, logFailure } from '../logger.ts';

export type Look = (signal: AbortSignal) => Promise<void>;

export interface Timers {
  /** Makes every look run at once, because the clock was moved or something may be due. */
  poke(): void;
  /** As `poke`. Resolves when looks that began after the call are done. */
  look(): Promise<void>;
  stop(): Promise<void>;
}

export interface TimersOptions {
  logger: Logger;
  /** The time between two looks, in milliseconds. */
  everyMs?: number;
  /** Wakes one process of many at the right time. Absent: each process looks only by its timer. */
  wakeUp?: (wake: () => void) => Promise<{ stop(): Promise<void> }>;
}

const EVERY_MS = 30_000;
/** With a waker, the timer is slower by this factor. It is still needed if the waker fails. */
const SELDOM = 10;

/** Starts the looks. They run at the same time, so that a slow one does not delay the others. */
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
    async look() {
      poke();
      await Promise.all(turns.map((turn) => turn.done()));
    },
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
  const done = async () => {
    while (looking) await looking;
  };
  return { poke, done };
}
