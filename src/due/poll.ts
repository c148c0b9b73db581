// One look at the clock: does all acts that are due. It is idempotent, so any number of processes may look at any time.
import { Conflict, NotFound } from '../errors.ts';
import type { Act } from '../log/act.ts';
import type { Reader } from '../log/action.ts';
import { type Logger, logFailure } from '../logger.ts';
import type { Due, Firing } from '../pods/due.ts';
import type { Look } from './start.ts';

export interface PollDeps {
  things: readonly Due[];
  act: Act;
  read: Reader;
  clock(): number;
  logger: Logger;
}

/** The result of a look. It is valid until the time in `next`, or until its pod changes. */
interface Known {
  head: number | undefined;
  at: number;
  next: number;
}

/**
 * Returns a look, which reads the head of each pod in `things`. It looks for due acts only if that pod has changed, or
 * if the known time has come.
 */
export function makePoll({ things, act, read, clock, logger }: PollDeps): Look {
  const known = new Map<Due, Known>();
  const looks = new Map(things.map((thing) => [thing, thing.watch?.() ?? thing.look]));

  return async (signal) => {
    const heads = new Map<string, Promise<number>>();
    const headOf = (pod: string) => {
      const head = heads.get(pod) ?? read.head(pod);
      heads.set(pod, head);
      return head;
    };
    for (const thing of things)
      try {
        for (let more = true; more && !signal.aborted; ) {
          const head = thing.pod === undefined ? undefined : await headOf(thing.pod);
          more = holds(known.get(thing), head, clock()) ? false : await fireAll(thing, head, signal);
        }
      } catch (error) {
        known.delete(thing);
        logFailure(logger, 'warn', 'due acts not found', error, { what: thing.name });
      }
  };

  /**
   * Does the due acts. Returns true if there are more than one look returns. A failed act is tried again at the next
   * look.
   */
  async function fireAll(thing: Due, head: number | undefined, signal: AbortSignal): Promise<boolean> {
    const at = clock();
    const { due, next } = await (looks.get(thing) ?? thing.look)(read, at);
    let done = 0;
    const failed: unknown[] = [];
    for (const firing of due) {
      if (signal.aborted) return false;
      await fire(firing).then(
        (fired) => {
          done += fired ? 1 : 0;
        },
        (error: unknown) => failed.push(error),
      );
    }
    if (done) logger.info('due acts done', { what: thing.name, done });
    if (failed.length) {
      known.delete(thing);
      const fields = { what: thing.name, failed: failed.length };
      logFailure(logger, 'warn', 'due acts failed', failed[0], fields);
      return false;
    }
    known.set(thing, { head, at, next });
    return next <= at && done > 0;
  }

  /** Does one act. Returns false if another process did it, or if it is no longer due. */
  async function fire({ via = 'skein', ...firing }: Firing): Promise<boolean> {
    try {
      const { repeated } = await act({ ...firing, actor: 'skein', via });
      return !repeated;
    } catch (error) {
      if (error instanceof Conflict || error instanceof NotFound) return false;
      throw error;
    }
  }
}

/**
 * True if the known result is still valid. It is not if the clock was set back, because it was computed for a later
 * moment.
 */
function holds(known: Known | undefined, head: number | undefined, now: number): boolean {
  return known !== undefined && known.head === head && now >= known.at && now < known.next;
}
