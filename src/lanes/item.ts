// The documents of a queue: an item, and the lane in which it waits.
import type { CollectionSpec, Doc, Leased } from '../store/port.ts';

/** An item of a queue. Items of one lane are done one after the other, items of different lanes in parallel. */
export interface Item extends Doc {
  lane: string;
  /** The order within the lane: milliseconds, then a counter, as sortable text. */
  n: string;
  kind: string;
  /**
   * The key of the thing that the item is about. If several items with the same `about` wait in a lane, only the newest
   * is done. Absent: each item is done.
   */
  about?: string;
  /**
   * JSON text. Empty after an erasure, and once the item is done: the id of a done item is stored only to recognise a
   * repeat.
   */
  payload: string;
  state: 'waiting' | 'done' | 'aside';
  attempts: number;
  /** The item is not tried before this time, in milliseconds since 1970. */
  dueAt: number;
  /** The lease that a process needs to do the item, such as that of a Slack app; `any` if it needs none. */
  resource: string;
  at: number;
  /** Why the last attempt failed. */
  reason?: string;
  /** The `seen` of the NotYet with which the item waited last. */
  seen?: string;
  /**
   * How often in a row a process died while it did the item and the item got no further. `mark`: how far it had got.
   * Absent: that did not happen since the last attempt that ended.
   */
  died?: { times: number; mark: string };
}

export interface Lane extends Leased {
  state: 'ready' | 'idle';
  dueAt: number;
  resource: string;
  /** Raised by each new item. By it, a worker that has emptied the lane sees that another item arrived meanwhile. */
  arrivals: number;
  /** Set if the process that leased the lane last died, or lost the lease, before it released the lane. */
  left?: true;
}

/**
 * `journal`, for the inbox: an item is stored nowhere else, and its sender already has an acknowledgement. `trail`, for the
 * outbox: a lost item is made again, because its commit stays pending until the item is saved. Before Skein sends anything,
 * it marks the send in a journal, and that write puts the items before it on disk too.
 */
export function laneSpecs(name: string, kind: 'journal' | 'trail' = 'journal'): CollectionSpec[] {
  return [
    {
      name,
      kind,
      indexes: [
        { fields: ['lane', 'state', 'n'] },
        { fields: ['state', 'at'] },
        { fields: ['about', 'lane', 'n'], sparse: true },
      ],
    },
    {
      name: `${name}Lanes`,
      kind: 'view',
      indexes: [{ fields: ['state', 'resource', 'dueAt'] }, { fields: ['state', 'dueAt'] }],
    },
  ];
}

export type Ready = Pick<Lane, 'dueAt' | 'resource'>;

/** Returns the lane after the arrival of an item that is due then. `lane`: the lane before; absent if it is new. */
export function madeReady(lane: Lane | undefined, id: string, { dueAt, resource }: Ready): Lane {
  if (!lane) return { id, rev: 1, state: 'ready', dueAt, resource, arrivals: 1, leaseBy: '', leaseUntil: 0 };
  const sooner = lane.state === 'ready' ? Math.min(lane.dueAt, dueAt) : dueAt;
  return { ...lane, state: 'ready', dueAt: sooner, arrivals: lane.arrivals + 1 };
}

/** Returns the lane as free. Its last lease ended without a release, so its first item may have killed the process. */
export function leftLane(lane: Lane): Lane {
  return { ...lane, leaseBy: '', leaseUntil: 0, left: true };
}

/**
 * True if the item can be done now. An item that was due when it was saved stays due, even if the clock was set back
 * since.
 */
export function isDue({ attempts, dueAt, at }: Item, now: number): boolean {
  return dueAt <= now || (attempts === 0 && dueAt <= at);
}

/** The longest wait before another attempt, in milliseconds. */
export const LONGEST_WAIT_MS = 600_000;

/**
 * Returns the wait before the next attempt, in milliseconds: 1 s, 2 s, 4 s … 10 min. Up to a quarter is taken off at
 * random, so that failed items do not come back all at once.
 */
export function backoff(attempts: number, random: number): number {
  const full = Math.min(1000 * 2 ** (attempts - 1), LONGEST_WAIT_MS);
  return Math.round(full * (1 - random / 4));
}
