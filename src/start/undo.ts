// Runs undo steps in reverse order. A step that fails does not stop the others.
import { reasonOf } from '../errors.ts';
import { type Logger, logFailure } from '../logger.ts';

export interface Undo {
  add(step: () => Promise<void> | void): void;
  /** Runs each step once. @throws the error of a step, or an AggregateError of several */
  run(): Promise<void>;
  /** Undoes a failed start and throws `error`. Errors of undo steps are only logged. */
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
