// A message of the log and where in Slack it belongs: read anew whenever something is done to it there.
import type { Reader } from '../../log/action.ts';
import { CONVERSATIONS } from '../../pods/conversations/conversation.ts';
import { MESSAGES, type MessageDoc } from '../../pods/conversations/message.ts';
import type { MessageWish } from '../../pods/conversations/wishes.ts';

/** A delivery about a message. */
export type Posting = MessageWish & { id: string; pod: string };

/** A message and where in Slack it belongs. */
export interface PostTarget {
  delivery: Posting;
  message: MessageDoc;
  team: string;
  channel: string;
  thread?: string;
}

/** Posts, edits and removals in one conversation are made in the log's order. */
export function conversationLane({ conversation }: Posting): string {
  return `conversation:${conversation}`;
}

/** Undefined where it belongs nowhere in Slack. */
export async function postTargetOf({ read }: { read: Reader }, delivery: Posting): Promise<PostTarget | undefined> {
  const [message, conversation] = await Promise.all([
    read.get(MESSAGES, delivery.message),
    read.get(CONVERSATIONS, delivery.conversation),
  ]);
  if (!message || conversation?.place.kind !== 'slack') return undefined;
  const { team, channel, thread } = conversation.place;
  return { delivery, message, team, channel, ...(thread ? { thread } : {}) };
}

/** The times of its posts, in their order. */
export function timesOf({ places }: MessageDoc): string[] {
  return places.filter((place) => place.startsWith('slack:')).map((place) => place.split(':').at(-1) ?? '');
}
