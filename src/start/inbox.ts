// Starts the inbox worker, with the handlers of Slack and mail.

import { MAIL } from '../inbox/save-mail.ts';
import type { Item } from '../lanes/item.ts';
import { startWorker, type Worker, type WorkerSettings } from '../lanes/worker.ts';
import type { Logger } from '../logger.ts';
import type { Core } from './core.ts';

interface Handler {
  handle(item: Item): Promise<void>;
  /** Tells whoever sent the item that it is set aside, where nobody else does. */
  reportUntaken(item: Item, error: unknown): Promise<void>;
}

export interface Handlers {
  slack: Handler;
  mail: Handler;
}

export function startInbox(core: Core, { slack, mail }: Handlers, logger: Logger, settings?: WorkerSettings): Worker {
  return startWorker(
    {
      queue: core.inbox,
      name: 'inbox',
      owner: core.owner,
      clock: core.waiting,
      wall: core.wall,
      random: Math.random,
      logger,
      handle: (item) => (item.kind === MAIL ? mail : slack).handle(item),
      onAside: (item, error) => (item.kind === MAIL ? mail : slack).reportUntaken(item, error),
    },
    () => [],
    settings,
  );
}
