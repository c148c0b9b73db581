// The doctor inside the running server: what only it can try, since the embedded store is its own.

import type { ServerChecked } from '../../doctor/server.ts';
import type { Wiring } from '../../doctor/settings.ts';
import { reasonOf } from '../../errors.ts';
import { waitingIn } from '../../lanes/waiting.ts';
import { checkStore } from '../../store/check-store.ts';
import type { Core } from '../core.ts';

export function serverDoctor(core: Core, about: { version: string; wiring: Wiring }): () => Promise<ServerChecked> {
  const begun = performance.now();
  return async () => {
    const [store, inbox, outbox] = await Promise.all([tried(core), counted(core, 'inbox'), counted(core, 'outbox')]);
    const age = Math.round(performance.now() - begun);
    return { ...about, pid: process.pid, age, store, queues: { inbox, outbox } };
  };
}

async function tried({ store }: Core): Promise<ServerChecked['store']> {
  try {
    return { kind: 'works', found: await checkStore(store, () => performance.now()) };
  } catch (error) {
    return { kind: 'fails', reason: reasonOf(error) };
  }
}

async function counted(core: Core, name: 'inbox' | 'outbox') {
  const { waiting, aside, more } = await waitingIn(core[name], core.waiting());
  return { waiting: waiting.length, aside: aside.length, more };
}
