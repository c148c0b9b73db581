// Repeats a task at an interval: never twice at once, and never after a stop.
import { type Logger, logFailure } from '../logger.ts';

/** `stop` waits for the round that is running. */
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
