// The own Slack apps of agents: installs, updates and removes them at the start, as the settings name them.
import { newId } from '../ids.ts';
import { appOfAgent } from './apps.ts';
import type { SlackApp, User } from './state.ts';
import type { Workspace } from './workspace.ts';

export interface InstalledAgent {
  handle: string;
  name: string;
}

/** The scopes and events of an agent's app, as manifests/slack/agent.yaml asks for them. */
export const AGENT_SCOPES: readonly string[] = [
  'app_mentions:read',
  'assistant:write',
  'channels:history',
  'channels:read',
  'chat:write',
  'chat:write.customize',
  'files:read',
  'files:write',
  'groups:history',
  'groups:read',
  'im:history',
  'im:read',
  'im:write',
  'mpim:history',
  'mpim:read',
  'reactions:write',
];
export const AGENT_EVENTS: readonly string[] = [
  'agent_session_stopped',
  'app_mention',
  'app_uninstalled',
  'channel_left',
  'group_left',
  'member_joined_channel',
  'member_left_channel',
  'message.channels',
  'message.groups',
  'message.im',
  'message.mpim',
  'tokens_revoked',
];

/** Makes the agents' apps in the workspace those of the list. An app that stays keeps its ids, channels and DMs. */
export function installAgentApps(workspace: Workspace, agents: readonly InstalledAgent[]): void {
  const { state } = workspace;
  for (const app of [...state.apps.values()])
    if (app.agent !== undefined && !agents.some(({ handle }) => handle === app.agent)) removeApp(workspace, app);
  for (const agent of agents) {
    const known = appOfAgent(state, agent.handle);
    const app = appOf(agent, known);
    const user: User = { id: app.botUserId, handle: agent.handle, name: agent.name, tz: 'Etc/UTC', bot: true };
    if (!known || known.revoked || known.name !== agent.name) workspace.commit([{ kind: 'app-installed', app, user }]);
  }
}

function appOf({ handle, name }: InstalledAgent, known: SlackApp | undefined): SlackApp {
  const ids = known ?? { id: newId('A'), botId: newId('B'), botUserId: newId('U') };
  const { id, botId, botUserId } = ids;
  return {
    id,
    name,
    agent: handle,
    botId,
    botUserId,
    scopes: AGENT_SCOPES,
    events: AGENT_EVENTS,
    commands: [],
    shortcuts: [],
  };
}

/** Takes the app out of its channels first, as Slack does. */
function removeApp(workspace: Workspace, { id, botUserId }: SlackApp): void {
  for (const channel of workspace.state.channels.values())
    if (channel.members.includes(botUserId) && channel.kind !== 'im' && channel.kind !== 'mpim')
      workspace.commit([
        { kind: 'left', channel: channel.id, user: botUserId, by: botUserId, eventTs: workspace.nextTs() },
      ]);
  workspace.commit([{ kind: 'app-removed', app: id }]);
}
