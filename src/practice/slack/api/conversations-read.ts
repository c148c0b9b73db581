// The methods conversations.* that read.
import { given, type Json } from '../given.ts';
import { presentChannel, presentInHistory } from '../present.ts';
import { type Channel, type Message, threadKey } from '../state/state.ts';
import type { Workspace } from '../state/workspace.ts';
import { isIn, joinedChannel, visibleChannel } from './access.ts';
import { countOf, flagOf, namesOf, optionalText, textOf } from './arguments.ts';
import { type Call, type MethodTable, refuse } from './method.ts';
import { pageOf } from './page.ts';

const read = ['channels:read', 'groups:read', 'im:read', 'mpim:read'];
const history = ['channels:history', 'groups:history', 'im:history', 'mpim:history'];
const TYPES: Record<string, Channel['kind']> = {
  public_channel: 'public',
  private_channel: 'private',
  im: 'im',
  mpim: 'mpim',
};

export const conversationReads: MethodTable = {
  'conversations.list': {
    tier: 2,
    scopes: read,
    errors: ['invalid_cursor', 'invalid_limit', 'invalid_types'],
    run: listConversations,
  },
  'conversations.info': {
    tier: 3,
    scopes: read,
    required: ['channel'],
    errors: ['channel_not_found'],
    run: conversationInfo,
  },
  'conversations.members': {
    tier: 4,
    scopes: read,
    required: ['channel'],
    errors: ['channel_not_found', 'invalid_cursor', 'invalid_limit'],
    run: conversationMembers,
  },
  'conversations.history': {
    tier: 3,
    scopes: history,
    required: ['channel'],
    errors: ['channel_not_found', 'invalid_cursor', 'invalid_ts_latest', 'invalid_ts_oldest', 'not_in_channel'],
    run: conversationHistory,
  },
  'conversations.replies': {
    tier: 3,
    scopes: history,
    required: ['channel', 'ts'],
    errors: ['channel_not_found', 'invalid_cursor', 'invalid_ts_latest', 'invalid_ts_oldest', 'thread_not_found'],
    run: conversationReplies,
  },
};

function listConversations({ workspace, args }: Call): Json {
  const types = namesOf(args, 'types');
  const kinds = (types.length === 0 ? ['public_channel'] : types).map((type) => TYPES[type] ?? refuse('invalid_types'));
  const found = [...workspace.state.channels.values()]
    .filter((channel) => kinds.includes(channel.kind))
    .filter((channel) => channel.kind === 'public' || isIn(channel, workspace.state.app.botUserId))
    .filter((channel) => !flagOf(args, 'exclude_archived') || !channel.archived);
  const { items, response_metadata } = pageOf(found, args, countOf(args, 'limit', 100, 1_000, 'invalid_limit'));
  return { channels: items.map((channel) => presentChannel(workspace, channel)), response_metadata };
}

function conversationInfo({ workspace, args }: Call): Json {
  const shown = presentChannel(workspace, visibleChannel(workspace, textOf(args, 'channel')));
  const { num_members: count, ...channel } = shown;
  return { channel: flagOf(args, 'include_num_members') ? given({ ...channel, num_members: count }) : channel };
}

function conversationMembers({ workspace, args }: Call): Json {
  const { members } = visibleChannel(workspace, textOf(args, 'channel'));
  const { items, response_metadata } = pageOf(members, args, countOf(args, 'limit', 100, 1_000, 'invalid_limit'));
  return { members: items, response_metadata };
}

/**
 * Returns the messages of a channel, the newest first. Includes no replies, because practice people never broadcast one
 * to the channel.
 */
function conversationHistory({ workspace, args }: Call): Json {
  const channel = joinedChannel(workspace, textOf(args, 'channel'));
  const roots = [...(workspace.state.messages.get(channel.id)?.values() ?? [])]
    .filter((message) => message.thread_ts === undefined || message.thread_ts === message.ts)
    .filter(within(args))
    .reverse();
  const { items, more, response_metadata } = pageOf(roots, args, historyLimit(workspace, args, 100, 999));
  const messages = items.map((message) =>
    presentInHistory(workspace, channel.id, message, flagOf(args, 'include_all_metadata')),
  );
  return { messages, has_more: more, pin_count: 0, ...(more ? { response_metadata } : {}) };
}

/**
 * Returns the messages of a thread, the oldest first. Each page begins with the thread's first message. If `ts` is that
 * of a reply, returns only this reply.
 */
function conversationReplies({ workspace, args }: Call): Json {
  const { state } = workspace;
  const channel = joinedChannel(workspace, textOf(args, 'channel'), 'channel_not_found');
  const messages = state.messages.get(channel.id);
  const root = messages?.get(textOf(args, 'ts')) ?? refuse('thread_not_found');
  const replies = (state.threads.get(threadKey(channel.id, root.ts)) ?? []).flatMap((ts) => messages?.get(ts) ?? []);
  const thread = [root, ...replies.filter(within(args))];
  const { items, more, response_metadata } = pageOf(thread, args, historyLimit(workspace, args, 1_000, 1_000));
  const shown = items.map((message) =>
    presentInHistory(workspace, channel.id, message, flagOf(args, 'include_all_metadata')),
  );
  return { messages: shown, has_more: more, ...(more ? { response_metadata } : {}) };
}

/**
 * Returns the page size. For an app outside the Marketplace, 15 is the default and the maximum (Slack's docs, rate
 * limits, "Changes for non-Marketplace apps").
 */
function historyLimit({ state }: Workspace, args: Json, usual: number, most: number): number {
  const limit = countOf(args, 'limit', usual, most, 'invalid_arguments');
  return state.app.unlisted ? Math.min(limit, 15) : limit;
}

/** Returns a filter by `oldest` and `latest`, which are exclusive unless `inclusive` is set. */
function within(args: Json): (message: Message) => boolean {
  const bound = (name: string, code: string): number | undefined => {
    const given = optionalText(args, name);
    if (given === undefined || given === '0') return undefined;
    return Number.isFinite(Number(given)) ? Number(given) : refuse(code);
  };
  const oldest = bound('oldest', 'invalid_ts_oldest') ?? Number.NEGATIVE_INFINITY;
  const latest = bound('latest', 'invalid_ts_latest') ?? Number.POSITIVE_INFINITY;
  const inclusive = flagOf(args, 'inclusive');
  return ({ ts }) => {
    const at = Number(ts);
    return (at > oldest && at < latest) || (inclusive && (at === oldest || at === latest));
  };
}
