// Posts a message exactly once: each post contains its delivery key, and a retry first looks for posts with this key.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { InvalidInput } from '../../errors.ts';
import { present } from '../present.ts';
import type { Post } from '../render/render.ts';
import { type Calling, call, callPages } from './call.ts';
import { orPlainly } from './plainly.ts';

/**
 * The name and picture under which a post appears (needs the scope chat:write.customize). An edit does not change them.
 */
export interface Persona {
  username?: string | undefined;
  iconUrl?: string | undefined;
  iconEmoji?: string | undefined;
}

export interface ToPost extends Persona {
  channel: string;
  threadTs?: string | undefined;
  posts: readonly Post[];
  /** The delivery key. Every app in the workspace can read it, so it must reveal nothing. */
  key: string;
  /** True if an earlier attempt may have succeeded. */
  resend: boolean;
  /**
   * A Slack timestamp shortly before the first attempt: earlier posts are not searched. If absent, the whole thread or
   * channel is searched.
   */
  oldest?: string | undefined;
}

export interface Posted {
  /** The ts of the first part. */
  ts: string;
  /** The ts of all parts, in order. */
  all: string[];
}

export const METADATA_TYPE = 'skein_delivery';

/**
 * Posts all parts and returns their ts. After a Retryable, call again with `resend: true`: existing parts are then not
 * posted again.
 */
export async function post(calling: Calling, toPost: ToPost): Promise<Posted> {
  const { channel, threadTs, posts, key, resend, oldest } = toPost;
  const existing = resend
    ? await existingParts(calling, { channel, threadTs, key, oldest })
    : new Map<number, string>();
  const all: string[] = [];
  for (const [part, one] of posts.entries())
    all.push(existing.get(part) ?? (await postPart(calling, toPost, one, part)));
  const [ts] = all;
  if (ts === undefined) throw new InvalidInput('There is nothing to post: the message has no parts.');
  return { ts, all };
}

const posted = z.object({ ts: z.string().min(1) });

async function postPart(calling: Calling, toPost: ToPost, one: Post, part: number): Promise<string> {
  const { channel, threadTs, key } = toPost;
  const args = {
    channel,
    ...present({ thread_ts: threadTs }),
    metadata: metadataOf(key, part),
    // Slack does not document this field for apps. Where Slack honours it, Slack refuses a duplicate.
    client_msg_id: uuidOf(`${key}:${part}`),
    ...personaArgs(toPost),
    ...noUnfurling,
  };
  const { ts } = await orPlainly(one, (content) => call(calling, 'chat.postMessage', { ...args, ...content }, posted));
  return ts;
}

/** Turns link previews off, so that a post makes Slack fetch nothing. */
export const noUnfurling = { unfurl_links: false, unfurl_media: false };

export function personaArgs({ username, iconUrl, iconEmoji }: Persona) {
  return present({ username, icon_url: iconUrl, icon_emoji: iconEmoji });
}

export function metadataOf(key: string, part: number) {
  return { event_type: METADATA_TYPE, event_payload: { key, part } };
}

export interface LookUp {
  channel: string;
  threadTs?: string | undefined;
  key: string;
  oldest?: string | undefined;
}

/** Returns the `ts` of the parts that exist, in order. */
export async function lookUp(calling: Calling, asked: LookUp): Promise<string[]> {
  const parts = await existingParts(calling, asked);
  return [...parts].sort(([a], [b]) => a - b).map(([, ts]) => ts);
}

const marked = z.object({
  ts: z.string(),
  metadata: z.object({
    event_type: z.literal(METADATA_TYPE),
    event_payload: z.object({ key: z.string(), part: z.coerce.number() }),
  }),
});

async function existingParts(
  calling: Calling,
  { channel, threadTs, key, oldest }: LookUp,
): Promise<Map<number, string>> {
  const parts = new Map<number, string>();
  for (const message of await messagesSince(calling, { channel, threadTs, oldest })) {
    const { data } = marked.safeParse(message);
    const payload = data?.metadata.event_payload;
    // If one part was posted twice, the older post counts, because people may have replied to it.
    if (data && payload?.key === key && !(Number(parts.get(payload.part) ?? Infinity) < Number(data.ts))) {
      parts.set(payload.part, data.ts);
    }
  }
  return parts;
}

const messages = z.object({ messages: z.array(z.unknown()).default([]) });

export async function messagesSince(calling: Calling, where: Omit<LookUp, 'key'>): Promise<unknown[]> {
  const { channel, threadTs, oldest } = where;
  const since = oldest === undefined ? {} : { oldest: earlier(oldest), inclusive: true };
  const args = { channel, include_all_metadata: true, ...since };
  const pages =
    threadTs === undefined
      ? await callPages(calling, 'conversations.history', args, messages)
      : await callPages(calling, 'conversations.replies', { ...args, ts: threadTs }, messages);
  return pages.flatMap((page) => page.messages);
}

/** How far our clock may be ahead of Slack's. */
const CLOCK_MARGIN_SECONDS = 120;

function earlier(ts: string): string {
  return Math.max(0, Number(ts) - CLOCK_MARGIN_SECONDS).toFixed(6);
}

/** Returns a deterministic UUID of a text, in the form of version 8 (RFC 9562, section 5.8). */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
