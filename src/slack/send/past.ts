// Reads a page of past messages of a thread or a channel, as the events that once announced them.
import { z } from 'zod';
import { PAGE_SIZE } from '../limits.ts';
import type { AppMessage, MessagePosted, Self } from '../parse/inbound.ts';
import { parse } from '../parse/parse.ts';
import { present } from '../present.ts';
import { type Calling, call } from './call.ts';
import { METADATA_TYPE } from './post.ts';

export interface PastAsked {
  channel: string;
  /** The ts of the thread's first message. Absent: the channel itself. */
  thread?: string | undefined;
  cursor?: string | undefined;
  /** A Slack time. Older messages are left out. */
  oldest?: string | undefined;
  limit?: number | undefined;
}

export interface PastPage {
  /** In Slack's order: a thread's oldest first, a channel's newest first. */
  messages: unknown[];
  /** The cursor of the next page; absent on the last. */
  next?: string;
}

const answer = z.object({
  messages: z.array(z.unknown()).default([]),
  response_metadata: z.object({ next_cursor: z.string().default('') }).optional(),
});

/**
 * docs: conversations.replies, conversations.history. An app sold outside the Marketplace gets 15 messages a page and one
 * page a minute, whatever it asks for.
 */
export async function pastPage(
  calling: Calling,
  { channel, thread, cursor, oldest, limit = PAGE_SIZE }: PastAsked,
): Promise<PastPage> {
  const args = { channel, limit, include_all_metadata: true, ...present({ ts: thread, cursor, oldest }) };
  const method = thread === undefined ? 'conversations.history' : 'conversations.replies';
  const { messages, response_metadata } = await call(calling, method, args, answer);
  return { messages, ...present({ next: response_metadata?.next_cursor || undefined }) };
}

export type Past = (MessagePosted | AppMessage) & {
  /** For a post of this app: its delivery key, empty if it has none. */
  own?: string;
};

const marks = z.object({
  user: z.string().optional(),
  bot_id: z.string().nullish(),
  metadata: z
    .object({ event_type: z.literal(METADATA_TYPE), event_payload: z.object({ key: z.string() }) })
    .optional()
    .catch(undefined),
});

/** Undefined for lines of Slack itself and for unreadable messages. */
export function readPast(message: unknown, at: { team: string; channel: string }, self: Self): Past | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  const event = { ...message, type: 'message', channel: at.channel };
  // Without our identity, because our own posts are read too.
  const nobody = { botUserId: self.botUserId, botId: '-' };
  const body = {
    type: 'event_callback',
    team_id: at.team,
    event_id: 'past',
    event: { ...event, user: userOf(message, self) },
  };
  const inbound = parse(body, nobody);
  if (inbound.kind !== 'message_posted' && inbound.kind !== 'app_message') return undefined;
  const { data } = marks.safeParse(message);
  const own = data?.bot_id === self.botId || data?.user === self.botUserId;
  return own ? { ...inbound, own: data?.metadata?.event_payload.key ?? '' } : inbound;
}

/** Our own posts are parsed as an app's, under whatever name they were posted. */
function userOf(message: object, self: Self): unknown {
  const { user } = message as { user?: unknown };
  return user === self.botUserId ? undefined : user;
}

/** The ts of a message with replies; undefined for others. */
export function threadBegunBy(message: unknown): string | undefined {
  const { data } = z.object({ ts: z.string(), reply_count: z.number().min(1) }).safeParse(message);
  return data?.ts;
}
