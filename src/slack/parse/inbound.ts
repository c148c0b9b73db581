// What Slack can tell us: one closed union. Times (`ts`) are Slack's own strings, unique within a channel.

/** Fields that every message-like thing has. `team` is the workspace it happened in, as this app sees it. */
export interface InChannel {
  team: string;
  channel: string;
}

export type ChannelType = 'channel' | 'group' | 'im' | 'mpim';

export interface InboundFile {
  id: string;
  name: string;
  mimetype: string;
  /** Bytes; 0 where Slack does not say. */
  size: number;
  /** Needs the bot token to be read; empty where Slack gives none. */
  url: string;
  /** Of another workspace (Slack Connect): only its id is known until Slack is asked. */
  stub?: true;
}

export interface MessagePosted extends InChannel {
  kind: 'message_posted';
  /** Absent in the `app_mention` twin of a channel message, which does not tell public from private. */
  channelType?: ChannelType;
  ts: string;
  threadTs?: string;
  user: string;
  /** What Slack calls the user, where it says so: it does for people of other workspaces. */
  userName?: string;
  /** Slack's mrkdwn, the author's own words. `readText` makes Markdown of it. */
  text: string;
  /** mrkdwn that came with it and was written elsewhere: forwarded messages, previews, blocks of apps. */
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
  /** Its author is an app: the text is all that it shows. */
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
  /** mrkdwn: all that it shows, its blocks and attachments too. */
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

export type Inbound =
  | MessagePosted
  | MessageEdited
  | MessageDeleted
  | AppMessage
  | (InChannel & Evented & { kind: 'member_joined' | 'member_left'; user: string })
  | (InChannel & Evented & { kind: 'app_joined' | 'app_left' })
  | (InChannel & Evented & { kind: 'channel_renamed'; name: string })
  | (InChannel & Evented & { kind: 'channel_archived' | 'channel_unarchived'; user?: string })
  | (Evented & { kind: 'user_changed'; team: string; user: SlackUser })
  | (Evented & { kind: 'home_opened'; team: string; user: string; tab: string; channel?: string })
  | (InChannel & Evented & { kind: 'session_stopped'; user: string; threadTs: string })
  | (Evented & { kind: 'tokens_revoked'; team: string; users: string[] })
  | (Evented & { kind: 'app_uninstalled'; team: string })
  | (Triggered & {
      kind: 'button';
      actionId: string;
      /** Empty where there is none. */
      value: string;
      channel?: string;
      responseUrl?: string;
    })
  | (Triggered & { kind: 'command'; command: string; text: string; channel: string; responseUrl: string })
  /** Known and of no consequence, such as our own posts. */
  | { kind: 'ignored'; team: string; reason: string; id: string }
  /** Something Slack may send that this app has no use for. */
  | { kind: 'unsupported'; team: string; type: string; id: string }
  /** Not what Slack documents; `problem` is a sentence. */
  | { kind: 'malformed'; team: string; problem: string; id: string };

export interface SlackUser {
  id: string;
  name: string;
  realName: string;
  /** What others see, where the person chose another name. */
  displayName?: string;
  isBot: boolean;
  deleted: boolean;
  /** Admins and owners of the workspace. */
  admin: boolean;
  /** Multi- and single-channel guests. */
  guest: boolean;
  /** Slack's own word for somebody of another workspace whom no shared channel shows to the app. */
  stranger: boolean;
  /** The workspaces and the Enterprise organisation that the person belongs to; empty where Slack names none. */
  teams: string[];
  /** Only what Slack has confirmed. */
  email?: string;
  timeZone?: string;
}

/** Who we are in this workspace: so that our own posts are known. */
export interface Self {
  botUserId: string;
  botId: string;
  appId?: string;
}

/** The key under which the inbox keeps it: the same for every repetition of the same thing, and for a mention's two events. */
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
      return `slack:action:${inbound.triggerId}`;
    case 'ignored':
    case 'unsupported':
    case 'malformed':
      return `slack:event:${inbound.id}`;
    default:
      return `slack:event:${inbound.eventId}`;
  }
}

/** Further keys of the same thing: one gesture of a person has been seen with two `ts` but one client_msg_id. */
export function aliasesOf(inbound: Inbound): string[] {
  if (inbound.kind !== 'message_posted' || inbound.clientMsgId === undefined) return [];
  return [`slack:client:${inbound.team}:${inbound.channel}:${inbound.clientMsgId}`];
}

/** What must be handled in order: one channel; without a channel, one person; else the workspace. */
export function laneOf(inbound: Inbound): string {
  const channel = 'channel' in inbound ? inbound.channel : undefined;
  const user = 'user' in inbound ? inbound.user : undefined;
  const lane = channel ?? (typeof user === 'string' ? user : user?.id);
  return lane === undefined ? `slack:${inbound.team}` : `slack:${inbound.team}:${lane}`;
}
