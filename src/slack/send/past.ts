// Reads a page of past messages of a thread or a channel, and parses them as the events that once announced them.
import { z } from 'zod';
import { PAGE_SIZE } from '../limits.ts';
import type { AppIds, AppMessage, MessagePosted, Self } from '../parse/inbound.ts';
import { parse } from '../parse/parse.ts';
import { present } from '../present.ts';
import { type Calling, call } from './call.ts';
import { METADATA_TYPE } from './post.ts';

export interface PastAsked {
  channel: string;
  /** The ts of the thread's first message. If absent, the channel's own messages are read. */
  thread?: string | undefined;
  cursor?: string | undefined;
  /** A Slack timestamp. Older messages are omitted. */
  oldest?: string | undefined;
  limit?: number | undefined;
}

export interface PastPage {
  /** The messages in Slack's order: in a thread the oldest first, in a channel the newest first. */
  messages: unknown[];
  /** The cursor of the next page. Absent on the last page. */
  next?: string;
}

const answer = z.object({
  messages: z.array(z.unknown()).default([]),
  response_metadata: z.object({ next_cursor: z.string().default('') }).optional(),
});

/**
 * Reads one page (docs: conversations.replies, conversations.history). Slack gives an app sold outside the Marketplace
 * 15 messages a page and one page a minute, even if it asks for more.
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
  /** The delivery key of a post of this app, or an empty text if the post has none. Absent for other messages. */
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

/** Returns the message. Undefined for a message that Slack itself wrote, and for an unreadable one. */
export function readPast(message: unknown, at: { team: string; channel: string }, self: Self): Past | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  const event = { ...message, type: 'message', channel: at.channel };
  // The parser ignores our own posts. An identity with another bot id makes it parse these too.
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
  const own = ours(self).some(({ botId, botUserId }) => data?.bot_id === botId || data?.user === botUserId);
  return own ? { ...inbound, own: data?.metadata?.event_payload.key ?? '' } : inbound;
}

function ours(self: Self): readonly AppIds[] {
  return [self, ...(self.agents ?? [])];
}

/** Removes our own user ids, so that our posts are parsed as those of an app, under any name. */
function userOf(message: object, self: Self): unknown {
  const { user } = message as { user?: unknown };
  return ours(self).some(({ botUserId }) => botUserId === user) ? undefined : user;
}

/** Returns the ts of a message that has replies; undefined for other messages. */
export function threadBegunBy(message: unknown): string | undefined {
  const { data } = z.object({ ts: z.string(), reply_count: z.number().min(1) }).safeParse(message);
  return data?.ts;
}
