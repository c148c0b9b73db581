// The stored part of a queue: its items, and its lanes, each with the time at which it is due.
import type { Collection, Doc, Query, Store } from '../store/port.ts';
import { type Item, isDue, type Lane, LONGEST_WAIT_MS } from './item.ts';

export interface NewItem {
  id: string;
  lane: string;
  kind: string;
  payload: unknown;
  /** If a later item of the lane has the same `about`, only the later one is done. */
  about?: string;
  /** The item is not tried before this time, in milliseconds since 1970. Absent: it is due at once. */
  dueAt?: number;
  resource?: string;
  /** The position in the lane, as sortable text. Absent: items are done in the order of arrival. */
  order?: string;
  /** Set if the item is stored as done, only so that a repeat of its id is recognised. */
  done?: true;
}

export type Due = Pick<NewItem, 'lane' | 'dueAt' | 'resource'>;

export interface Queue {
  items: Collection<Item>;
  lanes: Collection<Lane>;
  /** Saves items. Returns for each item true if it is new. */
  save(items: readonly NewItem[]): Promise<boolean[]>;
  /**
   * Makes lanes ready, now or at the time at which they are due. Returns the lanes that were ready before: older items
   * may wait in them.
   */
  ready(due: readonly Due[]): Promise<ReadonlySet<string>>;
  /**
   * Moves an item that was set aside back into its lane, or makes a waiting one due now. Returns false if there is no
   * such item.
   */
  retry(id: string): Promise<boolean>;
  /** Makes the first waiting item of the lane due now. */
  hasten(lane: string): Promise<void>;
  /** Makes lanes ready in which a crash left saved items, or which would wait too long because the clock was set back. */
  rescue(olderThan: number): Promise<void>;
  /**
   * Removes items that were done before this time, and lanes that are idle since then. A later repeat of such an item
   * would count as new.
   */
  prune(olderThan: number): Promise<void>;
  /** Ends all leases of this owner. Called at the start, because any lease with this name belongs to a dead process. */
  free(owner: string): Promise<void>;
}

const PAGE = 200;
/**
 * The largest difference between the clocks of two processes, in milliseconds. An item that is dated further ahead is
 * due now.
 */
const SKEW_MS = 1000;

export function makeQueue(store: Store, name: string, clock: () => number): Queue {
  const items = store.collection<Item>(name);
  const lanes = store.collection<Lane>(`${name}Lanes`);
  let counter = 0;
  let latest: number | undefined;

  /**
   * Returns the time for new items. It is never before that of an item that waits already, even if the clock was set
   * back.
   */
  async function orderTime(): Promise<number> {
    if (latest === undefined) {
      const [newest] = await items.find({ where: { state: 'waiting' }, sort: [['at', 'desc']], limit: 1 });
      // Later than every item that another process saved within that millisecond.
      latest = newest ? newest.at + 1 : 0;
    }
    latest = Math.max(latest, clock());
    return latest;
  }

  const arrival = (at: number) => `${String(at).padStart(15, '0')}-${String(counter++ % 1e9).padStart(9, '0')}`;

  async function ready(due: readonly Due[]): Promise<ReadonlySet<string>> {
    const first = new Map<string, { dueAt: number; resource: string }>();
    for (const { lane, dueAt = clock(), resource = 'any' } of due)
      first.set(lane, { dueAt: Math.min(dueAt, first.get(lane)?.dueAt ?? dueAt), resource });
    const before = await Promise.all(
      [...first].map(([lane, { dueAt, resource }]) => readyOne(lanes, lane, dueAt, resource)),
    );
    return new Set([...first.keys()].filter((_, n) => before[n]));
  }

  /**
   * Repairs the queue after the clock was set back: items that are dated ahead become due, and no wait is longer than
   * LONGEST_WAIT_MS.
   */
  async function letGo(now: number): Promise<void> {
    const ahead = { state: 'waiting', at: { gt: now + SKEW_MS } } as const;
    const far = { state: 'waiting', dueAt: { gt: now + LONGEST_WAIT_MS } } as const;
    for (const item of await items.find({ where: ahead, sort: [['at', 'asc']], limit: PAGE }))
      if (isDue(item, now)) await sooner(lanes, item, now);
    for (const item of await items.find({ where: far, sort: [['dueAt', 'asc']], limit: PAGE })) {
      if (isDue(item, now)) continue;
      const dueAt = now + LONGEST_WAIT_MS;
      if (await items.replace({ ...item, dueAt }, item.rev)) await sooner(lanes, item, dueAt);
    }
    const farAhead = { state: 'ready', dueAt: { gt: now + LONGEST_WAIT_MS } } as const;
    for (const { id } of await lanes.find({ where: farAhead, limit: PAGE })) await sooner(lanes, { lane: id }, now);
  }

  async function hasten(lane: string): Promise<void> {
    const [head] = await items.find({ where: { lane, state: 'waiting' }, sort: [['n', 'asc']], limit: 1 });
    const now = clock();
    if (!head || isDue(head, now)) return;
    // If this write fails, another process is just about to try the item.
    if (await items.replace({ ...head, dueAt: now }, head.rev)) await ready([{ ...head, dueAt: now }]);
  }

  return {
    items,
    lanes,
    ready,
    hasten,
    async save(wanted) {
      const now = clock();
      const at = await orderTime();
      const docs = wanted.map(
        ({ id, lane, kind, payload, about, dueAt = now, resource = 'any', done, order = arrival(at) }): Item => ({
          id,
          rev: 1,
          lane,
          n: order,
          kind,
          ...(about ? { about } : {}),
          payload: done ? '' : JSON.stringify(payload),
          state: done ? 'done' : 'waiting',
          attempts: 0,
          dueAt,
          resource,
          at,
        }),
      );
      return (await items.insert(docs)).map((outcome) => outcome === 'inserted');
    },
    async retry(id) {
      const item = await items.get(id);
      if (item?.state === 'waiting') {
        await hasten(item.lane);
        return true;
      }
      if (item?.state !== 'aside') return false;
      const { reason: _reason, ...rest } = item;
      const put = await items.replace({ ...rest, state: 'waiting', attempts: 0, dueAt: clock() }, item.rev);
      if (put) await ready([{ lane: item.lane, resource: item.resource }]);
      return put;
    },
    async rescue(olderThan) {
      for (let page: Item[] = []; ; ) {
        const after = page.at(-1);
        page = await items.find({
          where: { state: 'waiting', at: { lte: olderThan } },
          sort: [['at', 'asc']],
          limit: PAGE,
          ...(after ? { after } : {}),
        });
        // A lane is due when its first item is.
        const heads = [...new Map(page.toReversed().map((item) => [item.lane, item])).values()];
        const states = await Promise.all(heads.map((item) => lanes.get(item.lane)));
        await ready(heads.filter((_, n) => states[n]?.state !== 'ready'));
        if (page.length < PAGE) break;
      }
      await letGo(clock());
    },
    async prune(olderThan) {
      const before = { lte: olderThan };
      await removeAll(items, { where: { state: 'done', at: before }, sort: [['at', 'asc']], limit: PAGE });
      // If an idle lane gets a new item at this moment, its removal is undone by the rescue, which creates the lane
      // again.
      await removeAll(lanes, { where: { state: 'idle', dueAt: before }, sort: [['dueAt', 'asc']], limit: PAGE });
    },
    async free(owner) {
      for (const lane of await lanes.find({ where: { state: 'ready' } }))
        if (lane.leaseBy.startsWith(`${owner}/`))
          await lanes.replace({ ...lane, leaseBy: '', leaseUntil: 0 }, lane.rev);
    },
  };
}

async function removeAll<D extends Doc>(collection: Collection<D>, page: Query<D>): Promise<void> {
  for (;;) {
    const found = await collection.find(page);
    for (const { id } of found) await collection.delete(id);
    if (found.length < PAGE) return;
  }
}

/** Makes a lane ready at `dueAt`. Returns true if it was ready already. */
async function readyOne(lanes: Collection<Lane>, id: string, dueAt: number, resource: string): Promise<boolean> {
  for (;;) {
    const lane = await lanes.get(id);
    if (!lane) {
      const fresh: Lane = { id, rev: 1, state: 'ready', dueAt, resource, arrivals: 1, leaseBy: '', leaseUntil: 0 };
      if ((await lanes.insert([fresh]))[0] === 'inserted') return false;
    } else {
      const sooner = lane.state === 'ready' ? Math.min(lane.dueAt, dueAt) : dueAt;
      const next: Lane = { ...lane, state: 'ready', dueAt: sooner, arrivals: lane.arrivals + 1 };
      if (await lanes.replace(next, lane.rev)) return lane.state === 'ready';
    }
  }
}

/** Makes a lane due at `dueAt`, unless it is due earlier. */
async function sooner(
  lanes: Collection<Lane>,
  { lane: id, resource = 'any' }: Pick<Item, 'lane'> & Partial<Item>,
  dueAt: number,
): Promise<void> {
  const lane = await lanes.get(id);
  if (lane?.state !== 'ready' || lane.dueAt > dueAt) await readyOne(lanes, id, dueAt, lane?.resource ?? resource);
}
