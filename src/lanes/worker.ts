// Works through lanes: leases those that are due, and has the items of each done.
import { logFailure } from '../logger.ts';
import { type ItemDeps, type ItemSettings, makeDrain } from './drain-lane.ts';
import { type Lane, leftLane } from './item.ts';
import { keepLease, release } from './lease.ts';
import { makeVigil } from './vigil.ts';

export interface WorkerDeps extends ItemDeps {
  /** The name of this process in leases. */
  owner: string;
  /** Real time for leases, in milliseconds; it is never set back. Skein's own clock may be moved. */
  wall(): number;
}

export interface WorkerSettings extends ItemSettings {
  /** The most lanes that this process works on at once. */
  parallel: number;
  leaseMs: number;
  pollMs: number;
}

export const WORKER: WorkerSettings = {
  parallel: 64,
  leaseMs: 15_000,
  pollMs: 500,
  mostAttempts: 12,
  patienceMs: 30 * 60_000,
};

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
  const drain = makeDrain(deps, settings);
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
        // Only lanes that were released. A lease that ended otherwise is noticed by `takeOver`.
        { by: `${deps.owner}/${++claims}`, now: 0, until: now + settings.leaseMs },
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
        const waitUntil = await drain(id, abort.signal, now === lane && lane.left);
        if (await release(queue.lanes, id, by, now.arrivals, waitUntil)) return;
        now = await queue.lanes.get(id);
      }
    } finally {
      lease.end();
    }
  }

  const isAbandoned = makeVigil<Lane>(settings.leaseMs);

  /** Frees lanes leased by a dead process: leases that are over, and those of a process whose clock was ahead. */
  async function takeOver(): Promise<void> {
    const now = deps.wall();
    const leased = (leaseUntil: { gt: number; lte?: number }) =>
      queue.lanes.find({ where: { state: 'ready', dueAt: { lte: deps.clock() }, leaseUntil }, limit: PAGE });
    const [over, ahead] = await Promise.all([leased({ gt: 0, lte: now }), leased({ gt: now + 2 * settings.leaseMs })]);
    const dead = [...over, ...ahead.filter((lane) => isAbandoned(lane, now))];
    for (const lane of dead) await queue.lanes.replace(leftLane(lane), lane.rev);
    if (dead.length) poke();
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
