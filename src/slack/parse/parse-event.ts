// Parses Events API callbacks about members, channels, users and the app itself. `parse-message.ts` parses messages.

import { z } from 'zod';
import { present } from '../present.ts';
import type { Callback } from './callback.ts';
import type { Inbound, Self } from './inbound.ts';
import { parseMention, parseMessage } from './parse-message.ts';
import { userAnswer } from './user.ts';

const id = z.string().min(1);

const callback = z.object({
  team_id: z.string().nullish(),
  context_team_id: z.string().nullish(),
  event_id: id,
  event: z.looseObject({ type: id }),
});

/** Returns the event as an `Inbound`. Throws z.ZodError if the callback differs from Slack's documentation. */
export function parseEvent(body: unknown, self: Self): Inbound {
  const { event, event_id: eventId, team_id, context_team_id } = callback.parse(body);
  // With Slack Connect, `team_id` may be the other workspace. `context_team_id` is ours.
  const team = context_team_id || team_id;
  if (!team) throw new z.ZodError([missing('team_id')]);
  const read = readers.get(event.type);
  if (read === undefined) return { kind: 'unsupported', team, type: event.type, id: eventId };
  return read({ event, team, eventId, self });
}

const membership = z.object({ user: id, channel: id });
const inChannel = z.object({ channel: id, user: id.optional() });
const renamed = z.object({ channel: z.object({ id, name: id }) });
const home = z.object({ user: id, tab: z.string().default('home'), channel: id.optional() });
const stopped = z.object({ channel: id, user: id, thread_ts: id });
const revoked = z.object({
  tokens: z.object({ oauth: z.array(z.string()).default([]), bot: z.array(z.string()).default([]) }),
});
const readers = new Map<string, (from: Callback) => Inbound>([
  ['message', parseMessage],
  ['app_mention', parseMention],
  ['member_joined_channel', memberJoined],
  ['member_left_channel', memberLeft],
  ['channel_left', appLeft],
  ['group_left', appLeft],
  ['channel_rename', channelRenamed],
  ['group_rename', channelRenamed],
  ['channel_archive', (from) => archiving(from, 'channel_archived')],
  ['group_archive', (from) => archiving(from, 'channel_archived')],
  ['channel_unarchive', (from) => archiving(from, 'channel_unarchived')],
  ['group_unarchive', (from) => archiving(from, 'channel_unarchived')],
  [
    'user_change',
    ({ event, team, eventId }) => ({ kind: 'user_changed', team, eventId, user: userAnswer.parse(event) }),
  ],
  ['app_home_opened', homeOpened],
  ['agent_session_stopped', sessionStopped],
  ['tokens_revoked', tokensRevoked],
  ['app_uninstalled', ({ team, eventId }) => ({ kind: 'app_uninstalled', team, eventId })],
]);

function memberJoined({ event, team, eventId, self }: Callback): Inbound {
  const { user, channel } = membership.parse(event);
  const fields = { team, channel, eventId };
  return user === self.botUserId ? { kind: 'app_joined', ...fields } : { kind: 'member_joined', ...fields, user };
}

function memberLeft({ event, team, eventId, self }: Callback): Inbound {
  const { user, channel } = membership.parse(event);
  if (user === self.botUserId) return { kind: 'app_left', team, channel, eventId };
  return { kind: 'member_left', team, channel, eventId, user };
}

function appLeft({ event, team, eventId }: Callback): Inbound {
  return { kind: 'app_left', team, channel: inChannel.parse(event).channel, eventId };
}

function channelRenamed({ event, team, eventId }: Callback): Inbound {
  const { channel } = renamed.parse(event);
  return { kind: 'channel_renamed', team, channel: channel.id, name: channel.name, eventId };
}

function archiving({ event, team, eventId }: Callback, kind: 'channel_archived' | 'channel_unarchived'): Inbound {
  return { kind, team, eventId, ...present(inChannel.parse(event)) };
}

function homeOpened({ event, team, eventId }: Callback): Inbound {
  return { kind: 'home_opened', team, eventId, ...present(home.parse(event)) };
}

function sessionStopped({ event, team, eventId }: Callback): Inbound {
  const { channel, user, thread_ts } = stopped.parse(event);
  return { kind: 'session_stopped', team, eventId, channel, user, threadTs: thread_ts };
}

function tokensRevoked({ event, team, eventId }: Callback): Inbound {
  const { tokens } = revoked.parse(event);
  return { kind: 'tokens_revoked', team, eventId, users: [...tokens.oauth, ...tokens.bot] };
}

function missing(field: string): z.core.$ZodIssue {
  return { code: 'custom', path: [field], message: 'is missing', input: undefined };
}
