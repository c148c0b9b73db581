// The documents of a queue: an item, and the lane that it waits in.
import type { CollectionSpec, Doc, Leased } from '../store/port.ts';

/** Items of a lane are done one after the other, those of different lanes in parallel. */
export interface Item extends Doc {
  lane: string;
  /** The order within the lane: milliseconds, then a counter, as sortable text. */
  n: string;
  kind: string;
  /** Names the thing that the item is about. Of waiting items in a lane with the same `about` only the newest is done. Absent: each is done. */
  about?: string;
  /** JSON text. Empty once the item is done, when only its id is stored so that a repeat is recognised; also after an erasure. */
  payload: string;
  state: 'waiting' | 'done' | 'aside';
  attempts: number;
  /** Not tried before this time, in milliseconds since 1970. */
  dueAt: number;
  /** The lease that a process needs for it, such as that of a Slack app; `any` if none. */
  resource: string;
  at: number;
  /** Why it last failed. */
  reason?: string;
}

export interface Lane extends Leased {
  state: 'ready' | 'idle';
  dueAt: number;
  resource: string;
  /** Raised by each arrival. A worker that empties a lane sees by it that something arrived meanwhile. */
  arrivals: number;
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
        { fields: ['state', 'dueAt'] },
        { fields: ['lane', 'about', 'n'] },
      ],
    },
    {
      name: `${name}Lanes`,
      kind: 'view',
      indexes: [{ fields: ['state', 'resource', 'dueAt'] }, { fields: ['state', 'dueAt'] }],
    },
  ];
}

/** An item that was due when it was saved stays due, even if the clock was set back since. */
export function isDue({ attempts, dueAt, at }: Item, now: number): boolean {
  return dueAt <= now || (attempts === 0 && dueAt <= at);
}

/** The longest wait before another attempt. */
export const LONGEST_WAIT_MS = 600_000;

/** Exponential: 1 s, 2 s, 4 s … 10 min. Up to a quarter is taken off at random, so that items don't come back all at once. */
export function backoff(attempts: number, random: number): number {
  const full = Math.min(1000 * 2 ** (attempts - 1), LONGEST_WAIT_MS);
  return Math.round(full * (1 - random / 4));
}
