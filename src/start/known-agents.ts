// Finds the agent of each Slack app in the settings, among the agents of the organisation.
import type { Config } from '../config/config.ts';
import { cantStart } from '../config/config.ts';
import { agentAppsOf } from '../config/slack.ts';
import type { Reader } from '../log/action.ts';
import { AGENTS } from '../pods/agent-definitions/agent.ts';
import { ORG } from '../pods/members/rights.ts';
import type { PracticeAgent } from './practice.ts';

/** @throws InvalidInput that names each setting of an agent that there is not */
export async function knownAgents({ slackAgents, notes }: Config, read: Reader): Promise<PracticeAgent[]> {
  if (!slackAgents.length) return [];
  const agents = await read.find(AGENTS, { where: { pod: ORG } });
  const { apps, faults } = agentAppsOf(
    slackAgents,
    agents.map(({ handle }) => handle),
  );
  if (faults.length) throw cantStart(faults, notes);
  return apps.map((app) => ({ ...app, name: agents.find(({ handle }) => handle === app.handle)?.name ?? app.handle }));
}
