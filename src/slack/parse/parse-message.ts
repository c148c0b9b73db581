// Parses `message` events with all their subtypes, and `app_mention` events.
import { z } from 'zod';
import { present } from '../present.ts';
import type { Callback } from './callback.ts';
import type { AppIds, AppMessage, ChannelType, Inbound, InboundFile, MessagePosted, Self } from './inbound.ts';
import type { Loose } from './loose.ts';
import { appWords, personWords } from './message-words.ts';
import { mentionsUser } from './text.ts';
import { SLACKBOT } from './user.ts';

/** The reason why our own posts are ignored. */
export const OWN = 'our own message';

const id = z.string().min(1);
const channelType = z.enum(['channel', 'group', 'im', 'mpim']).optional().catch(undefined);

const file = z.looseObject({
  id,
  name: z.string().nullish(),
  mimetype: z.string().nullish(),
  size: z.number().nullish(),
  url_private: z.string().nullish(),
  file_access: z.string().nullish(),
  mode: z.string().nullish(),
});
const parts = z.array(z.unknown()).nullish().catch(undefined);
const profile = z.object({ real_name: z.string().nullish(), display_name: z.string().nullish() });

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
  files: parts,
  blocks: parts,
  attachments: parts,
  user_profile: profile.nullish().catch(undefined),
  edited: z.object({ user: id.optional(), ts: id }).optional(),
});
type Posted = z.infer<typeof posted>;

const kindOfMessage = z.object({
  subtype: z.string().optional(),
  hidden: z.boolean().optional().catch(undefined),
  channel: id,
  channel_type: channelType,
});
const changedMessage = z.object({ event_ts: id, message: posted, previous_message: posted.partial().optional() });
const deletedMessage = z.object({ event_ts: id, deleted_ts: id, previous_message: posted.partial().optional() });

/** Subtypes whose content arrives in another event too. */
const describedElsewhere = new Set([
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
/** Subtypes of messages that Slack itself writes and that contain no text of a person. */
const lines = new Set([
  ...['bot_add', 'bot_remove', 'bot_enable', 'bot_disable', 'app_conversation_join', 'assistant_app_thread'],
  ...['channel_posting_permissions', 'channel_convert_to_private', 'ekm_access_denied', 'reminder_add'],
  ...['huddle_thread', 'sh_room_created', 'sh_room_shared', 'pinned_item', 'unpinned_item', 'tombstone'],
  ...['joiner_notification', 'joiner_notification_for_inviter', 'channel_canvas_updated', 'tabbed_canvas_updated'],
]);
/** Subtypes of messages that Slack itself writes and that quote a person's text. */
const quoting = new Set(['channel_topic', 'channel_purpose', 'group_topic', 'group_purpose']);

interface At {
  team: string;
  channel: string;
  channelType?: ChannelType;
}

/**
 * Parses a `message` event. Its author decides whether it is a message of a person or of an app. An unknown subtype
 * counts as an ordinary message. Throws z.ZodError.
 */
export function parseMessage({ event, team, eventId, self }: Callback): Inbound {
  const { subtype = '', hidden, channel, channel_type } = kindOfMessage.parse(event);
  const at: At = { team, channel, ...present({ channelType: channel_type }) };
  if (subtype === 'message_changed') return changed(at, event, eventId, self);
  if (subtype === 'message_deleted') return deleted(at, event, eventId, self);
  const ignored = (reason: string): Inbound => ({ kind: 'ignored', team, reason, id: eventId });
  if (describedElsewhere.has(subtype)) return ignored(`another event tells of ${subtype}`);
  if (lines.has(subtype)) return ignored(`a line of Slack's own (${subtype})`);
  const message = posted.parse(event);
  const author = message.user ?? message.bot_id;
  if (subtype && !writtenSubtypes.has(subtype) && (hidden || !author || saysNothing(message)))
    return { kind: 'unsupported', team, type: `message.${subtype}`, id: eventId };
  return fromPosted(at, message, eventId, self);
}

/** Subtypes that count as a message even if it has no readable text. */
const writtenSubtypes = new Set(['file_share', 'thread_broadcast', 'me_message', 'bot_message']);

function saysNothing({ text, blocks, attachments, files }: Posted): boolean {
  return !text && ![blocks, attachments, files].some((list) => list?.length);
}

/**
 * Parses an `app_mention`. Slack sends a mention as two events, and both are parsed to the same message. The channel's
 * id shows whether it is a DM. Throws z.ZodError.
 */
export function parseMention({ event, team, eventId, self }: Callback): Inbound {
  const { channel, channel_type } = kindOfMessage.parse(event);
  const type = channel_type ?? (channel.startsWith('D') ? 'im' : undefined);
  return fromPosted({ team, channel, ...present({ channelType: type }) }, posted.parse(event), eventId, self);
}

function fromPosted(at: At, message: Posted, eventId: string, self: Self): Inbound {
  if (isOwn(message, self)) return { kind: 'ignored', team: at.team, reason: OWN, id: eventId };
  const common = { ts: message.ts, files: filesOf(message) };
  const app = appOf(message);
  if (app || message.user === undefined) {
    const text = appWords(message.text ?? '', message as Loose);
    const threadTs = message.thread_ts;
    const mentionsApp = mentionsAny(message.text ?? '', self);
    return {
      kind: 'app_message',
      ...at,
      ...common,
      text,
      mentionsApp,
      ...present({ threadTs }),
      ...(app ?? namedIn(message)),
    } satisfies AppMessage;
  }
  const said = personWords(message.text ?? '', message as Loose);
  return {
    kind: 'message_posted',
    ...at,
    ...common,
    ...said,
    mentionsApp: mentionsAny(said.text, self),
    user: message.user,
    ...present({
      threadTs: message.thread_ts,
      clientMsgId: message.client_msg_id,
      userName: message.user_profile?.real_name || message.user_profile?.display_name || undefined,
    }),
  } satisfies MessagePosted;
}

/**
 * Returns the app that posted the message, or undefined for a person's message. Slackbot counts as an app: Slack gives
 * it a user id and does not mark it as a bot.
 */
function appOf(message: Posted): Pick<AppMessage, 'appId' | 'botId' | 'name'> | undefined {
  if (message.user === SLACKBOT) return { name: 'Slackbot' };
  if (quoting.has(message.subtype ?? '')) return { name: 'Slack' };
  return message.bot_id || message.bot_profile || message.subtype === 'bot_message' ? namedIn(message) : undefined;
}

function namedIn(message: Posted): Pick<AppMessage, 'appId' | 'botId' | 'name'> {
  return present({
    appId: message.app_id ?? message.bot_profile?.app_id,
    botId: message.bot_id ?? undefined,
    name: message.username ?? message.bot_profile?.name,
  });
}

function changed(at: At, event: unknown, eventId: string, self: Self): Inbound {
  const { message, previous_message: before, event_ts: eventTs } = changedMessage.parse(event);
  const ignored = (reason: string): Inbound => ({ kind: 'ignored', team: at.team, reason, id: eventId });
  if (isOwn(message, self)) return ignored(OWN);
  // Slack replaces the deleted first message of a thread with replies by a tombstone.
  if (message.subtype === 'tombstone') {
    const gone = present({ user: before?.user, threadTs: message.thread_ts });
    return { kind: 'message_deleted', ...at, ts: message.ts, eventTs, ...gone };
  }
  const app = appOf(message);
  const user = message.user ?? message.bot_id;
  if (!user) return ignored('an edit by nobody');
  // Slack also sends this event for link previews and new replies. Only an edit changes `edited`.
  if (message.edited === undefined || message.edited.ts === before?.edited?.ts) return ignored('nobody edited it');
  return {
    kind: 'message_edited',
    ...at,
    ts: message.ts,
    eventTs,
    editedAt: message.edited.ts,
    user,
    ...(app
      ? { app, text: appWords(message.text ?? '', message as Loose) }
      : personWords(message.text ?? '', message as Loose)),
    files: filesOf(message),
    ...present({ threadTs: message.thread_ts }),
  };
}

function deleted(at: At, event: unknown, eventId: string, self: Self): Inbound {
  const { deleted_ts: ts, event_ts: eventTs, previous_message: before } = deletedMessage.parse(event);
  if (before && isOwn(before, self)) return { kind: 'ignored', team: at.team, reason: OWN, id: eventId };
  const gone = present({ user: before?.user, threadTs: before?.thread_ts });
  return { kind: 'message_deleted', ...at, ts, eventTs, ...gone };
}

type Author = { [K in 'user' | 'bot_id' | 'app_id' | 'bot_profile']?: Posted[K] | undefined };

/** True for a post of the main app or of an agent's own app. Skein knows it from the log. */
function isOwn(message: Author, self: Self): boolean {
  return [self, ...(self.agents ?? [])].some((app) => isOf(message, app));
}

function isOf(message: Author, app: AppIds): boolean {
  if (message.user === app.botUserId || message.bot_id === app.botId) return true;
  const appId = message.app_id ?? message.bot_profile?.app_id;
  return app.appId !== undefined && appId === app.appId && Boolean(message.bot_id);
}

function mentionsAny(text: string, self: Self): boolean {
  return [self, ...(self.agents ?? [])].some(({ botUserId }) => mentionsUser(text, botUserId));
}

function filesOf(message: Posted): InboundFile[] {
  // A malformed file is skipped, so that the text of the message is not lost.
  const files = (message.files ?? []).flatMap((each) => file.safeParse(each).data ?? []);
  return files.map((each) => ({
    id: each.id,
    name: each.name || each.id,
    mimetype: each.mimetype || 'application/octet-stream',
    size: each.size ?? 0,
    url: each.url_private ?? '',
    ...(isStub(each) ? { stub: true as const } : {}),
  }));
}

/** True for a file of another workspace, for which Slack first sends only the id (docs: file object, "file_access"). */
function isStub({ file_access, url_private }: z.infer<typeof file>): boolean {
  return file_access === 'check_file_info' && !url_private;
}
