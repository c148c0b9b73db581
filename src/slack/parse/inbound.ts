// Everything that Slack can send, as one closed union. A `ts` is Slack's own timestamp, a string that is unique within
// a channel.

import type { FormId } from '../render/forms.ts';
import type { ShortcutId } from './shortcut-ids.ts';

/** The fields that all events about messages have. `team` is the workspace of the event, as this app sees it. */
export interface InChannel {
  team: string;
  channel: string;
}

export type ChannelType = 'channel' | 'group' | 'im' | 'mpim';

export interface InboundFile {
  id: string;
  name: string;
  mimetype: string;
  /** The size in bytes. 0 if Slack gives none. */
  size: number;
  /** The file's URL. Reading it needs the bot token. Empty if Slack gives none. */
  url: string;
  /** True for a file of another workspace (Slack Connect). Slack sends only its id; files.info returns the rest. */
  stub?: true;
}

export interface MessagePosted extends InChannel {
  kind: 'message_posted';
  /**
   * The kind of the channel. Absent in an `app_mention`, which does not say whether the channel is public or private.
   */
  channelType?: ChannelType;
  ts: string;
  threadTs?: string;
  user: string;
  /** The user's name. Slack sends it only for people of other workspaces. */
  userName?: string;
  /** The author's own text, as Slack's mrkdwn. `readText` converts it to Markdown. */
  text: string;
  /**
   * Text in the message that the author did not write, as mrkdwn: forwarded messages, link previews, blocks of apps.
   */
  brought?: string;
  clientMsgId?: string;
  files: InboundFile[];
  mentionsApp: boolean;
}

export interface MessageEdited extends InChannel {
  kind: 'message_edited';
  channelType?: ChannelType;
  ts: string;
  editedAt: string;
  eventTs: string;
  user: string;
  /** Set if the author is an app. `text` then contains everything that the message shows. */
  app?: Pick<AppMessage, 'appId' | 'botId' | 'name'>;
  text: string;
  brought?: string;
  threadTs?: string;
  files: InboundFile[];
}

export interface MessageDeleted extends InChannel {
  kind: 'message_deleted';
  channelType?: ChannelType;
  ts: string;
  eventTs: string;
  user?: string;
  threadTs?: string;
}

/** A message by another app. */
export interface AppMessage extends InChannel {
  kind: 'app_message';
  channelType?: ChannelType;
  ts: string;
  threadTs?: string;
  /** Everything that the message shows, including its blocks and attachments, as mrkdwn. */
  text: string;
  appId?: string;
  botId?: string;
  name?: string;
  mentionsApp: boolean;
  files: InboundFile[];
}

interface Evented {
  eventId: string;
}

interface Triggered {
  team: string;
  user: string;
  triggerId: string;
}

/** The message whose menu was used. `user` is absent if an app posted it. */
export interface MarkedMessage {
  ts: string;
  threadTs?: string;
  user?: string;
  /** The name that the author's app gives itself. */
  appName?: string;
  /** Its author's own text, as mrkdwn. */
  text: string;
}

export type Inbound =
  | MessagePosted
  | MessageEdited
  | MessageDeleted
  | AppMessage
  | (InChannel & Evented & { kind: 'member_joined' | 'member_left'; user: string })
  | (InChannel & Evented & { kind: 'app_joined' | 'app_left' })
  /** The own app of an agent. `by`: the user who invited it. */
  | (InChannel & Evented & { kind: 'agent_joined' | 'agent_left'; agent: string; by?: string })
  | (InChannel & Evented & { kind: 'channel_renamed'; name: string })
  | (InChannel & Evented & { kind: 'channel_archived' | 'channel_unarchived'; user?: string })
  | (Evented & { kind: 'user_changed'; team: string; user: SlackUser })
  | (Evented & { kind: 'home_opened'; team: string; user: string; tab: string; channel?: string })
  | (InChannel & Evented & { kind: 'session_stopped'; user: string; threadTs: string; agent?: string })
  | (Evented & { kind: 'tokens_revoked'; team: string; users: string[]; agent?: string })
  | (Evented & { kind: 'app_uninstalled'; team: string; agent?: string })
  | (Triggered & {
      kind: 'button';
      actionId: string;
      /** The value of the button, or of the choice in a menu. Empty if it has none. */
      value: string;
      channel?: string;
      responseUrl?: string;
    })
  /** A form that a person has filled in. `values`: by field. `view`: the id of the window. */
  | (Triggered & { kind: 'form'; view: string; form: FormId; about: string; values: Record<string, string> })
  /** A shortcut of the menu of a message. The message may be anybody's, and older than the pod. */
  | (Triggered &
      InChannel & { kind: 'message_shortcut'; shortcut: ShortcutId; message: MarkedMessage; responseUrl: string })
  | (Triggered & { kind: 'command'; command: string; text: string; channel: string; responseUrl: string })
  /** A known event that needs no handling, such as one of our own posts. */
  | { kind: 'ignored'; team: string; reason: string; id: string }
  /** An event that this app does not use. */
  | { kind: 'unsupported'; team: string; type: string; id: string }
  /** A payload that differs from Slack's documented form. `problem` is a sentence that says how. */
  | { kind: 'malformed'; team: string; problem: string; id: string };

export interface SlackUser {
  id: string;
  name: string;
  realName: string;
  /** The name that other people see. Absent if the person chose none. */
  displayName?: string;
  isBot: boolean;
  deleted: boolean;
  /** True for admins and owners of the workspace. */
  admin: boolean;
  /** True for guests, of one channel or of several. */
  guest: boolean;
  /** Slack's flag `is_stranger`: true for a person of another workspace who shares no channel with the app. */
  stranger: boolean;
  /** The workspaces and the Enterprise organisation of the person. Empty if Slack gives none. */
  teams: string[];
  /** The person's mail address. Present only if Slack has verified it. */
  email?: string;
  /** The person's job, as their profile says. */
  title?: string;
  timeZone?: string;
}

/** The ids of an app in the workspace. The parser recognises the app's own posts by them. */
export interface AppIds {
  botUserId: string;
  botId: string;
  appId?: string;
}

/** The own app of an agent. */
export interface AgentIds extends AppIds {
  /** The agent's handle. */
  agent: string;
  /** Slack refuses the app's token. Its ids are those it had, so that its mentions are still read. */
  lost?: true;
}

/** The ids of the main app, and of the agents' own apps. A message parses to the same, whichever of them carried it. */
export interface Self extends AppIds {
  agents?: readonly AgentIds[];
  /** The agent whose own app carried the event. Absent: the main app. */
  carrier?: string;
}

/**
 * Returns the idempotency key of an event in the inbox. An event that Slack sends again has the same key, and so have
 * the two events of one mention.
 */
export function keyOf(inbound: Inbound): string {
  switch (inbound.kind) {
    case 'message_posted':
    case 'app_message':
      return `slack:${inbound.team}:${inbound.channel}:${inbound.ts}`;
    case 'message_edited':
    case 'message_deleted':
      return `slack:${inbound.team}:${inbound.channel}:${inbound.ts}:${inbound.eventTs}`;
    case 'button':
    case 'command':
    case 'form':
    case 'message_shortcut':
      return `slack:action:${inbound.triggerId}`;
    case 'ignored':
    case 'unsupported':
    case 'malformed':
      return `slack:event:${inbound.id}`;
    default:
      return `slack:event:${inbound.eventId}`;
  }
}

/**
 * Returns further keys of the same event. Slack has sent one message with two different `ts`, but with one
 * client_msg_id.
 */
export function aliasesOf(inbound: Inbound): string[] {
  if (inbound.kind !== 'message_posted' || inbound.clientMsgId === undefined) return [];
  return [`slack:client:${inbound.team}:${inbound.channel}:${inbound.clientMsgId}`];
}

/**
 * Returns the lane of an event, whose items are handled in order: that of its channel, else that of its person, else
 * that of the workspace.
 */
export function laneOf(inbound: Inbound): string {
  const channel = 'channel' in inbound ? inbound.channel : undefined;
  const user = 'user' in inbound ? inbound.user : undefined;
  const lane = channel ?? (typeof user === 'string' ? user : user?.id);
  return lane === undefined ? `slack:${inbound.team}` : `slack:${inbound.team}:${lane}`;
}
