// Builds the runner of agents and the client of tool servers.
import { lateModel } from '../agents/model/late-model.ts';
import { prefixLives } from '../agents/model/prefix-life.ts';
import type { Progress, RunDeps } from '../agents/runs/deps.ts';
import { makeRunner, type Runner } from '../agents/runs/runner.ts';
import { toolDeps } from '../agents/runs/tool-deps.ts';
import type { Config, ModelSettings } from '../config/config.ts';
import type { Logger } from '../logger.ts';
import { isErasing } from '../outbox/erasing/under-way.ts';
import { saveMarks } from '../outbox/slack/marks/save-marks.ts';
import { saveCards } from '../outbox/slack/runs/save-cards.ts';
import { ACTIONS } from '../pods/actions.ts';
import type { Texts } from '../texts/texts.ts';
import type { ToolServer } from '../tools/manifest.ts';
import { lateServers } from '../tools/mcp/late-servers.ts';
import type { Core } from './core.ts';

export interface AgentsSettings {
  model: Extract<ModelSettings, { kind: 'anthropic' }>;
  modelName: Config['modelName'];
  servers: readonly ToolServer[];
  texts: Texts;
}

export interface AgentsPart {
  runner: Runner;
  stop(): Promise<void>;
}

export function startAgents(
  core: Core,
  settings: AgentsSettings,
  surface: { progress: Progress; past: NonNullable<RunDeps['past']> },
  logger: Logger,
): AgentsPart {
  const { act, read, store, clock } = core;
  const mcp = lateServers(async () => {
    const { makeMcpServers } = await import('../tools/mcp/client.ts');
    return makeMcpServers(settings.servers, { logger, clock: { now: core.waiting } });
  });
  const model = lateModel(async () => (await import('../agents/model/anthropic.ts')).anthropicModel(settings.model));
  const runner = makeRunner({
    store,
    act,
    read,
    texts: settings.texts,
    actions: ACTIONS,
    defaultModel: settings.modelName,
    model,
    prefixLife: prefixLives(),
    clock,
    progress: surface.progress,
    past: surface.past,
    erasing: (pod) => isErasing({ store, read }, pod),
    marks: saveMarks(core),
    cards: saveCards(core),
    logger,
    tools: toolDeps({ store, act, read, actions: ACTIONS, clock, servers: settings.servers, mcp }),
  });
  return { runner, stop: mcp.stop };
}
