// What waits in a lane, and the lane itself: the documents that inbox and outbox keep.
import type { CollectionSpec, Doc, Leased } from '../store/port.ts';

/** Handled in order within its lane; lanes go side by side. */
export interface Item extends Doc {
  lane: string;
  /** The order in the lane: milliseconds, then a counter, as sortable text. */
  n: string;
  kind: string;
  /** Names the thing that the item is about. Of waiting items in a lane with the same `about` only the newest is done. Absent: each is done. */
  about?: string;
  /** JSON text; empty once done, when only the id is kept so that a repeat is known, and when what lies aside was erased. */
  payload: string;
  state: 'waiting' | 'done' | 'aside';
  attempts: number;
  /** Not before this, in milliseconds since 1970. */
  dueAt: number;
  /** What a process must hold to do it, such as the lease of a Slack app; `any` when nothing. */
  resource: string;
  at: number;
  /** Why it was last put back or aside. */
  reason?: string;
}

export interface Lane extends Leased {
  state: 'ready' | 'idle';
  dueAt: number;
  resource: string;
  /** Raised by each arrival, so that who empties a lane sees that something came meanwhile. */
  arrivals: number;
}

/**
 * `journal`: what is saved is nowhere else, and whoever sent it is told that it is kept. `trail`: something on disk brings it
 * back, as a commit does that is pending until its deliveries are saved; what leaves the house is marked in a journal first.
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

/** What was to be done at once is due whatever the clock says that it was saved by: it may have been set back since. */
export function isDue({ attempts, dueAt, at }: Item, now: number): boolean {
  return dueAt <= now || (attempts === 0 && dueAt <= at);
}

/** Nothing waits longer before it is tried again. */
export const LONGEST_WAIT_MS = 600_000;

/** Seconds, then minutes: 1 s, 2 s, 4 s … 10 min, with up to a quarter off so that many do not come at once. */
export function backoff(attempts: number, random: number): number {
  const full = Math.min(1000 * 2 ** (attempts - 1), LONGEST_WAIT_MS);
  return Math.round(full * (1 - random / 4));
}
