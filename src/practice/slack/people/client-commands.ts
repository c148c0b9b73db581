// Slack's own slash commands. Slack's client runs them without any app.
import { InvalidInput, NotFound } from '../../../errors.ts';
import type { User } from '../state/state.ts';
import type { Workspace } from '../state/workspace.ts';
import * as people from './people.ts';

interface Asked {
  user: string;
  channel: string;
  rest: string;
}

/** The commands. Each gets the rest of the line and returns the reply for the user. */
const COMMANDS: Readonly<Record<string, (workspace: Workspace, asked: Asked) => string>> = {
  '/invite': invite,
  '/kick': remove,
  '/remove': remove,
  '/topic': topic,
  '/leave': leave,
  '/archive': archive,
};

/** Runs one of Slack's own commands and returns its reply. Undefined for any other command. */
export function clientCommand(
  workspace: Workspace,
  { user, channel, text }: { user: string; channel: string; text: string },
): string | undefined {
  const [, name = '', rest = ''] = /^(\/\S*)\s*([\s\S]*)$/.exec(text.trim()) ?? [];
  if (!Object.hasOwn(COMMANDS, name)) return undefined;
  return COMMANDS[name]?.(workspace, { user, channel, rest: rest.trim() });
}

export const clientCommands = (): string[] => Object.keys(COMMANDS);

/** Handles `/invite @ben @Skein [#launch]`. */
function invite(workspace: Workspace, { user, channel, rest }: Asked): string {
  const words = rest.split(/\s+/).filter((word) => word !== '');
  const named = words.find((word) => word.startsWith('#'));
  const target = named === undefined ? channel : channelNamed(workspace, named);
  const invited = words.filter((word) => word !== named).map((word) => memberNamed(workspace, word));
  if (invited.length === 0)
    throw new InvalidInput('Whom? Write /invite @name, and #channel after it if it is another.');
  for (const one of invited) people.invite(workspace, user, target, one.id);
  const name = workspace.state.channels.get(target)?.name ?? target;
  return `${invited.map((one) => one.name).join(' and ')} joined #${name}.`;
}

function remove(workspace: Workspace, { user, channel, rest }: Asked): string {
  const gone = memberNamed(workspace, rest);
  people.kick(workspace, user, channel, gone.id);
  return `${gone.name} was removed.`;
}

function topic(workspace: Workspace, { user, channel, rest }: Asked): string {
  people.setTopic(workspace, user, channel, rest);
  return 'The topic is set.';
}

function leave(workspace: Workspace, { user, channel }: Asked): string {
  people.leave(workspace, user, channel);
  return 'You left.';
}

function archive(workspace: Workspace, { user, channel }: Asked): string {
  people.archive(workspace, user, channel);
  return 'The channel is archived.';
}

/** Returns the member in a word: `@ben` as people type it, or `<@U1|ben>` as Slack escapes it. */
function memberNamed({ state }: Workspace, word: string): User {
  const id = /^<@([A-Z0-9]+)(?:\|[^>]*)?>$/.exec(word)?.[1];
  const bare = word.replace(/^@/, '').toLowerCase();
  const found = [...state.users.values()].find(
    (user) => user.id === id || [user.handle, user.name].some((name) => name.toLowerCase() === bare),
  );
  if (found !== undefined) return found;
  const known = [...state.users.values()].map((user) => `@${user.handle}`).join(', ');
  throw new NotFound(`Nobody here goes by “${word}”. There are: ${known}.`);
}

function channelNamed({ state }: Workspace, word: string): string {
  const id = /^<#([A-Z0-9]+)(?:\|[^>]*)?>$/.exec(word)?.[1];
  const bare = word.replace(/^#/, '');
  const found = [...state.channels.values()].find((channel) => channel.id === id || channel.name === bare);
  if (found !== undefined) return found.id;
  throw new NotFound(`There is no channel ${word}.`);
}
