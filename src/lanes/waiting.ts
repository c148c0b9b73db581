// Lists what waits in a queue and what was set aside, without contents.
import type { Item } from './item.ts';
import type { Queue } from './queue.ts';

export interface Waiting {
  waiting: Shown[];
  aside: Shown[];
  /** There are more than are listed. */
  more: boolean;
}

export interface Shown {
  id: string;
  lane: string;
  kind: string;
  attempts: number;
  /** Milliseconds since it arrived. */
  age: number;
  /** Milliseconds until the next attempt; 0 if it is due. */
  dueIn: number;
  reason?: string;
}

/** The most of each that are listed, oldest first. */
const MOST = 200;

export async function waitingIn(queue: Queue, now: number): Promise<Waiting> {
  const oldest = (state: Item['state']) =>
    queue.items.find({ where: { state }, sort: [['at', 'asc']], limit: MOST + 1 });
  const [waiting, aside] = await Promise.all([oldest('waiting'), oldest('aside')]);
  return {
    waiting: waiting.slice(0, MOST).map((item) => shown(item, now)),
    aside: aside.slice(0, MOST).map((item) => shown(item, now)),
    more: waiting.length > MOST || aside.length > MOST,
  };
}

function shown({ id, lane, kind, attempts, at, dueAt, reason }: Item, now: number): Shown {
  const age = Math.max(0, now - at);
  const dueIn = Math.max(0, dueAt - now);
  return { id, lane, kind, attempts, age, dueIn, ...(reason === undefined ? {} : { reason }) };
}
