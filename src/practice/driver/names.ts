// Resolves the people and channels that a request to the driver names by id, name, handle or address.
import { InvalidInput } from '../../errors.ts';
import { dmOf } from '../slack/acts/channels.ts';
import { directBetween } from '../slack/people/people.ts';
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

/** A person, or the app's own user. */
export function userNamed(workspace: Workspace, named: string): User {
  const { app, users } = workspace.state;
  const bot = users.get(app.botUserId);
  return bot !== undefined && isNamed(bot, named) ? bot : personNamed(workspace, named);
}

function isNamed(user: User, named: string): boolean {
  const bare = named.replace(/^@/, '').toLowerCase();
  return [user.id, user.handle, user.name, user.email].some((name) => name?.toLowerCase() === bare);
}

/** A conversation, and the agent if the DM with one was named. */
export interface Meant {
  channel: string;
  agent?: DriverAgent;
}

/**
 * A channel by id or name; for the DM with the app any user's id, the app's name, `app` or `main app`; `dm:<handle>` for the
 * DM as a conversation with that agent, or of two people where it is a person's handle.
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
    return { channel: directOf(workspace, user), agent };
  }
  const bare = named.replace(/^[#@]/, '');
  const channel = channels.get(named) ?? [...channels.values()].find((one) => one.name !== '' && one.name === bare);
  if (channel !== undefined) return { channel: channel.id };
  const theApp = ['app', 'main app', app.name.toLowerCase()].includes(bare.toLowerCase());
  if (theApp || users.has(named)) return { channel: directOf(workspace, user) };
  const names = [...channels.values()].filter((one) => one.name !== '').map((one) => `#${one.name} (${one.id})`);
  throw new InvalidInput(
    `There is no channel "${named}"; there are: ${names.join(', ')}. "app" is the DM with ${app.name}, "dm:<handle>" with an agent.`,
  );
}

function directOf(workspace: Workspace, user: string | undefined): string {
  if (user === undefined) throw new InvalidInput('Say whose direct conversation is meant: add "as".');
  return dmOf(workspace, user).id;
}

async function agentNamed(agents: () => Promise<DriverAgent[]>, handle: string): Promise<DriverAgent> {
  const all = await agents();
  const found = all.find((agent) => agent.handle.toLowerCase() === handle.replace(/^@/, '').toLowerCase());
  if (found !== undefined) return found;
  throw new InvalidInput(
    `There is no agent "${handle}"; there are: ${all.map((agent) => agent.handle).join(', ') || 'none'}.`,
  );
}

/** In the app's DM, puts the agent's name before the text, unless the text or the thread's first message names it. */
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

/** The resolvers for the routes. Without a person, only channels can be named. */
export function namesIn(workspace: Workspace, agents: () => Promise<DriverAgent[]>) {
  const who = (as: string): string => personNamed(workspace, as).id;
  const meant = (as: string | undefined, channel: string): Promise<Meant> =>
    meantBy(workspace, agents, as === undefined ? undefined : who(as), channel);
  const where = async (as: string | undefined, channel: string): Promise<string> => (await meant(as, channel)).channel;
  return { who, meant, where };
}
