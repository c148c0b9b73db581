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

const membership = z.object({ user: id, channel: id, inviter: id.optional() });
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
    ({ event, team, eventId, self }) =>
      toldTwice(self, team, eventId) ?? { kind: 'user_changed', team, eventId, user: userAnswer.parse(event) },
  ],
  ['app_home_opened', homeOpened],
  ['agent_session_stopped', sessionStopped],
  ['tokens_revoked', tokensRevoked],
  [
    'app_uninstalled',
    ({ team, eventId, self }) => ({ kind: 'app_uninstalled', team, eventId, ...present({ agent: self.carrier }) }),
  ],
]);

function memberJoined({ event, team, eventId, self }: Callback): Inbound {
  const { user, channel, inviter } = membership.parse(event);
  const fields = { team, channel, eventId };
  if (user === self.botUserId) return { kind: 'app_joined', ...fields };
  const agent = agentWith(self, user);
  if (agent) return { kind: 'agent_joined', ...fields, agent, ...present({ by: inviter }) };
  return toldTwice(self, team, eventId) ?? { kind: 'member_joined', ...fields, user };
}

/** Returns the agent whose own app has this user. */
function agentWith({ agents = [] }: Self, user: string): string | undefined {
  return agents.find(({ botUserId }) => botUserId === user)?.agent;
}

/** Events about a channel, its people or a profile count only through the main app, which is told of them too. */
function toldTwice({ carrier }: Self, team: string, id: string): Inbound | undefined {
  return carrier ? { kind: 'ignored', team, reason: 'the main app is told of it too', id } : undefined;
}

function memberLeft({ event, team, eventId, self }: Callback): Inbound {
  const { user, channel } = membership.parse(event);
  if (user === self.botUserId) return { kind: 'app_left', team, channel, eventId };
  const agent = agentWith(self, user);
  if (agent) return { kind: 'agent_left', team, channel, eventId, agent };
  return toldTwice(self, team, eventId) ?? { kind: 'member_left', team, channel, eventId, user };
}

function appLeft({ event, team, eventId, self: { carrier } }: Callback): Inbound {
  const { channel } = inChannel.parse(event);
  return carrier
    ? { kind: 'agent_left', team, channel, eventId, agent: carrier }
    : { kind: 'app_left', team, channel, eventId };
}

function channelRenamed({ event, team, eventId, self }: Callback): Inbound {
  const { channel } = renamed.parse(event);
  return (
    toldTwice(self, team, eventId) ?? {
      kind: 'channel_renamed',
      team,
      channel: channel.id,
      name: channel.name,
      eventId,
    }
  );
}

function archiving({ event, team, eventId, self }: Callback, kind: 'channel_archived' | 'channel_unarchived'): Inbound {
  return toldTwice(self, team, eventId) ?? { kind, team, eventId, ...present(inChannel.parse(event)) };
}

/** An agent's own app has no Home tab. */
function homeOpened({ event, team, eventId, self }: Callback): Inbound {
  if (self.carrier) return { kind: 'ignored', team, reason: "an agent's own app has no Home tab", id: eventId };
  return { kind: 'home_opened', team, eventId, ...present(home.parse(event)) };
}

function sessionStopped({ event, team, eventId, self }: Callback): Inbound {
  const { channel, user, thread_ts } = stopped.parse(event);
  const agent = present({ agent: self.carrier });
  return { kind: 'session_stopped', team, eventId, channel, user, threadTs: thread_ts, ...agent };
}

function tokensRevoked({ event, team, eventId, self }: Callback): Inbound {
  const { tokens } = revoked.parse(event);
  return {
    kind: 'tokens_revoked',
    team,
    eventId,
    users: [...tokens.oauth, ...tokens.bot],
    ...present({ agent: self.carrier }),
  };
}

function missing(field: string): z.core.$ZodIssue {
  return { code: 'custom', path: [field], message: 'is missing', input: undefined };
}
