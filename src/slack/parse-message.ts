// The `message` event in its many subtypes, and `app_mention`, its twin.
import { z } from 'zod';
import type { AppMessage, ChannelType, Inbound, InboundFile, MessagePosted, Self } from './inbound.ts';
import type { Callback } from './parse-event.ts';
import { present } from './present.ts';
import { mentionsUser } from './text.ts';

const id = z.string().min(1);
const channelType = z.enum(['channel', 'group', 'im', 'mpim']).optional().catch(undefined);

const file = z.object({
  id,
  name: z.string().nullish(),
  mimetype: z.string().nullish(),
  size: z.number().nullish(),
  url_private: z.string().nullish(),
});

const posted = z.object({
  subtype: z.string().optional(),
  user: id.optional(),
  text: z.string().nullish(),
  ts: id,
  thread_ts: id.optional(),
  client_msg_id: id.optional(),
  bot_id: id.nullish(),
  app_id: id.nullish(),
  username: z.string().nullish(),
  bot_profile: z.object({ app_id: id.optional(), name: z.string().optional() }).nullish(),
  files: z.array(file).nullish(),
  edited: z.object({ user: id.optional(), ts: id }).optional(),
});
type Posted = z.infer<typeof posted>;

const kindOfMessage = z.object({ subtype: z.string().optional(), channel: id, channel_type: channelType });
const changedMessage = z.object({ event_ts: id, message: posted, previous_message: posted.partial().optional() });
const deletedMessage = z.object({ event_ts: id, deleted_ts: id, previous_message: posted.partial().optional() });

/** Subtypes that are a person's message all the same. */
const spoken = new Set([undefined, 'file_share', 'thread_broadcast', 'me_message', 'bot_message']);
/** Subtypes that repeat what another event says. */
const told = new Set([
  'channel_join',
  'channel_leave',
  'group_join',
  'group_leave',
  'channel_name',
  'group_name',
  'channel_archive',
  'group_archive',
  'channel_unarchive',
  'group_unarchive',
  'message_replied',
]);

interface At {
  team: string;
  channel: string;
  channelType?: ChannelType;
}

/** Throws z.ZodError. */
export function parseMessage({ event, team, eventId, self }: Callback): Inbound {
  const { subtype, channel, channel_type } = kindOfMessage.parse(event);
  const at: At = { team, channel, ...present({ channelType: channel_type }) };
  if (subtype === 'message_changed') return changed(at, event, eventId, self);
  if (subtype === 'message_deleted') return deleted(at, event, eventId, self);
  if (spoken.has(subtype)) return fromPosted(at, posted.parse(event), eventId, self);
  if (subtype !== undefined && told.has(subtype)) {
    return { kind: 'ignored', team, reason: `another event tells of ${subtype}`, id: eventId };
  }
  return { kind: 'unsupported', team, type: `message.${subtype}`, id: eventId };
}

/** Slack sends a mention in a channel twice; this one becomes the same message. A DM's type shows in its id. Throws z.ZodError. */
export function parseMention({ event, team, eventId, self }: Callback): Inbound {
  const { channel, channel_type } = kindOfMessage.parse(event);
  const type = channel_type ?? (channel.startsWith('D') ? 'im' : undefined);
  return fromPosted({ team, channel, ...present({ channelType: type }) }, posted.parse(event), eventId, self);
}

function fromPosted(at: At, message: Posted, eventId: string, self: Self): Inbound {
  if (isOwn(message, self)) return { kind: 'ignored', team: at.team, reason: 'our own message', id: eventId };
  const common = {
    ts: message.ts,
    text: message.text ?? '',
    files: filesOf(message),
    mentionsApp: mentionsUser(message.text ?? '', self.botUserId),
  };
  if (message.bot_id || message.subtype === 'bot_message' || message.user === undefined) {
    return { kind: 'app_message', ...at, ...common, ...byApp(message) } satisfies AppMessage;
  }
  return {
    kind: 'message_posted',
    ...at,
    ...common,
    user: message.user,
    ...present({
      threadTs: message.thread_ts,
      clientMsgId: message.client_msg_id,
    }),
  } satisfies MessagePosted;
}

function byApp(message: Posted) {
  return present({
    threadTs: message.thread_ts,
    appId: message.app_id ?? message.bot_profile?.app_id,
    botId: message.bot_id ?? undefined,
    name: message.username ?? message.bot_profile?.name,
  });
}

function changed(at: At, event: unknown, eventId: string, self: Self): Inbound {
  const { message, previous_message: before, event_ts: eventTs } = changedMessage.parse(event);
  const ignored = (reason: string): Inbound => ({ kind: 'ignored', team: at.team, reason, id: eventId });
  if (isOwn(message, self)) return ignored('our own message');
  // Deleting the first message of a thread that has replies leaves a tombstone in its place.
  if (message.subtype === 'tombstone') {
    const gone = present({ user: before?.user, threadTs: message.thread_ts });
    return { kind: 'message_deleted', ...at, ts: message.ts, eventTs, ...gone };
  }
  if (message.bot_id || message.user === undefined) return ignored("another app's edit");
  // Unfurled links and new replies change a message, too, but not what the person wrote.
  if (message.edited === undefined || message.edited.ts === before?.edited?.ts) return ignored('nobody edited it');
  return {
    kind: 'message_edited',
    ...at,
    ts: message.ts,
    eventTs,
    editedAt: message.edited.ts,
    user: message.user,
    text: message.text ?? '',
    files: filesOf(message),
    ...present({ threadTs: message.thread_ts }),
  };
}

function deleted(at: At, event: unknown, eventId: string, self: Self): Inbound {
  const { deleted_ts: ts, event_ts: eventTs, previous_message: before } = deletedMessage.parse(event);
  if (before && isOwn(before, self)) return { kind: 'ignored', team: at.team, reason: 'our own message', id: eventId };
  const gone = present({ user: before?.user, threadTs: before?.thread_ts });
  return { kind: 'message_deleted', ...at, ts, eventTs, ...gone };
}

type Author = { [K in 'user' | 'bot_id' | 'app_id' | 'bot_profile']?: Posted[K] | undefined };

function isOwn(message: Author, self: Self): boolean {
  if (message.user === self.botUserId || message.bot_id === self.botId) return true;
  const appId = message.app_id ?? message.bot_profile?.app_id;
  return self.appId !== undefined && appId === self.appId && Boolean(message.bot_id);
}

function filesOf(message: Posted): InboundFile[] {
  return (message.files ?? []).map((each) => ({
    id: each.id,
    name: each.name || each.id,
    mimetype: each.mimetype || 'application/octet-stream',
    size: each.size ?? 0,
    url: each.url_private ?? '',
  }));
}
