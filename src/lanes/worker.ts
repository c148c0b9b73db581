// Works through lanes: leases a lane, does its items in order, retries with backoff, and sets failed items aside with
// the reason.
import { NotYet, Retryable, reasonOf, UserFacingError } from '../errors.ts';
import { type Logger, logFailure } from '../logger.ts';
import { backoff, type Item, isDue, type Lane, LONGEST_WAIT_MS } from './item.ts';
import { keepLease, release } from './lease.ts';
import type { Queue } from './queue.ts';
import { makeVigil } from './vigil.ts';

export interface WorkerDeps {
  queue: Queue;
  /** The name of the queue in the logger: `inbox` or `outbox`. */
  name: string;
  /** The name of this process in leases. */
  owner: string;
  clock(): number;
  /** Real time for leases, in milliseconds; it is never set back. Skein's own clock may be moved. */
  wall(): number;
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

export interface WorkerSettings {
  /** The most lanes that this process works on at once. */
  parallel: number;
  leaseMs: number;
  pollMs: number;
  mostAttempts: number;
  /**
   * For at least this long, in milliseconds, an item with Retryable failures is tried again, however many attempts it
   * takes: services may ask for short waits.
   */
  patienceMs: number;
}

export const WORKER: WorkerSettings = {
  parallel: 64,
  leaseMs: 15_000,
  pollMs: 500,
  mostAttempts: 12,
  patienceMs: 30 * 60_000,
};

/** The most attempts after a bug. A bug that happens three times in a row will happen again. */
const MOST_BUGS = 3;
/** An item whose report can't be made is tried again until it had this many times the usual attempts. */
const MOST_REPORTS = 2;
const PAGE = 50;

interface Working {
  id: string;
  done: Promise<void>;
  abort: AbortController;
}

export interface Worker {
  /** Makes the worker look for due lanes at once, not at the next poll. */
  poke(): void;
  /** Takes no more work and waits for the running items. Unfinished items are done after the next start. */
  stop(): Promise<void>;
  /** True if nothing is due and nothing is being done. */
  quiet(): Promise<boolean>;
}

/** Starts a worker. `leased` returns the resources that this process has leased at the moment. */
export function startWorker(
  deps: WorkerDeps,
  leased: () => readonly string[],
  settings: WorkerSettings = WORKER,
): Worker {
  const { queue } = deps;
  /** The lanes that this process has leased, by the name of each lease. */
  const working = new Map<string, Working>();
  let claims = 0;
  let filling: Promise<void> | undefined;
  let again = false;
  let stopped = false;

  function poke(): void {
    again = true;
    if (!stopped)
      filling ??= fill().finally(() => {
        filling = undefined;
        if (again) poke();
      });
  }

  /** Leases due lanes until there are none left, or this process works on as many as it may. */
  async function fill(): Promise<void> {
    while (again && !stopped) {
      again = false;
      while (working.size < settings.parallel && !stopped) {
        const lane = await claim();
        if (!lane) break;
        begin(lane);
      }
    }
  }

  const due = () => ({ state: 'ready', resource: { in: ['any', ...leased()] }, dueAt: { lte: deps.clock() } }) as const;

  async function claim(): Promise<Lane | undefined> {
    const now = deps.wall();
    try {
      return await queue.lanes.claim(
        { where: due(), sort: [['dueAt', 'asc']] },
        { by: `${deps.owner}/${++claims}`, now, until: now + settings.leaseMs },
      );
    } catch (error) {
      logFailure(deps.logger, 'warn', 'lane not claimed', error, { queue: deps.name });
      return undefined;
    }
  }

  function begin(lane: Lane): void {
    const abort = new AbortController();
    if (stopped) abort.abort();
    // This process may have lost a lease of the same lane before. The old work on the lane must end first.
    const before = [...working.values()].filter(({ id }) => id === lane.id).map(({ done }) => done);
    const done = Promise.all(before)
      .then(() => work(lane, abort))
      .catch((error: unknown) =>
        logFailure(deps.logger, 'warn', 'lane failed', error, { queue: deps.name, lane: lane.id }),
      )
      .finally(() => {
        working.delete(lane.leaseBy);
        poke();
      });
    working.set(lane.leaseBy, { id: lane.id, done, abort });
  }

  /** Does the items of one lane until it is empty or has to wait. */
  async function work(lane: Lane, abort: AbortController): Promise<void> {
    const { id, leaseBy: by } = lane;
    const lease = keepLease(queue.lanes, lane, { by, leaseMs: settings.leaseMs, wall: deps.wall }, () => abort.abort());
    try {
      // The first round uses the lane as it was when it was leased. If items arrived since, its `arrivals` has changed,
      // and the lane is looked at again.
      for (let now: Lane | undefined = deps.wall() < lane.leaseUntil ? lane : await queue.lanes.get(id); ; ) {
        if (now?.leaseBy !== by) return;
        const waitUntil = await drain(id, abort.signal);
        if (await release(queue.lanes, id, by, now.arrivals, waitUntil)) return;
        now = await queue.lanes.get(id);
      }
    } finally {
      lease.end();
    }
  }

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

  async function postpone(item: Item, { message: reason, waitMs }: NotYet): Promise<number> {
    const dueAt = deps.clock() + Math.min(waitMs, LONGEST_WAIT_MS);
    return (await settled(item, { dueAt, reason })) ? dueAt : deps.clock();
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
  const settled = (item: Item, next: Partial<Item>) => queue.items.replace({ ...item, ...next }, item.rev);

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

  const isAbandoned = makeVigil<Lane>(settings.leaseMs);

  /** Takes over lanes leased by a dead process whose clock was ahead. */
  async function takeOver(): Promise<void> {
    const now = deps.wall();
    const where = {
      state: 'ready',
      dueAt: { lte: deps.clock() },
      leaseUntil: { gt: now + 2 * settings.leaseMs },
    } as const;
    for (const lane of await queue.lanes.find({ where, limit: PAGE }))
      if (isAbandoned(lane, now)) await queue.lanes.replace({ ...lane, leaseBy: '', leaseUntil: 0 }, lane.rev);
  }

  let beats = 0;
  let rescuing: Promise<void> | undefined;
  const timer = setInterval(() => {
    poke();
    if (beats++ % 10 === 0)
      rescuing ??= queue
        .rescue(deps.clock() - 4 * settings.pollMs)
        .then(takeOver)
        .catch((error: unknown) => logFailure(deps.logger, 'warn', 'rescue failed', error, { queue: deps.name }))
        .finally(() => {
          rescuing = undefined;
        });
  }, settings.pollMs);
  poke();

  return {
    poke,
    async stop() {
      stopped = true;
      clearInterval(timer);
      await Promise.all([filling, rescuing]);
      for (const { abort } of working.values()) abort.abort();
      await Promise.all([...working.values()].map(({ done }) => done));
    },
    async quiet() {
      return working.size === 0 && !filling && (await queue.lanes.find({ where: due(), limit: 1 })).length === 0;
    },
  };
}
