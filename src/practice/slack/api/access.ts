// Finds channels and messages with the app's permissions.
import { dmOf } from '../acts/channels.ts';
import { findMessage } from '../acts/post.ts';
import type { Channel, Message, User } from '../state/state.ts';
import type { Workspace } from '../state/workspace.ts';
import { refuse } from './method.ts';

/** Returns a public channel, or one that has the app as a member. Throws Slack's “not found” error for any other. */
export function visibleChannel({ state }: Workspace, id: string): Channel {
  const channel = state.channels.get(id);
  if (channel === undefined) return refuse('channel_not_found');
  return channel.kind === 'public' || isIn(channel, state.app.botUserId) ? channel : refuse('channel_not_found');
}

/** Returns a channel that has the app as a member. Throws `code` for any other. */
export function joinedChannel(workspace: Workspace, id: string, code = 'not_in_channel'): Channel {
  const channel = visibleChannel(workspace, id);
  return isIn(channel, workspace.state.app.botUserId) ? channel : refuse(code);
}

/**
 * Returns the channel of a message's target: a conversation's id, a channel's name, or the id of a user for their DM
 * with the app.
 */
export function destination(workspace: Workspace, named: string): Channel {
  const { state } = workspace;
  const user = state.users.get(named);
  if (user !== undefined) return user.bot ? refuse('channel_not_found') : dmOf(workspace, user.id);
  const name = named.replace(/^#/, '');
  const byName = [...state.channels.values()].find((channel) => channel.name === name && channel.name !== '');
  const channel = joinedChannel(workspace, byName?.id ?? named);
  return channel.archived ? refuse('is_archived') : channel;
}

export function messageAt(workspace: Workspace, channel: Channel, ts: string, code = 'message_not_found'): Message {
  return findMessage(workspace, channel.id, ts) ?? refuse(code);
}

export function userOf({ state }: Workspace, id: string, code = 'user_not_found'): User {
  return state.users.get(id) ?? refuse(code);
}

export const isIn = (channel: Channel, user: string): boolean => channel.members.includes(user);

/** Returns the first message of a thread. System messages have no threads. */
export function threadRoot(
  workspace: Workspace,
  channel: Channel,
  ts: string | undefined,
  code: string,
): string | undefined {
  if (ts === undefined) return undefined;
  const message = messageAt(workspace, channel, ts, code);
  const systemLine = /^(channel|group)_/.test(message.subtype ?? '');
  return systemLine ? refuse(code) : (message.thread_ts ?? ts);
}
