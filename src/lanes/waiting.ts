// Lists the items of a queue that wait or were set aside, without their contents.
import type { Item } from './item.ts';
import type { Queue } from './queue.ts';

export interface Waiting {
  waiting: Shown[];
  aside: Shown[];
  /** True if there are more items than are listed. */
  more: boolean;
}

export interface Shown {
  id: string;
  lane: string;
  kind: string;
  attempts: number;
  /** The time since the item arrived, in milliseconds. */
  age: number;
  /** The time until the next attempt, in milliseconds; 0 if the item is due. */
  dueIn: number;
  reason?: string;
}

/** The most items that each list contains, oldest first. */
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
