// Reports whether the agents' own Slack apps work: at the start, and when Slack refuses the token of one in mid-work.
import type { Act } from '../../../log/act.ts';
import type { Reader } from '../../../log/action.ts';
import { type AgentId, handleOf } from '../../../log/participant.ts';
import { type Logger, logFailure } from '../../../logger.ts';
import { AGENT_APPS, type AgentAppDoc, type AgentAppState, agentAppId } from '../../../pods/agent-apps/agent-app.ts';
import { ORG } from '../../../pods/members/rights.ts';
import type { AgentIds } from '../../../slack/parse/inbound.ts';

export interface AppReporter {
  /** Called once all apps were tried. `working`: the ids of those that Slack accepts. */
  started(working: readonly AgentIds[]): Promise<void>;
  /** Slack refuses the app's token. */
  lost(agent: AgentId): void;
  /** Resolves when all reports are committed. */
  stop(): Promise<void>;
}

interface Deps {
  act: Act;
  read: Reader;
  logger: Logger;
  /** The apps in the settings. `env`: the agent in the names of its settings. */
  settings: readonly { handle: string; env: string }[];
  /** The ids by which events are read. Those of a lost app are marked. */
  ids: AgentIds[];
}

interface Report {
  agent: AgentId;
  state: AgentAppState;
  setting: string;
  ids?: { user: string; bot: string; app?: string };
}

export function makeAppReporter({ act, read, logger, settings, ids }: Deps): AppReporter {
  const running = new Set<Promise<void>>();

  async function report({ agent, state, setting, ids: found }: Report): Promise<void> {
    const before = await read.get(AGENT_APPS, agentAppId(ORG, agent));
    if (before && saysThat(before, { agent, state, setting, ...(found ? { ids: found } : {}) })) return;
    await act({
      ...{ pod: ORG, actor: 'skein', via: 'slack', action: 'report_app' },
      input: { agent, state, setting, ...(found ? { ids: found } : {}) },
      key: `app:${agent}:${state}:${before?.seq ?? 0}`,
    });
  }

  const settingOf = (agent: AgentId) =>
    `SLACK_${settings.find(({ handle }) => handle === handleOf(agent))?.env ?? ''}_BOT_TOKEN`;

  return {
    async started(working) {
      for (const { agent: handle, botUserId, botId, appId } of working) {
        const agent: AgentId = `agent:${handle}`;
        const found = { user: botUserId, bot: botId, ...(appId ? { app: appId } : {}) };
        await report({ agent, state: 'working', setting: settingOf(agent), ids: found });
      }
      const known = await read.find(AGENT_APPS, { where: { pod: ORG } });
      for (const { agent, state, setting = '' } of known)
        if (state !== 'unset' && !settings.some(({ handle }) => handle === handleOf(agent)))
          await report({ agent, state: 'unset', setting });
    },
    lost(agent) {
      const at = ids.findIndex((one) => one.agent === handleOf(agent));
      const found = ids[at];
      if (found) ids[at] = { ...found, lost: true };
      const doing: Promise<void> = report({ agent, state: 'lost', setting: settingOf(agent) })
        .catch((error: unknown) => logFailure(logger, 'error', 'a lost app was not reported', error, { agent }))
        .finally(() => running.delete(doing));
      running.add(doing);
    },
    stop: async () => void (await Promise.all(running)),
  };
}

function saysThat(before: AgentAppDoc, { state, setting, ids }: Report): boolean {
  const same = !ids || (['user', 'bot', 'app'] as const).every((name) => before.ids?.[name] === ids[name]);
  return before.state === state && before.setting === setting && same;
}

/** Returns the ids that lost apps had when they last worked. */
export async function lostIds(read: Reader, refused: readonly { agent: AgentId }[]): Promise<AgentIds[]> {
  const docs = await Promise.all(refused.map(({ agent }) => read.get(AGENT_APPS, agentAppId(ORG, agent))));
  return docs.flatMap((doc) => {
    if (!doc?.ids) return [];
    const { user, bot, app } = doc.ids;
    const ids = { agent: handleOf(doc.agent), botUserId: user, botId: bot, lost: true as const };
    return [{ ...ids, ...(app ? { appId: app } : {}) }];
  });
}
