// Builders for tests of lanes: a queue over the store in memory, and workers whose clocks are set by hand.
import { laneSpecs } from '../../src/lanes/item.ts';
import { makeQueue, type NewItem, type Queue } from '../../src/lanes/queue.ts';
import { startWorker, WORKER, type Worker, type WorkerDeps, type WorkerSettings } from '../../src/lanes/worker.ts';
import type { Store } from '../../src/store/port.ts';
import { recordingLogger } from '../logs.ts';
import { type MemoryOptions, memoryStore } from '../store/memory.ts';

export const NOW = Date.UTC(2026, 10, 2, 9, 0);

export interface Yard {
  clock: { now: number };
  wall: { now: number };
  store: Store;
  queue: Queue;
  logged: Parameters<typeof recordingLogger>[0];
  /** Saves items and makes their lanes ready. */
  put(...items: NewItem[]): Promise<boolean[]>;
  worker(over: Partial<WorkerDeps> & Pick<WorkerDeps, 'handle'>, settings?: Partial<WorkerSettings>): Worker;
  states(): Promise<Record<string, string>>;
  /** Stops everything that was started. */
  close(): Promise<void>;
}

export function aYard(options: MemoryOptions = {}): Yard {
  const clock = { now: NOW };
  const wall = { now: NOW };
  const store = memoryStore(laneSpecs('work'), options);
  const queue = makeQueue(store, 'work', () => clock.now);
  const logged: Yard['logged'] = [];
  const workers: Worker[] = [];
  return {
    ...{ clock, wall, store, queue, logged },
    async put(...items) {
      const saved = await queue.save(items);
      await queue.ready(items);
      return saved;
    },
    worker(over, settings = {}) {
      const worker = startWorker(
        {
          ...{ queue, name: 'work', owner: `w${workers.length}`, clock: () => clock.now, wall: () => wall.now },
          ...{ random: () => 0, logger: recordingLogger(logged) },
          ...over,
        },
        () => [],
        { ...WORKER, pollMs: 5, ...settings },
      );
      workers.push(worker);
      return worker;
    },
    async states() {
      const items = await Promise.all(
        (['waiting', 'done', 'aside'] as const).map((state) => queue.items.find({ where: { state } })),
      );
      return Object.fromEntries(items.flat().map(({ id, state }) => [id, state]));
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.stop()));
    },
  };
}

export function item(id: string, over: Partial<NewItem> = {}): NewItem {
  return { id, lane: 'a', kind: 'test', payload: { id }, ...over };
}

/** Waits until a condition is true, however long that takes. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setImmediate(resolve));
}

/** A promise that the test resolves. */
export function gate(): { opened: Promise<void>; open(): void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
