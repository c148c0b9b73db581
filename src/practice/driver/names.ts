// Finds the people and channels of a request to the driver, by id, name, handle or address.
import { InvalidInput } from '../../errors.ts';
import { directBetween } from '../slack/people/people.ts';
import { appOfAgent, appOfUser } from '../slack/state/apps.ts';
import type { User } from '../slack/state/state.ts';
import type { Workspace } from '../slack/state/workspace.ts';

export interface DriverAgent {
  handle: string;
  name: string;
  emoji?: string;
  mail?: string;
}

export function personNamed({ state }: Workspace, named: string): User {
  const people = [...state.users.values()].filter((user) => !user.bot);
  const found = people.find((user) => isNamed(user, named));
  if (found !== undefined) return found;
  throw new InvalidInput(
    `There is no person "${named}"; there are: ${people.map((user) => `${user.handle} (${user.id})`).join(', ')}.`,
  );
}

/** Returns a person, or the user of an app. */
export function userNamed(workspace: Workspace, named: string): User {
  const { apps, users } = workspace.state;
  const bots = [...apps.values()].flatMap(({ botUserId }) => users.get(botUserId) ?? []);
  return bots.find((bot) => isNamed(bot, named)) ?? personNamed(workspace, named);
}

function isNamed(user: User, named: string): boolean {
  const bare = named.replace(/^@/, '').toLowerCase();
  return [user.id, user.handle, user.name, user.email].some((name) => name?.toLowerCase() === bare);
}

/** A conversation. `agent` is set if the request addressed the DM with an agent. */
export interface Meant {
  channel: string;
  agent?: DriverAgent;
}

/**
 * Finds a conversation. A channel is given by id or name. The DM with the main app is given by any person's id, the
 * app's name, `app` or `main app`. `dm:<handle>` is the DM with the agent of that handle: that of its own app, where it
 * has one. It is a DM of two people if a person has that handle.
 */
export async function meantBy(
  workspace: Workspace,
  agents: () => Promise<DriverAgent[]>,
  user: string | undefined,
  named: string,
): Promise<Meant> {
  const { channels, users, app } = workspace.state;
  if (named.startsWith('dm:')) {
    const handle = named.slice('dm:'.length).replace(/^@/, '');
    const other = [...users.values()].find((one) => !one.bot && one.handle === handle.toLowerCase());
    if (other !== undefined && user !== undefined) return { channel: directBetween(workspace, user, other.id).id };
    const agent = await agentNamed(agents, handle);
    const own = appOfAgent(workspace.state, agent.handle);
    if (own !== undefined) return { channel: directOf(workspace, user, own.botUserId) };
    return { channel: directOf(workspace, user), agent };
  }
  const bare = named.replace(/^[#@]/, '');
  const channel = channels.get(named) ?? [...channels.values()].find((one) => one.name !== '' && one.name === bare);
  if (channel !== undefined) return { channel: channel.id };
  const itsOwn = appOfUser(workspace.state, named);
  if (itsOwn !== undefined) return { channel: directOf(workspace, user, itsOwn.botUserId) };
  const theApp = ['app', 'main app', app.name.toLowerCase()].includes(bare.toLowerCase());
  if (theApp || users.has(named)) return { channel: directOf(workspace, user) };
  const names = [...channels.values()].filter((one) => one.name !== '').map((one) => `#${one.name} (${one.id})`);
  throw new InvalidInput(
    `There is no channel "${named}"; there are: ${names.join(', ')}. "app" is the DM with ${app.name}, "dm:<handle>" with an agent.`,
  );
}

function directOf(workspace: Workspace, user: string | undefined, bot = workspace.state.app.botUserId): string {
  if (user === undefined) throw new InvalidInput('Say whose direct conversation is meant: add "as".');
  return directBetween(workspace, user, bot).id;
}

async function agentNamed(agents: () => Promise<DriverAgent[]>, handle: string): Promise<DriverAgent> {
  const all = await agents();
  const found = all.find((agent) => agent.handle.toLowerCase() === handle.replace(/^@/, '').toLowerCase());
  if (found !== undefined) return found;
  throw new InvalidInput(
    `There is no agent "${handle}"; there are: ${all.map((agent) => agent.handle).join(', ') || 'none'}.`,
  );
}

/** Puts the agent's name before the text in the app's DM, unless the text or the thread's first message contains it. */
export function addressed(
  { state }: Workspace,
  { channel, agent }: Meant,
  text: string,
  thread: string | undefined,
): string {
  if (agent === undefined || names(text, agent.handle)) return text;
  const root = thread === undefined ? undefined : state.messages.get(channel)?.get(thread);
  return root !== undefined && names(root.text, agent.handle) ? text : `@${agent.handle} ${text}`;
}

function names(text: string, handle: string): boolean {
  const quoted = handle.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(^|[^\\w@.])@${quoted}(?![\\w-])`, 'i').test(text);
}

/**
 * Returns the functions that the routes use to find people and channels. Without a person, only channels can be found.
 */
export function namesIn(workspace: Workspace, agents: () => Promise<DriverAgent[]>) {
  const who = (as: string): string => personNamed(workspace, as).id;
  const meant = (as: string | undefined, channel: string): Promise<Meant> =>
    meantBy(workspace, agents, as === undefined ? undefined : who(as), channel);
  const where = async (as: string | undefined, channel: string): Promise<string> => (await meant(as, channel)).channel;
  return { who, meant, where };
}
