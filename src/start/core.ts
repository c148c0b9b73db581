// Builds the core for all other parts: the store, `act`, and the two queues.
import { gate } from '../agents/gate/gate.ts';
import { SESSION_SPECS } from '../agents/specs.ts';
import { CURSOR_SPEC } from '../inbox/cursors.ts';
import { IGNORED_SPEC } from '../inbox/ignored-mails.ts';
import { LEFT_OUT_SPEC } from '../inbox/left-out.ts';
import { laneSpecs } from '../lanes/item.ts';
import { makeQueue, type Queue } from '../lanes/queue.ts';
import { repeat } from '../lanes/repeat.ts';
import { LEASE_SPEC } from '../lanes/start-lease.ts';
import { steadyClock } from '../lanes/steady.ts';
import { type Act, type ActDeps, type ActRequest, makeAct } from '../log/act.ts';
import type { Reader } from '../log/action.ts';
import { LOG_SPECS } from '../log/fold.ts';
import { rebuildAll } from '../log/heal/rebuild-all.ts';
import { sweep } from '../log/heal/sweep.ts';
import { makeKeyedMutex } from '../log/keyed-mutex.ts';
import { makeReader } from '../log/read.ts';
import type { Logger } from '../logger.ts';
import { saveDeliveries, savingDeliveries } from '../outbox/save-deliveries.ts';
import { OUTBOX_SPECS } from '../outbox/specs.ts';
import { meaningWith } from '../pods/decide.ts';
import { deliveriesOf } from '../pods/deliveries.ts';
import { VIEW_SPECS } from '../pods/kinds.ts';
import { CHECK_SPEC } from '../store/check-store.ts';
import { openStore, type StoreSettings } from '../store/open.ts';
import { type Owner, takeOwner } from '../store/owner.ts';
import type { CollectionSpec, Store } from '../store/port.ts';
import { SECRET_SPEC } from '../store/secret.ts';
import { makeUndo, type Undo } from './undo.ts';

export const ALL_SPECS: readonly CollectionSpec[] = [
  ...VIEW_SPECS,
  ...LOG_SPECS,
  ...SESSION_SPECS,
  ...laneSpecs('inbox'),
  ...OUTBOX_SPECS,
  SECRET_SPEC,
  LEASE_SPEC,
  CURSOR_SPEC,
  IGNORED_SPEC,
  LEFT_OUT_SPEC,
  CHECK_SPEC,
];

export interface Core {
  store: Store;
  act: Act;
  read: Reader;
  inbox: Queue;
  outbox: Queue;
  /** The name of this process in leases. The next process that uses the data directory gets the same name. */
  owner: string;
  clock(): number;
  /** Skein's clock, for delays. It never goes back, so a wait does not get longer if the machine's clock is set back. */
  waiting(): number;
  /** Real time, for leases. It never goes back, and stays as it is if Skein's clock is moved. */
  wall(): number;
  /** Registers a function that is called when deliveries were added, so that the outbox worker looks at once. */
  onDeliveries(listener: () => void): void;
  /** Makes the outbox worker look at once. */
  poke(): void;
  /** Calls `listener` after every commit of this process. Returns a function that removes it. */
  onCommit(listener: (pod: string, seq: number) => void): () => void;
  rebuild(pod?: string): Promise<{ pod: string; commits: number }[]>;
  stop(): Promise<void>;
}

const SWEEP_MS = 2000;
const EMBEDDED: Owner = { id: 'embedded', release() {} };

export async function startCore(settings: StoreSettings, clock: () => number, logger: Logger): Promise<Core> {
  const undo = makeUndo(logger);
  try {
    return await joined(settings, clock, logger, undo);
  } catch (error) {
    return undo.afterFailure(error);
  }
}

async function joined(settings: StoreSettings, clock: () => number, logger: Logger, undo: Undo): Promise<Core> {
  let owner = EMBEDDED;
  // The owner's name is released last, because this process may use it until then.
  undo.add(() => owner.release());
  const store = await openStore(settings, ALL_SPECS, {
    begins: (postings) => logger.info('search index of an earlier version is made again', { postings }),
    ends: (postings) => logger.info('search index made again', { postings }),
  });
  undo.add(() => store.close());
  const waiting = steadyClock(clock);
  const inbox = makeQueue(store, 'inbox', waiting);
  const outbox = makeQueue(store, 'outbox', waiting);
  const mutex = makeKeyedMutex();
  let poke = () => {};
  const hearers = new Set<(pod: string, seq: number) => void>();
  const deps: ActDeps = {
    store,
    clock,
    ...meaningWith(gate),
    mutex,
    async deliver(deliveries) {
      await saveDeliveries(outbox, deliveriesOf({ deliveries: [...deliveries] }));
      poke();
    },
    async savingDeliveries(deliveries) {
      const { writes, written } = await savingDeliveries(outbox, deliveriesOf({ deliveries: [...deliveries] }));
      return { writes, written: () => written().finally(poke) };
    },
  };
  // Only one process uses an embedded store, so the name EMBEDDED is enough for it.
  if (store.kind !== 'embedded') owner = takeOwner(settings.dataDir);
  await Promise.all([inbox.free(owner.id), outbox.free(owner.id)]);
  // The first sweep includes commits that are dated in the future. Applying a commit twice is harmless.
  await sweep(deps, Number.MAX_SAFE_INTEGER);
  const sweeping = repeat(() => sweep(deps, waiting() - SWEEP_MS), { everyMs: SWEEP_MS, name: 'sweep', logger });
  undo.add(sweeping.stop);
  const act = makeAct(deps);
  return {
    store,
    act: async <R>(request: ActRequest) => {
      const outcome = await act<R>(request);
      const { commit, repeated } = outcome;
      if (commit && !repeated) for (const hearer of hearers) hearer(commit.pod, commit.seq);
      return outcome;
    },
    read: makeReader(store),
    inbox,
    outbox,
    owner: owner.id,
    clock,
    waiting,
    wall: steadyClock(Date.now),
    onDeliveries(listener) {
      poke = listener;
    },
    poke: () => poke(),
    onCommit(listener) {
      hearers.add(listener);
      return () => void hearers.delete(listener);
    },
    rebuild: (pod) => rebuildAll(deps, mutex, pod),
    stop: undo.run,
  };
}
