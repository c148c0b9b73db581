// Looks at the clock again and again: by agenda where there is MongoDB, by itself always.
import { reasonOf } from '../errors.ts';
import { logFailure } from '../logger.ts';
import { makeTick, type TickDeps } from './tick.ts';

export interface Timers {
  /** The clock was moved, or something may be due: looks at once. */
  poke(): void;
  stop(): Promise<void>;
}

export interface TimersDeps extends TickDeps {
  /** Between two looks, in milliseconds. */
  everyMs?: number;
  /** Wakes one of many processes in time; without it each looks for itself. */
  wakeUp?: (wake: () => void) => Promise<{ stop(): Promise<void> }>;
}

const EVERY_MS = 30_000;
/** Where another process is woken instead, this one looks less often, in case nobody is woken. */
const SELDOM = 10;

export async function startTimers({ wakeUp, everyMs = EVERY_MS, log, ...deps }: TimersDeps): Promise<Timers> {
  const tick = makeTick({ ...deps, log });
  const ending = new AbortController();
  let ticking: Promise<void> | undefined;
  let again = false;

  /** One look at a time; who comes meanwhile makes it look once more. */
  const poke = () => {
    again = true;
    ticking ??= looking().finally(() => {
      ticking = undefined;
      if (again && !ending.signal.aborted) poke();
    });
  };
  const looking = async () => {
    again = false;
    if (ending.signal.aborted) return;
    await tick(ending.signal).catch((error: unknown) => logFailure(log, 'warn', 'tick failed', error));
  };

  const waker = await wakeUp?.(poke).catch((error: unknown) => {
    log.warn('agenda does not start; this process looks at the clock by itself', { reason: reasonOf(error) });
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
      await ticking;
    },
  };
}
