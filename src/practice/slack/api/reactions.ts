// The methods reactions.*: the app's emoji on messages.
import type { Json } from '../given.ts';
import { presentInHistory } from '../present.ts';
import type { Channel, Message } from '../state/state.ts';
import type { Workspace } from '../state/workspace.ts';
import { isIn, messageAt, visibleChannel } from './access.ts';
import { textOf } from './arguments.ts';
import { type Call, type MethodTable, refuse } from './method.ts';

const where = ['bad_timestamp', 'channel_not_found', 'message_not_found', 'no_item_specified'];
/** The item of a reaction. The practice Slack supports messages, and no files. */
const item = {
  oneOf: [['channel'], ['timestamp']],
  missing: { channel: 'no_item_specified', timestamp: 'no_item_specified' },
};

export const reactionMethods: MethodTable = {
  'reactions.add': {
    tier: 3,
    scopes: ['reactions:write'],
    required: ['name'],
    ...item,
    errors: [...where, 'already_reacted', 'invalid_name', 'is_archived', 'no_access'],
    run: add,
  },
  'reactions.remove': {
    tier: 2,
    scopes: ['reactions:write'],
    required: ['name'],
    ...item,
    errors: [...where, 'invalid_name', 'no_access', 'no_reaction'],
    run: removeReaction,
  },
  'reactions.get': { tier: 3, scopes: ['reactions:read'], ...item, errors: where, run: get },
};

export const hasReacted = (message: Message, user: string, name: string): boolean =>
  message.reactions?.some((reaction) => reaction.name === name && reaction.users.includes(user)) ?? false;

function add({ workspace, args }: Call): Json {
  const { channel, message } = reactable(workspace, args);
  const name = emojiOf(args);
  if (channel.archived) refuse('is_archived');
  const user = workspace.state.app.botUserId;
  if (hasReacted(message, user, name)) refuse('already_reacted');
  workspace.commit([{ kind: 'reacted', channel: channel.id, ts: message.ts, user, name, eventTs: workspace.nextTs() }]);
  return {};
}

function removeReaction({ workspace, args }: Call): Json {
  const { channel, message } = reactable(workspace, args);
  const name = emojiOf(args);
  const user = workspace.state.app.botUserId;
  if (!hasReacted(message, user, name)) refuse('no_reaction');
  workspace.commit([
    { kind: 'unreacted', channel: channel.id, ts: message.ts, user, name, eventTs: workspace.nextTs() },
  ]);
  return {};
}

function get({ workspace, args }: Call): Json {
  const { channel, message } = located(workspace, args);
  return { type: 'message', channel: channel.id, message: presentInHistory(workspace, channel.id, message, false) };
}

function reactable(workspace: Workspace, args: Json): { channel: Channel; message: Message } {
  const found = located(workspace, args);
  return isIn(found.channel, workspace.state.app.botUserId) ? found : refuse('no_access');
}

function located(workspace: Workspace, args: Json): { channel: Channel; message: Message } {
  const ts = textOf(args, 'timestamp');
  if (!/^\d+\.\d+$/.test(ts)) refuse('bad_timestamp');
  const channel = visibleChannel(workspace, textOf(args, 'channel'));
  return { channel, message: messageAt(workspace, channel, ts) };
}

function emojiOf(args: Json): string {
  const name = textOf(args, 'name').replaceAll(':', '');
  return /^[a-z0-9_+'-]+$/.test(name) ? name : refuse('invalid_name');
}
