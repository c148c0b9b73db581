// Agents at work: the outbox carries posts, wakes and stops, and tells people when something can't be done.
import { anthropicModel } from '../agents/model/anthropic.ts';
import { ModelUnavailable } from '../agents/model/errors.ts';
import type { Progress, RunDeps } from '../agents/runs/deps.ts';
import { useToolFor } from '../agents/runs/reach.ts';
import { makeRunner } from '../agents/runs/runner.ts';
import type { Config, ModelSettings } from '../config/config.ts';
import { Conflict, reasonOf } from '../errors.ts';
import type { Item } from '../lanes/item.ts';
import { startWorker, type Worker, type WorkerSettings } from '../lanes/worker.ts';
import type { Log } from '../logger.ts';
import { type Carriers, carry, deliveryOf, seqOf } from '../outbox/carry.ts';
import { forgetWordings, type WordingDoc } from '../outbox/kinds/digest.ts';
import { eraseAll } from '../outbox/kinds/erase.ts';
import { wakeLane } from '../outbox/lane-of.ts';
import { tellRefused } from '../outbox/slack/refused-post.ts';
import { ACTIONS } from '../pods/actions.ts';
import type { ToolServer } from '../tools/manifest.ts';
import { makeMcpServers } from '../tools/mcp/client.ts';
import type { Core } from './core.ts';
import { makeUndo } from './undo.ts';

export interface AgentsSettings {
  model: Extract<ModelSettings, { kind: 'anthropic' }>;
  modelName: Config['modelName'];
  servers: readonly ToolServer[];
  worker?: WorkerSettings;
}

export interface AgentsPart {
  outbox: Worker;
  stop(): Promise<void>;
}

/** People hear of it when the model has been away for so many tries, or is to be for so long, in milliseconds. */
const SAY = { afterTries: 3, ofWaits: 10_000 };

export function startAgents(
  core: Core,
  settings: AgentsSettings,
  surface: {
    carriers: Pick<Carriers, 'post' | 'update' | 'unpost' | 'digest' | 'mail' | 'held' | 'admit'>;
    progress: Progress;
    past: NonNullable<RunDeps['past']>;
    held(): string[];
  },
  log: Log,
): AgentsPart {
  const { act, read, store, clock, owner } = core;
  const mcp = makeMcpServers(settings.servers, { log, clock: { now: core.waiting } });
  const reach = { store, read, servers: settings.servers.filter((server) => server.enabled), mcp, clock };
  const deps: RunDeps = {
    store,
    act,
    read,
    actions: ACTIONS,
    defaultModel: settings.modelName,
    model: anthropicModel(settings.model),
    clock,
    progress: surface.progress,
    past: surface.past,
    log,
    useTool: (caller, key, input) => useToolFor(reach, caller, key, input),
  };
  const runner = makeRunner(deps);
  const carriers: Carriers = {
    ...surface.carriers,
    act,
    wake: ({ id, pod, conversation, agent }, signal) =>
      runner.wake({ id, pod, conversation, agent, seq: seqOf(id) }, signal),
    async halt({ id, pod, conversation, agent }) {
      await runner.halt({ pod, conversation, agent, seq: seqOf(id) });
      // What waits for the model ends now.
      await core.outbox.hasten(wakeLane({ agent, conversation }));
    },
    erase: async (delivery) => {
      await eraseAll(store, delivery);
      await forgetWordings(store.collection<WordingDoc>('wordings'), delivery.pod);
    },
  };
  const tell = (item: Item, error: unknown, what: 'waits' | 'failed') => tellPeople(core, item, error, what);
  const outbox = startWorker(
    {
      queue: core.outbox,
      name: 'outbox',
      owner,
      clock: core.waiting,
      wall: core.wall,
      random: Math.random,
      log,
      handle: (item, signal) => carry(carriers, item, signal),
      onAside: async (item, error) => {
        const delivery = deliveryOf(item);
        if (delivery.kind === 'wake') await runner.giveUp(delivery);
        if (delivery.kind === 'post' || delivery.kind === 'update') await tellRefused(core, delivery, error);
        await tell(item, error, 'failed');
      },
      onRetry: async (item, error, waitMs) => {
        if (item.kind === 'wake') await runner.waits(item, error, waitMs);
        if (item.attempts + 1 === SAY.afterTries || waitMs >= SAY.ofWaits) await tell(item, error, 'waits');
      },
    },
    surface.held,
    settings.worker,
  );
  core.onDeliveries(() => outbox.poke());
  const undo = makeUndo(log);
  undo.add(mcp.stop);
  undo.add(outbox.stop);
  return { outbox, stop: undo.run };
}

/** A run that waits or failed says so in its thread, once each; other deliveries are seen with `skein outbox`. */
async function tellPeople(core: Core, item: Item, error: unknown, what: 'waits' | 'failed'): Promise<void> {
  if (item.kind !== 'wake') return;
  const delivery = deliveryOf(item);
  if (delivery.kind !== 'wake') return;
  const { id, pod, conversation, agent } = delivery;
  const away = error instanceof ModelUnavailable;
  const text =
    what === 'waits'
      ? `${away ? error.message : 'Something I need does not answer.'} I keep trying and answer here as soon as I can; “stop” ends it.`
      : `I could not do this: ${away ? error.message : reasonOf(error)} Nothing is lost; mention me again to let me try once more.`;
  const action = what === 'failed' ? 'report_failure' : 'post_message';
  try {
    await core.act({ pod, actor: agent, via: 'model', action, input: { conversation, text }, key: `${id}:${what}` });
  } catch (error) {
    // Said once already, of another reason.
    if (!(error instanceof Conflict && what === 'waits')) throw error;
  }
}
