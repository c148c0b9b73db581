// Starts the outbox worker, with all kinds of deliveries.
import { saveAccepted } from '../inbox/save-mail.ts';
import { startWorker, type Worker, type WorkerSettings } from '../lanes/worker.ts';
import type { Logger } from '../logger.ts';
import { carry, progressOf, reportAside, reportRetry } from '../outbox/carry.ts';
import { MAIL_OUT } from '../outbox/kind.ts';
import type { Parts } from '../outbox/parts.ts';
import type { Core } from './core.ts';

export interface OutboxPorts extends Pick<Parts, 'texts' | 'slack' | 'mail' | 'digest' | 'runner'> {
  /** Returns the resources that this process has leased. Mail needs no lease. */
  leased(): string[];
  /** Called when an item was saved into the inbox. */
  onSaved(): void;
}

export function startOutbox(core: Core, ports: OutboxPorts, logger: Logger, settings?: WorkerSettings): Worker {
  const { act, read, store, outbox, clock } = core;
  const { texts, slack, mail, digest, runner, leased, onSaved } = ports;
  const parts: Parts = {
    act,
    read,
    store,
    outbox,
    clock,
    logger,
    texts,
    slack,
    digest,
    runner,
    ...(mail ? { mail } : {}),
    async readmit(accepted) {
      await saveAccepted(core.inbox, accepted);
      onSaved();
    },
  };
  const worker = startWorker(
    {
      queue: outbox,
      name: 'outbox',
      owner: core.owner,
      clock: core.waiting,
      wall: core.wall,
      random: Math.random,
      logger,
      handle: (item, signal) => carry(parts, item, signal),
      progress: (item) => progressOf(parts, item),
      onAside: (item, error) => reportAside(parts, item, error),
      onRetry: (item, error, waitMs) => reportRetry(parts, item, error, waitMs),
    },
    () => [MAIL_OUT, ...leased()],
    settings,
  );
  core.onDeliveries(worker.poke);
  return worker;
}
