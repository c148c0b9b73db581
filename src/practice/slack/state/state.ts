// The state of the practice workspace: plain JSON, in Slack's format where Slack has one.
import type { Json } from '../given.ts';

export interface Team {
  id: string;
  name: string;
  domain: string;
}

/** A Slack app that is installed in the workspace: Skein, or the own app of one of its agents. */
export interface SlackApp {
  id: string;
  name: string;
  /** The handle of the agent whose own app it is. Absent: the main app. */
  agent?: string;
  /** Set once the app's tokens were revoked. Every call with them is refused. */
  revoked?: true;
  botId: string;
  botUserId: string;
  scopes: readonly string[];
  /** The bot events to which the app is subscribed, by their names in the manifest. */
  events: readonly string[];
  /** The app's slash commands, with the slash. */
  commands: readonly string[];
  /** The app's shortcuts in the menu of a message. */
  shortcuts: readonly { callbackId: string; name: string }[];
  /** Set for a commercial app outside Slack's Marketplace, whose history pages have 15 messages. */
  unlisted?: true;
}

export interface User {
  id: string;
  handle: string;
  name: string;
  email?: string;
  tz: string;
  title?: string;
  /** Set for an admin of the workspace. */
  admin?: true;
  bot?: true;
  /** The team id of a user from another workspace who is in a shared channel. */
  team?: string;
}

export type ChannelKind = 'public' | 'private' | 'im' | 'mpim';

export interface Channel {
  id: string;
  kind: ChannelKind;
  name: string;
  creator: string;
  /** When the channel was made, in seconds since 1970. */
  created: number;
  topic: string;
  purpose: string;
  archived: boolean;
  general?: true;
  /** Set if the channel is shared with another organisation (Slack Connect). */
  shared?: true;
  members: string[];
}

export interface Message {
  type: 'message';
  ts: string;
  text: string;
  subtype?: string;
  user?: string;
  bot_id?: string;
  app_id?: string;
  username?: string;
  icons?: Json;
  thread_ts?: string;
  parent_user_id?: string;
  client_msg_id?: string;
  inviter?: string;
  blocks?: Json[];
  attachments?: Json[];
  /** The ids of files. Slack's file objects replace them when the message is shown. */
  files?: string[];
  metadata?: { event_type: string; event_payload: Json };
  edited?: { user: string; ts: string };
  reactions?: { name: string; users: string[]; count: number }[];
  streaming_state?: 'in_progress' | 'completed';
}

export interface Ephemeral {
  channel: string;
  user: string;
  message: Message;
}

export interface FileRecord {
  id: string;
  name: string;
  title: string;
  mimetype: string;
  size: number;
  user: string;
  created: number;
  /** The secret in the upload URL. The bytes exist once `uploaded` is set. */
  secret: string;
  uploaded: boolean;
  /**
   * Set for a file of another workspace (Slack Connect). Messages contain only its id, and files.info returns all of
   * it.
   */
  connect?: true;
  shares: { channel: string; ts: string }[];
}

/** A view that a person has open: a modal, or their App Home. */
export interface OpenView {
  user: string;
  /** Slack's view object. */
  view: Json & { id: string; type: string; hash: string; root_view_id: string };
}

export interface ThreadStatus {
  channel: string;
  thread: string;
  status: string;
  loadingMessages: string[];
  username?: string;
  /** The app that set it, which has a line of its own in the thread. Absent: the main app. */
  app?: string;
  /** When the status was set, in milliseconds since 1970. */
  at: number;
}

export interface AgentSession {
  channel: string;
  thread: string;
  status: string;
  title?: string;
  /** The app whose session it is. Absent: the main app. */
  app?: string;
}

/** An open stream. It times out five minutes after its start. */
export interface Stream {
  channel: string;
  ts: string;
  startedAt: number;
  text: string;
  mode: string;
  plan?: string;
  tasks: Json[];
  blocks: Json[];
  stoppedByUser?: true;
}

/** A response_url. It can be used five times within thirty minutes. */
export interface ResponseUrl {
  id: string;
  channel: string;
  user: string;
  /** The message in which the interaction happened. */
  ts?: string;
  thread?: string;
  /** The app that was given it. Absent: the main app. */
  app?: string;
  expiresAt: number;
  uses: number;
}

/** A payload of the Events API, and the message that it is about. */
export interface QueuedEvent {
  id: string;
  channel?: string;
  ts?: string;
  /** The app that the event is for. Absent: the main app. */
  app?: string;
  payload: Json;
}

export interface State {
  team: Team;
  /** The app that acts; the main app where none does (as-app.ts). */
  app: SlackApp;
  /** All apps of the workspace by id, the main app first. */
  apps: Map<string, SlackApp>;
  users: Map<string, User>;
  channels: Map<string, Channel>;
  /** The messages by channel, and within a channel by ts, the oldest first. */
  messages: Map<string, Map<string, Message>>;
  /** The timestamps of the replies, by `channel:thread`. */
  threads: Map<string, string[]>;
  ephemerals: Ephemeral[];
  files: Map<string, FileRecord>;
  /** The ids of deleted files. */
  goneFiles: Set<string>;
  views: Map<string, OpenView>;
  statuses: Map<string, ThreadStatus>;
  sessions: Map<string, AgentSession>;
  prompts: Map<string, Json>;
  titles: Map<string, string>;
  streams: Map<string, Stream>;
  responseUrls: Map<string, ResponseUrl>;
  /** The events without an acknowledgement, the oldest first. */
  pending: Map<string, QueuedEvent>;
  /** The newest events, acknowledged or not. They can be sent again. */
  recent: QueuedEvent[];
  /** The highest ts so far, in microseconds. */
  lastMicros: number;
}

export function emptyState(): State {
  return {
    team: { id: '', name: '', domain: '' },
    app: { id: '', name: '', botId: '', botUserId: '', scopes: [], events: [], commands: [], shortcuts: [] },
    apps: new Map(),
    users: new Map(),
    channels: new Map(),
    messages: new Map(),
    threads: new Map(),
    ephemerals: [],
    files: new Map(),
    goneFiles: new Set(),
    views: new Map(),
    statuses: new Map(),
    sessions: new Map(),
    prompts: new Map(),
    titles: new Map(),
    streams: new Map(),
    responseUrls: new Map(),
    pending: new Map(),
    recent: [],
    lastMicros: 0,
  };
}

export const threadKey = (channel: string, thread: string): string => `${channel}:${thread}`;
