// One look at the clock: fires all that is due. Any process may look, any number of times: a thing fires once for a moment.
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

/** What a look has found: it holds until the moment it names, or until the pod has changed. */
interface Known {
  head: number | undefined;
  at: number;
  next: number;
}

/** Most looks cost one read for each pod that things of `things` depend on: they look again only when something may be due. */
export function makePoll({ things, act, read, clock, logger }: PollDeps): Look {
  const known = new Map<Due, Known>();

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
        logFailure(logger, 'warn', 'what is due not found', error, { what: thing.name });
      }
  };

  /** True where there was more than one look takes in. What failed is tried again with the next look. */
  async function fireAll(thing: Due, head: number | undefined, signal: AbortSignal): Promise<boolean> {
    const at = clock();
    const { due, next } = await thing.look(read, at);
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
    if (done) logger.info('what was due is done', { what: thing.name, done });
    if (failed.length) {
      known.delete(thing);
      const fields = { what: thing.name, failed: failed.length };
      logFailure(logger, 'warn', 'what is due failed', failed[0], fields);
      return false;
    }
    known.set(thing, { head, at, next });
    return next <= at && done > 0;
  }

  /** False: another process did it, or it is not due any more. */
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

/** A clock that was set back had told of a later moment. */
function holds(known: Known | undefined, head: number | undefined, now: number): boolean {
  return known !== undefined && known.head === head && now >= known.at && now < known.next;
}
