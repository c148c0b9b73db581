// Does the items of a lane in order: retries with backoff, and sets failed items aside with the reason.
import { NotYet, Retryable, reasonOf, UserFacingError } from '../errors.ts';
import { type Logger, logFailure } from '../logger.ts';
import { backoff, type Item, isDue, LONGEST_WAIT_MS } from './item.ts';
import type { Queue } from './queue.ts';

export interface ItemDeps {
  queue: Queue;
  /** The name of the queue in the logger: `inbox` or `outbox`. */
  name: string;
  clock(): number;
  random(): number;
  logger: Logger;
  /**
   * Does one item. After a crash the same item is given again. If it throws NotYet, the item waits; Retryable: it is
   * tried again; UserFacingError: it is set aside at once; any other error is a bug: it is set aside after a few
   * attempts. `signal` aborts when the lease is lost or the worker stops.
   */
  handle(item: Item, signal: AbortSignal): Promise<void>;
  /**
   * Called before an item is set aside, to report it. After a crash the item is given again, and this may be called
   * again. If it throws Retryable, the item is tried again as a whole; any other error is only logged.
   */
  onAside?(item: Item, error: unknown): Promise<void>;
  /** Called before each wait for another attempt. */
  onRetry?(item: Item, error: unknown, waitMs: number): Promise<void>;
}

export interface ItemSettings {
  mostAttempts: number;
  /**
   * For at least this long, in milliseconds, an item with Retryable failures is tried again, however many attempts it
   * takes: services may ask for short waits.
   */
  patienceMs: number;
}

/** The most attempts after a bug. A bug that happens three times in a row will happen again. */
const MOST_BUGS = 3;
/** An item whose report can't be made is tried again until it had this many times the usual attempts. */
const MOST_REPORTS = 2;
const PAGE = 50;

/** Returns a function that does what waits in a lane. */
export function makeDrain(
  deps: ItemDeps,
  settings: ItemSettings,
): (lane: string, signal: AbortSignal) => Promise<number | undefined> {
  const { queue } = deps;
  return drain;

  /**
   * Does the waiting items in order. Returns the time at which the lane must be looked at again; undefined if it is
   * empty.
   */
  async function drain(lane: string, signal: AbortSignal): Promise<number | undefined> {
    for (;;) {
      const page = await queue.items.find({
        where: { lane, state: 'waiting' },
        sort: [['n', 'asc']],
        limit: PAGE,
      });
      for (const item of page) {
        if (signal.aborted) return deps.clock();
        if (!isDue(item, deps.clock())) return item.dueAt;
        const waitUntil = (await isOutdone(item)) ? await done(item) : await attempt(item, signal);
        if (waitUntil !== undefined) return waitUntil;
      }
      if (page.length < PAGE) return undefined;
    }
  }

  async function attempt(item: Item, signal: AbortSignal): Promise<number | undefined> {
    try {
      await deps.handle(item, signal);
    } catch (error) {
      if (signal.aborted) return deps.clock();
      return isPlanned(item, error) ? postpone(item, error) : putBack(item, error);
    }
    return done(item);
  }

  /** True if the item threw NotYet while that is still plausible. Later, NotYet counts as a bug. */
  function isPlanned({ at }: Item, error: unknown): error is NotYet {
    return error instanceof NotYet && deps.clock() - at < settings.patienceMs;
  }

  async function postpone(item: Item, { message: reason, waitMs, seen }: NotYet): Promise<number> {
    const dueAt = deps.clock() + Math.min(waitMs, LONGEST_WAIT_MS);
    return (await settled(item, { dueAt, reason, ...(seen === undefined ? {} : { seen }) })) ? dueAt : deps.clock();
  }

  async function done(item: Item): Promise<number | undefined> {
    return (await settled(item, { state: 'done', payload: '' })) ? undefined : deps.clock();
  }

  /** True if a later item with the same `about` waits. Doing the later one is enough for both. */
  async function isOutdone({ lane, about, n }: Item): Promise<boolean> {
    if (!about) return false;
    const where = { lane, about, state: 'waiting', n: { gt: n } } as const;
    return (await queue.items.find({ where, limit: 1 })).length > 0;
  }

  /**
   * Writes an item's new state. Returns false if another process changed the item meanwhile; the lane is then looked at
   * again from its first item.
   */
  function settled(item: Item, next: Partial<Item>): Promise<boolean> {
    return queue.items.replace({ ...item, ...next }, item.rev);
  }

  async function putBack(item: Item, error: unknown): Promise<number | undefined> {
    const attempts = item.attempts + 1;
    const reason = reasonOf(error).slice(0, 1000);
    const fields = { queue: deps.name, item: item.id, kind: item.kind, attempts };
    if (attempts >= mostAttempts(error) && !isPatient(item, error)) {
      // The report comes first: nobody would make it later for an item that a crash left set aside.
      const unsaid = await report(item, () => deps.onAside?.(item, error));
      if (!(unsaid instanceof Retryable && attempts < MOST_REPORTS * settings.mostAttempts)) {
        if (!(await settled(item, { state: 'aside', attempts, reason }))) return deps.clock();
        logFailure(deps.logger, 'warn', 'set aside', error, fields);
        return undefined;
      }
    }
    const asked = error instanceof Retryable ? error.retryAfterMs : undefined;
    const waitMs = Math.min(asked ?? backoff(attempts, deps.random()), LONGEST_WAIT_MS);
    const dueAt = deps.clock() + waitMs;
    if (!(await settled(item, { attempts, dueAt, reason }))) return deps.clock();
    logFailure(deps.logger, 'info', 'tried again later', error, { ...fields, waitMs });
    await report(item, () => deps.onRetry?.(item, error, waitMs));
    return dueAt;
  }

  /** Calls a hook. Logs and returns its failure, so that the failure does not stop the lane. */
  async function report(item: Item, hook: () => Promise<void> | undefined): Promise<unknown> {
    try {
      await hook();
      return undefined;
    } catch (error) {
      logFailure(deps.logger, 'warn', 'failure not reported', error, { queue: deps.name, item: item.id });
      return error;
    }
  }

  function mostAttempts(error: unknown): number {
    if (error instanceof Retryable) return settings.mostAttempts;
    return error instanceof UserFacingError ? 0 : MOST_BUGS;
  }

  function isPatient({ at }: Item, error: unknown): boolean {
    return error instanceof Retryable && deps.clock() - at < Math.max(settings.patienceMs, error.patienceMs ?? 0);
  }
}
