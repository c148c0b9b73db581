// What was started is stopped again, in reverse: every step has its turn, whatever became of the others.
import { reasonOf } from '../errors.ts';
import { type Logger, logFailure } from '../logger.ts';

export interface Undo {
  add(step: () => Promise<void> | void): void;
  /** Each step once. @throws what the one step threw, or all of it together */
  run(): Promise<void>;
  /** After a start that failed: why it failed is what the caller hears, and what else fails only the log. */
  afterFailure(error: unknown): Promise<never>;
}

export function makeUndo(logger: Logger): Undo {
  const steps: (() => Promise<void> | void)[] = [];

  async function run(): Promise<void> {
    const failed: unknown[] = [];
    for (let step = steps.pop(); step; step = steps.pop()) {
      try {
        await step();
      } catch (error) {
        failed.push(error);
      }
    }
    if (failed.length > 1) throw new AggregateError(failed, failed.map(reasonOf).join(' '));
    if (failed.length) throw failed[0];
  }

  return {
    add: (step) => void steps.push(step),
    run,
    async afterFailure(error) {
      await run().catch((second: unknown) => logFailure(logger, 'warn', 'not all was stopped', second));
      throw error;
    },
  };
}
