// Repeats a piece of work at an interval. Rounds never overlap, and none begins after a stop.
import { type Logger, logFailure } from '../logger.ts';

/** Starts repeating `work` every `everyMs` milliseconds. `stop` waits for the running round. */
export function repeat(
  work: () => Promise<unknown>,
  { everyMs, name, logger }: { everyMs: number; name: string; logger: Logger },
): { stop(): Promise<void> } {
  let working: Promise<void> | undefined;
  const timer = setInterval(() => {
    working ??= work()
      .then(
        () => undefined,
        (error: unknown) => logFailure(logger, 'warn', `${name} failed`, error),
      )
      .finally(() => {
        working = undefined;
      });
  }, everyMs);
  return {
    async stop() {
      clearInterval(timer);
      await working;
    },
  };
}
