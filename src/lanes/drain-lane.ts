// Does the items of a lane in order: retries with backoff, and sets failed items aside with the reason.
import { Killed, NotYet, Retryable, reasonOf, UserFacingError } from '../errors.ts';
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
  /** Returns how far the item has got, as text. Asked after its process died. Absent: it gets no further before it is done. */
  progress?(item: Item): Promise<string>;
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
/**
 * An item whose process died so often in a row, while it got no further, is done while no other such item is: items that
 * happened to be in flight then get through, and only the one that kills is counted on.
 */
const ALONE_AFTER = 3;
/** After so many deaths it is set aside. A restart or two do not matter, and a stop on request is never counted. */
const MOST_DEATHS = 5;
/** If the report itself kills the process so often, the item is set aside without one. */
const MOST_DEADLY_REPORTS = 2;
/** How long an item waits while another one is done alone, in milliseconds. */
const ALONE_MS = 1000;
const PAGE = 50;

/** Returns a function that does what waits in a lane. */
export function makeDrain(
  deps: ItemDeps,
  settings: ItemSettings,
): (lane: string, signal: AbortSignal, left?: boolean) => Promise<number | undefined> {
  const { queue } = deps;
  let alone = false;
  return drain;

  /**
   * Does the waiting items in order. Returns the time at which the lane must be looked at again; undefined if it is
   * empty. `left`: the process that did these last died, or lost the lane.
   */
  async function drain(lane: string, signal: AbortSignal, left = false): Promise<number | undefined> {
    let died = left;
    for (;;) {
      const page = await queue.items.find({
        where: { lane, state: 'waiting' },
        sort: [['n', 'asc']],
        limit: PAGE,
      });
      for (const found of page) {
        if (signal.aborted) return deps.clock();
        if (!isDue(found, deps.clock())) return found.dueAt;
        const item = died ? await countDeath(found) : found;
        died = false;
        if (!item) return deps.clock();
        const waitUntil = (await isOutdone(item)) ? await done(item) : await carefully(item, signal);
        if (waitUntil !== undefined) return waitUntil;
      }
      if (page.length < PAGE) return undefined;
    }
  }

  /** Returns the item with the death counted; undefined if another process changed the item meanwhile. */
  async function countDeath(item: Item): Promise<Item | undefined> {
    const mark = (await deps.progress?.(item)) ?? '';
    const times = item.died?.mark === mark ? item.died.times + 1 : 1;
    const counted = { ...item, died: { times, mark } };
    return (await queue.items.replace(counted, item.rev)) ? { ...counted, rev: item.rev + 1 } : undefined;
  }

  /** Attempts the item, unless it kills every process that does so. */
  async function carefully(item: Item, signal: AbortSignal): Promise<number | undefined> {
    const times = item.died?.times ?? 0;
    if (times < ALONE_AFTER) return attempt(item, signal);
    if (times >= MOST_DEATHS) return putBack(item, new Killed(MOST_DEATHS));
    if (alone) return deps.clock() + ALONE_MS;
    alone = true;
    try {
      return await attempt(item, signal);
    } finally {
      alone = false;
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
    return (await settled(survived(item), { dueAt, reason, ...(seen === undefined ? {} : { seen }) }))
      ? dueAt
      : deps.clock();
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
      const unsaid = isDeadlyToReport(item) ? undefined : await report(item, () => deps.onAside?.(item, error));
      if (!(unsaid instanceof Retryable && attempts < MOST_REPORTS * settings.mostAttempts)) {
        if (!(await settled(item, { state: 'aside', attempts, reason }))) return deps.clock();
        logFailure(deps.logger, 'warn', 'set aside', error, fields);
        return undefined;
      }
    }
    const asked = error instanceof Retryable ? error.retryAfterMs : undefined;
    const waitMs = Math.min(asked ?? backoff(attempts, deps.random()), LONGEST_WAIT_MS);
    const dueAt = deps.clock() + waitMs;
    if (!(await settled(error instanceof Killed ? item : survived(item), { attempts, dueAt, reason })))
      return deps.clock();
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
    return error instanceof UserFacingError || error instanceof Killed ? 0 : MOST_BUGS;
  }

  function isPatient({ at }: Item, error: unknown): boolean {
    return error instanceof Retryable && deps.clock() - at < Math.max(settings.patienceMs, error.patienceMs ?? 0);
  }
}

/** Returns the item without its count of deaths: an attempt has ended, and the process lives. */
function survived({ died: _died, ...item }: Item): Item {
  return item;
}

function isDeadlyToReport({ died }: Item): boolean {
  return (died?.times ?? 0) > MOST_DEATHS + MOST_DEADLY_REPORTS;
}
