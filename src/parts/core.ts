// The core every other part stands on: the store, the one act, and the two queues.
import { hostname } from 'node:os';
import { SESSION_SPECS } from '../agents/session.ts';
import { laneSpecs } from '../lanes/item.ts';
import { makeQueue, type Queue } from '../lanes/queue.ts';
import type { Log } from '../log.ts';
import { LEASE_SPEC } from '../outbox/app-lease.ts';
import { itemOf } from '../outbox/lane-of.ts';
import { type Act, type ActDeps, makeAct, sweep } from '../pods/act.ts';
import type { Reader } from '../pods/action.ts';
import { ACTIONS } from '../pods/actions.ts';
import type { Commit } from '../pods/commit.ts';
import { rebuild } from '../pods/fold.ts';
import { randomId } from '../pods/ids.ts';
import { makeReader } from '../pods/read.ts';
import { makeTurns, type Turns } from '../pods/turns.ts';
import { LOG_SPECS, VIEW_SPECS } from '../pods/views.ts';
import { openStore, type StoreSettings } from '../store/open.ts';
import type { CollectionSpec, Store } from '../store/port.ts';

export const ALL_SPECS: readonly CollectionSpec[] = [
  ...VIEW_SPECS,
  ...LOG_SPECS,
  ...SESSION_SPECS,
  ...laneSpecs('inbox'),
  ...laneSpecs('outbox'),
  { name: 'sending', kind: 'journal', indexes: [] },
  LEASE_SPEC,
];

export interface Core {
  store: Store;
  act: Act;
  read: Reader;
  inbox: Queue;
  outbox: Queue;
  /** This process, in leases. */
  owner: string;
  clock(): number;
  /** Called when deliveries were added: the outbox worker looks at once. */
  onDeliveries(listener: () => void): void;
  rebuild(pod?: string): Promise<{ pod: string; commits: number }[]>;
  stop(): Promise<void>;
}

const SWEEP_MS = 2000;

export async function startCore(settings: StoreSettings, clock: () => number, log: Log): Promise<Core> {
  const store = await openStore(settings, ALL_SPECS);
  const inbox = makeQueue(store, 'inbox', clock);
  const outbox = makeQueue(store, 'outbox', clock);
  const turns = makeTurns();
  let poke = () => {};
  const deps: ActDeps = {
    store,
    clock,
    actions: ACTIONS,
    turns,
    async deliver(deliveries) {
      const items = deliveries.map(itemOf);
      await outbox.save(items);
      await outbox.ready(items);
      poke();
    },
  };
  if (store.kind === 'embedded') await Promise.all([inbox.free(), outbox.free()]);
  await sweep(deps, clock());
  const timer = setInterval(() => {
    sweep(deps, clock() - SWEEP_MS).catch((error: unknown) => log.error('sweep failed', { reason: String(error) }));
  }, SWEEP_MS);
  return {
    store,
    act: makeAct(deps),
    read: makeReader(store),
    inbox,
    outbox,
    // One process has an embedded store for itself: what its predecessor held is its own.
    owner: store.kind === 'embedded' ? 'embedded' : `${hostname()}:${randomId('p')}`,
    clock,
    onDeliveries(listener) {
      poke = listener;
    },
    rebuild: (pod) => rebuildAll(store, turns, pod),
    async stop() {
      clearInterval(timer);
      await store.close();
    },
  };
}

async function rebuildAll(
  store: Store,
  turns: Turns,
  pod: string | undefined,
): Promise<{ pod: string; commits: number }[]> {
  const done: { pod: string; commits: number }[] = [];
  for (const one of pod ? [pod] : await podsOnLog(store))
    done.push({ pod: one, commits: await turns(one, () => rebuild(store, one)) });
  return done;
}

/** Every pod has a first commit: the log knows them all, whatever the views say. */
async function podsOnLog(store: Store): Promise<string[]> {
  const firsts = await store.collection<Commit>('commits').find({ where: { seq: 1 }, sort: [['pod', 'asc']] });
  return firsts.map((commit) => commit.pod);
}
