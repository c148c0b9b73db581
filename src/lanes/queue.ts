// The stored part of a queue: its items, and its lanes, each with the time at which it is due.
import type { Collection, Doc, Query, Store, Write } from '../store/port.ts';
import { type Item, isDue, type Lane, LONGEST_WAIT_MS, leftLane, madeReady, type Ready } from './item.ts';

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

export interface Saving {
  writes: Write[];
  /** Returns the lanes that were ready before, once the writes are made. */
  waiting(): ReadonlySet<string>;
}

export type Due = Pick<NewItem, 'lane' | 'dueAt' | 'resource'>;

export interface Queue {
  items: Collection<Item>;
  lanes: Collection<Lane>;
  /** Saves items. Returns for each item true if it is new. */
  save(items: readonly NewItem[]): Promise<boolean[]>;
  /** Returns the writes that save new items and make their lanes ready, for a transaction of the caller. */
  saving(items: readonly NewItem[]): Promise<Saving>;
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

/** For how long an item that another process saved may be dated back, in milliseconds. */
const LATE_MS = 60_000;
/**
 * A crash leaves an item just after it was saved, so a look at the newest finds it. All are looked at once in this time,
 * in milliseconds, since thousands may wait.
 */
const WHOLE_MS = 600_000;

export function makeQueue(store: Store, name: string, clock: () => number): Queue {
  const items = store.collection<Item>(name);
  const lanesName = `${name}Lanes`;
  const lanes = store.collection<Lane>(lanesName);
  let counter = 0;
  let latest: number | undefined;
  /** The time up to which the items of crashes were looked for, and the time of the next look at all of them. */
  let looked: number | undefined;
  let wholeAt = 0;

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

  /** Returns for each lane the time at which it is due first. */
  function firstOf(due: readonly Due[]): Map<string, Ready> {
    const first = new Map<string, Ready>();
    for (const { lane, dueAt = clock(), resource = 'any' } of due)
      first.set(lane, { dueAt: Math.min(dueAt, first.get(lane)?.dueAt ?? dueAt), resource });
    return first;
  }

  async function docsOf(wanted: readonly NewItem[]): Promise<Item[]> {
    const now = clock();
    const at = await orderTime();
    return wanted.map(
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
  }

  async function ready(due: readonly Due[]): Promise<ReadonlySet<string>> {
    const first = firstOf(due);
    const before = await Promise.all(
      [...first].map(([lane, { dueAt, resource }]) => readyOne(lanes, lane, { dueAt, resource })),
    );
    return new Set([...first.keys()].filter((_, n) => before[n]));
  }

  /**
   * Repairs the queue after the clock was set back: items that are dated ahead become due, and no wait is longer than
   * LONGEST_WAIT_MS.
   */
  async function letGo(now: number): Promise<void> {
    const ahead = { state: 'waiting', at: { gt: now + SKEW_MS } } as const;
    for (const item of await items.find({ where: ahead, sort: [['at', 'asc']], limit: PAGE }))
      if (isDue(item, now)) await sooner(lanes, item, now);
    const far = { state: 'ready', dueAt: { gt: now + LONGEST_WAIT_MS } } as const;
    for (const { id } of await lanes.find({ where: far, limit: PAGE })) {
      const head = await headOf(id);
      const dueAt = now + LONGEST_WAIT_MS;
      if (head && head.dueAt > dueAt && !isDue(head, now)) await items.replace({ ...head, dueAt }, head.rev);
      await sooner(lanes, { lane: id }, now);
    }
  }

  async function headOf(lane: string): Promise<Item | undefined> {
    const [head] = await items.find({ where: { lane, state: 'waiting' }, sort: [['n', 'asc']], limit: 1 });
    return head;
  }

  async function hasten(lane: string): Promise<void> {
    const head = await headOf(lane);
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
      const outcomes = await items.insert(await docsOf(wanted));
      return outcomes.map((outcome) => outcome === 'inserted');
    },
    async saving(wanted) {
      const docs = await docsOf(wanted);
      const waiting = new Set<string>();
      const changeOf = ([id, due]: [string, Ready]): Write => ({
        ...{ kind: 'change', collection: lanesName, id },
        next(doc) {
          const lane = doc as Lane | undefined;
          if (lane?.state === 'ready') waiting.add(id);
          // A worker reads the items of a lane after it has leased it, so it will find these.
          if (lane?.state === 'ready' && lane.leaseBy === '' && lane.dueAt <= due.dueAt) return lane;
          return madeReady(lane, id, due);
        },
      });
      const inserts = docs.map((doc): Write => ({ kind: 'insert', collection: name, doc }));
      return { writes: [...inserts, ...[...firstOf(wanted)].map(changeOf)], waiting: () => waiting };
    },
    async retry(id) {
      const item = await items.get(id);
      if (item?.state === 'waiting') {
        await hasten(item.lane);
        return true;
      }
      if (item?.state !== 'aside') return false;
      const { reason: _reason, died: _died, ...rest } = item;
      const put = await items.replace({ ...rest, state: 'waiting', attempts: 0, dueAt: clock() }, item.rev);
      if (put) await ready([{ lane: item.lane, resource: item.resource }]);
      return put;
    },
    async rescue(olderThan) {
      const now = clock();
      const all = looked === undefined || olderThan < looked || now >= wholeAt;
      const since = all ? {} : { gt: (looked ?? 0) - LATE_MS };
      for (let page: Item[] = []; ; ) {
        const after = page.at(-1);
        page = await items.find({
          where: { state: 'waiting', at: { ...since, lte: olderThan } },
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
      // A look that failed in the middle is made again from where it began.
      looked = olderThan;
      if (all) wholeAt = now + WHOLE_MS;
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
        if (lane.leaseBy.startsWith(`${owner}/`)) await lanes.replace(leftLane(lane), lane.rev);
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
async function readyOne(lanes: Collection<Lane>, id: string, due: Ready): Promise<boolean> {
  for (;;) {
    const lane = await lanes.get(id);
    const next = madeReady(lane, id, due);
    const written = lane ? await lanes.replace(next, lane.rev) : (await lanes.insert([next]))[0] === 'inserted';
    if (written) return lane?.state === 'ready';
  }
}

/** Makes a lane due at `dueAt`, unless it is due earlier. */
async function sooner(
  lanes: Collection<Lane>,
  { lane: id, resource = 'any' }: Pick<Item, 'lane'> & Partial<Item>,
  dueAt: number,
): Promise<void> {
  const lane = await lanes.get(id);
  if (lane?.state !== 'ready' || lane.dueAt > dueAt)
    await readyOne(lanes, id, { dueAt, resource: lane?.resource ?? resource });
}
