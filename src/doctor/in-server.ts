// The doctor's checks inside the running server, which alone can open the embedded store.

import { reasonOf } from '../errors.ts';
import type { Queue } from '../lanes/queue.ts';
import { waitingIn } from '../lanes/waiting.ts';
import { checkStore } from '../store/check-store.ts';
import type { Store } from '../store/port.ts';
import type { ServerChecked } from './server.ts';
import type { Wiring } from './settings.ts';

interface Server {
  store: Store;
  inbox: Queue;
  outbox: Queue;
  /** The clock of the queues, in milliseconds. */
  waiting(): number;
}

export function serverDoctor(server: Server, about: { version: string; wiring: Wiring }): () => Promise<ServerChecked> {
  const begun = performance.now();
  return async () => {
    const [store, inbox, outbox] = await Promise.all([
      tried(server),
      counted(server, 'inbox'),
      counted(server, 'outbox'),
    ]);
    const age = Math.round(performance.now() - begun);
    return { ...about, pid: process.pid, age, store, queues: { inbox, outbox } };
  };
}

async function tried({ store }: Server): Promise<ServerChecked['store']> {
  try {
    return { kind: 'works', found: await checkStore(store, () => performance.now()) };
  } catch (error) {
    return { kind: 'fails', reason: reasonOf(error) };
  }
}

async function counted(server: Server, name: 'inbox' | 'outbox') {
  const { waiting, aside, more } = await waitingIn(server[name], server.waiting());
  return { waiting: waiting.length, aside: aside.length, more };
}
