// Starts the inbox worker, with the handlers of Slack and mail.

import { FILE } from '../doors/slack/files.ts';
import { MAIL } from '../inbox/save-mail.ts';
import type { Item } from '../lanes/item.ts';
import { startWorker, type Worker, type WorkerSettings } from '../lanes/worker.ts';
import type { Logger } from '../logger.ts';
import type { Core } from './core.ts';

export interface Handlers {
  slack: { handle(item: Item): Promise<void>; reportFile(item: Item, error: unknown): Promise<void> };
  mail: { handle(item: Item): Promise<void> };
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
      handle: (item) => (item.kind === MAIL ? mail.handle(item) : slack.handle(item)),
      onAside: async (item, error) => {
        if (item.kind === FILE) await slack.reportFile(item, error);
      },
    },
    () => [],
    settings,
  );
}
