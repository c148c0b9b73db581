// The changes of the practice workspace. The journal stores them, and `fold` applies them to the state.

import type { Json } from '../given.ts';
import type {
  AgentSession,
  Channel,
  Ephemeral,
  FileRecord,
  Message,
  OpenView,
  QueuedEvent,
  ResponseUrl,
  SlackApp,
  Stream,
  Team,
  ThreadStatus,
  User,
} from './state.ts';

export type Change =
  | { kind: 'founded'; team: Team; app: SlackApp }
  /** Also an app that is installed again, with other facts. */
  | { kind: 'app-installed'; app: SlackApp; user: User }
  | { kind: 'app-removed'; app: string }
  | { kind: 'tokens-revoked'; app: string; eventTs: string }
  | { kind: 'user-made'; user: User }
  | { kind: 'user-changed'; user: User; eventTs: string }
  | { kind: 'channel-made'; channel: Channel; by: string; eventTs?: string; silent?: true }
  | { kind: 'channel-renamed'; channel: string; name: string; by: string; eventTs: string }
  | { kind: 'channel-topic'; channel: string; topic: string }
  | { kind: 'channel-archived'; channel: string; by: string; eventTs: string }
  | { kind: 'channel-unarchived'; channel: string; by: string; eventTs: string }
  | { kind: 'joined'; channel: string; user: string; inviter?: string; eventTs: string }
  | { kind: 'left'; channel: string; user: string; by: string; eventTs: string }
  /** `silent`: true if the message causes no event, as for the seed's messages and a stream's first state. */
  | { kind: 'posted'; channel: string; message: Message; silent?: true }
  | { kind: 'changed'; channel: string; message: Message; previous: Message; eventTs: string; silent?: true }
  | { kind: 'deleted'; channel: string; message: Message; eventTs: string }
  | { kind: 'whispered'; ephemeral: Ephemeral }
  | { kind: 'unwhispered'; channel: string; user: string; ts: string }
  | { kind: 'reacted'; channel: string; ts: string; user: string; name: string; eventTs: string }
  | { kind: 'unreacted'; channel: string; ts: string; user: string; name: string; eventTs: string }
  | { kind: 'file-set'; file: FileRecord }
  | { kind: 'file-gone'; file: string }
  | { kind: 'file-shared'; file: string; channel: string; ts: string; user: string; eventTs: string }
  | { kind: 'view-set'; open: OpenView }
  | { kind: 'view-gone'; view: string; user: string }
  | { kind: 'home-opened'; user: string; channel: string; tab: 'home' | 'messages'; app?: string; eventTs: string }
  | { kind: 'status-set'; status: ThreadStatus }
  | { kind: 'session-set'; session: AgentSession }
  | {
      kind: 'session-stopped';
      channel: string;
      thread: string;
      user: string;
      streams: string[];
      app?: string;
      eventTs: string;
    }
  | { kind: 'prompts-set'; channel: string; prompts: Json }
  | { kind: 'title-set'; channel: string; thread: string; title: string }
  | { kind: 'stream-set'; stream: Stream }
  | { kind: 'stream-gone'; channel: string; ts: string }
  | { kind: 'response-url-set'; responseUrl: ResponseUrl }
  | { kind: 'event-queued'; event: QueuedEvent }
  | { kind: 'event-settled'; id: string; acked: boolean };

/** The part of the workspace that a change affects. A live page reloads only that part. */
export interface VisibleChange {
  kind: Change['kind'];
  channel?: string;
  ts?: string;
  thread?: string;
  user?: string;
}

export function visibleChangeOf(change: Change): VisibleChange {
  const { kind } = change;
  switch (change.kind) {
    case 'posted':
    case 'changed':
    case 'deleted': {
      const { ts, thread_ts: thread } = change.message;
      return { kind, channel: change.channel, ts, ...(thread === undefined ? {} : { thread }) };
    }
    case 'whispered': {
      const { channel, user, message } = change.ephemeral;
      return { kind, channel, user, ts: message.ts };
    }
    case 'unwhispered':
    case 'reacted':
    case 'unreacted':
    case 'file-shared':
      return { kind, channel: change.channel, ts: change.ts, user: change.user };
    case 'status-set':
      return { kind, channel: change.status.channel, thread: change.status.thread };
    case 'session-set':
      return { kind, channel: change.session.channel, thread: change.session.thread };
    case 'session-stopped':
    case 'title-set':
      return { kind, channel: change.channel, thread: change.thread };
    case 'stream-set':
      return { kind, channel: change.stream.channel, ts: change.stream.ts };
    case 'stream-gone':
      return { kind, channel: change.channel, ts: change.ts };
    case 'channel-made':
      return { kind, channel: change.channel.id };
    case 'joined':
    case 'left':
    case 'home-opened':
      return { kind, channel: change.channel, user: change.user };
    case 'channel-renamed':
    case 'channel-topic':
    case 'channel-archived':
    case 'channel-unarchived':
    case 'prompts-set':
      return { kind, channel: change.channel };
    case 'view-set':
      return { kind, user: change.open.user };
    case 'view-gone':
      return { kind, user: change.user };
    default:
      return { kind };
  }
}
