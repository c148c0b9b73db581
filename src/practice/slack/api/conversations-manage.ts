// The methods conversations.* that create channels and change their members.
import * as channels from '../acts/channels.ts';
import type { Json } from '../given.ts';
import { presentChannel } from '../present.ts';
import type { Channel } from '../state/state.ts';
import type { Workspace } from '../state/workspace.ts';
import { isIn, joinedChannel, userOf, visibleChannel } from './access.ts';
import { flagOf, has, namesOf, textOf } from './arguments.ts';
import { type Call, type MethodTable, refuse } from './method.ts';

const manage = ['channels:manage', 'groups:write', 'im:write', 'mpim:write'];
const nameErrors = [
  'invalid_name_maxlength',
  'invalid_name_punctuation',
  'invalid_name_required',
  'invalid_name_specials',
  'name_taken',
];
const wrongKind = 'method_not_supported_for_channel_type';
const MOST_TOPIC = 250;

export const conversationManaging: MethodTable = {
  'conversations.open': {
    tier: 3,
    scopes: manage,
    oneOf: [['users', 'channel']],
    missing: { users: 'users_list_not_supplied' },
    errors: ['channel_not_found', 'not_enough_users', 'too_many_users', 'user_not_found', 'users_list_not_supplied'],
    run: open,
  },
  'conversations.create': {
    tier: 2,
    scopes: ['channels:manage', 'groups:write'],
    required: ['name'],
    missing: { name: 'invalid_name_required' },
    errors: nameErrors,
    run: create,
  },
  'conversations.invite': {
    tier: 3,
    scopes: ['channels:manage', 'channels:write.invites', 'groups:write', 'groups:write.invites'],
    required: ['channel', 'users'],
    missing: { users: 'no_user' },
    errors: [
      'already_in_channel',
      'cant_invite_self',
      'channel_not_found',
      'is_archived',
      wrongKind,
      'no_user',
      'not_in_channel',
      'user_not_found',
    ],
    run: invite,
  },
  'conversations.join': {
    tier: 3,
    scopes: ['channels:join'],
    required: ['channel'],
    errors: ['channel_not_found', 'is_archived', wrongKind],
    run: joinChannel,
  },
  'conversations.kick': {
    tier: 3,
    scopes: manage,
    required: ['channel', 'user'],
    errors: [
      'cant_kick_from_general',
      'cant_kick_self',
      'channel_not_found',
      wrongKind,
      'not_in_channel',
      'user_not_found',
    ],
    run: kick,
  },
  'conversations.leave': {
    tier: 3,
    scopes: manage,
    required: ['channel'],
    errors: ['cant_leave_general', 'channel_not_found', 'is_archived', wrongKind],
    run: leaveChannel,
  },
  'conversations.rename': {
    tier: 2,
    scopes: manage,
    required: ['channel', 'name'],
    missing: { name: 'invalid_name_required' },
    errors: [...nameErrors, 'channel_not_found', 'is_archived', wrongKind, 'not_in_channel'],
    run: renameChannel,
  },
  'conversations.setTopic': {
    tier: 2,
    scopes: [...manage, 'channels:write.topic', 'groups:write.topic'],
    required: ['channel', 'topic'],
    errors: ['channel_not_found', 'is_archived', wrongKind, 'not_in_channel', 'too_long'],
    run: topic,
  },
  'conversations.archive': {
    tier: 2,
    scopes: manage,
    required: ['channel'],
    errors: ['already_archived', 'cant_archive_general', 'channel_not_found', wrongKind, 'not_in_channel'],
    run: archiveChannel,
  },
};

/** Opens the DM of one user with the app, or a group DM of several users with the app. */
function open({ workspace, args }: Call): Json {
  const bot = workspace.state.app.botUserId;
  if (has(args, 'channel')) {
    const channel = joinedChannel(workspace, textOf(args, 'channel'), 'channel_not_found');
    return { no_op: true, already_open: true, channel: shown(workspace, channel, args) };
  }
  const users = [...new Set(namesOf(args, 'users'))].map((id) => userOf(workspace, id).id).filter((id) => id !== bot);
  if (users.length === 0) refuse('not_enough_users');
  if (users.length > 8) refuse('too_many_users');
  const { channel, existed } = channels.directWith(workspace, [...users, bot], bot);
  return { ...(existed ? { no_op: true, already_open: true } : {}), channel: shown(workspace, channel, args) };
}

const shown = (workspace: Workspace, channel: Channel, args: Json): Json =>
  flagOf(args, 'return_im') ? presentChannel(workspace, channel) : { id: channel.id };

function create({ workspace, args }: Call): Json {
  const name = textOf(args, 'name');
  const fault = channels.nameFault(workspace, name);
  if (fault !== undefined) refuse(fault);
  const by = workspace.state.app.botUserId;
  const kind = flagOf(args, 'is_private') ? 'private' : 'public';
  return { channel: presentChannel(workspace, channels.makeChannel(workspace, { kind, name, by, members: [by] })) };
}

function invite({ workspace, args }: Call): Json {
  const channel = changeable(workspace, args);
  mayWrite(workspace, channel, '.invites');
  const users = namesOf(args, 'users').map((id) => userOf(workspace, id).id);
  const bot = workspace.state.app.botUserId;
  if (users.includes(bot)) refuse('cant_invite_self');
  if (users.every((id) => isIn(channel, id))) refuse('already_in_channel');
  for (const user of users.filter((id) => !isIn(channel, id))) channels.join(workspace, channel, user, bot);
  return { channel: current(workspace, channel) };
}

function joinChannel({ workspace, args }: Call): Json {
  const channel = visibleChannel(workspace, textOf(args, 'channel'));
  if (channel.kind !== 'public') refuse(wrongKind);
  if (channel.archived) refuse('is_archived');
  const bot = workspace.state.app.botUserId;
  if (isIn(channel, bot)) {
    const response_metadata = { warnings: ['already_in_channel'] };
    return { channel: current(workspace, channel), warning: 'already_in_channel', response_metadata };
  }
  channels.join(workspace, channel, bot);
  return { channel: current(workspace, channel) };
}

function kick({ workspace, args }: Call): Json {
  const channel = joinedChannel(workspace, textOf(args, 'channel'));
  const user = userOf(workspace, textOf(args, 'user')).id;
  const bot = workspace.state.app.botUserId;
  mayWrite(workspace, channel);
  if (channel.kind === 'im' || channel.kind === 'mpim') refuse(wrongKind);
  if (user === bot) refuse('cant_kick_self');
  if (channel.general) refuse('cant_kick_from_general');
  if (!isIn(channel, user)) refuse('not_in_channel');
  channels.leave(workspace, channel, user, bot);
  return {};
}

function leaveChannel({ workspace, args }: Call): Json {
  const channel = visibleChannel(workspace, textOf(args, 'channel'));
  const bot = workspace.state.app.botUserId;
  if (channel.kind === 'im' || channel.kind === 'mpim') refuse(wrongKind);
  if (channel.archived) refuse('is_archived');
  if (channel.general) refuse('cant_leave_general');
  if (!isIn(channel, bot)) return { not_in_channel: true };
  channels.leave(workspace, channel, bot);
  return {};
}

function renameChannel({ workspace, args }: Call): Json {
  const channel = changeable(workspace, args);
  const name = textOf(args, 'name');
  const fault = channels.nameFault(workspace, name);
  if (fault !== undefined && name !== channel.name) refuse(fault);
  channels.rename(workspace, channel, name, workspace.state.app.botUserId);
  return { channel: current(workspace, channel) };
}

function topic({ workspace, args }: Call): Json {
  const channel = changeable(workspace, args);
  const text = textOf(args, 'topic');
  if (text.length > MOST_TOPIC) refuse('too_long');
  channels.setTopic(workspace, channel, text, workspace.state.app.botUserId);
  return { channel: current(workspace, channel) };
}

function archiveChannel({ workspace, args }: Call): Json {
  const channel = joinedChannel(workspace, textOf(args, 'channel'));
  if (channel.kind === 'im' || channel.kind === 'mpim') refuse(wrongKind);
  if (channel.archived) refuse('already_archived');
  if (channel.general) refuse('cant_archive_general');
  channels.archive(workspace, channel, workspace.state.app.botUserId);
  return {};
}

/** Each type of channel has a scope of its own. `part`: the end of the scope that allows only this. */
function mayWrite({ state }: Workspace, { kind }: Channel, part?: string): void {
  if (kind !== 'public' && kind !== 'private') return;
  const whole = kind === 'public' ? 'channels:manage' : 'groups:write';
  const needed = [whole, ...(part ? [`${kind === 'public' ? 'channels' : 'groups'}:write${part}`] : [])];
  if (needed.some((scope) => state.app.scopes.includes(scope))) return;
  refuse('missing_scope', [], { needed: needed.join(','), provided: state.app.scopes.join(',') });
}

/** Returns a channel that is not archived and has the app as a member. Throws for a DM. */
function changeable(workspace: Workspace, args: Json): Channel {
  const channel = joinedChannel(workspace, textOf(args, 'channel'));
  if (channel.kind === 'im' || channel.kind === 'mpim') refuse(wrongKind);
  return channel.archived ? refuse('is_archived') : channel;
}

function current(workspace: Workspace, channel: Channel): Json {
  return presentChannel(workspace, workspace.state.channels.get(channel.id) ?? channel);
}
