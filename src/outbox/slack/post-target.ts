// Reads a message of the log and its place in Slack. The message is read again before each post, edit or removal.
import type { Reader } from '../../log/action.ts';
import { CONVERSATIONS } from '../../pods/conversations/conversation.ts';
import { MESSAGES, type MessageDoc } from '../../pods/conversations/message.ts';
import type { MessageWish } from '../../pods/conversations/wishes.ts';

/** A delivery about a message. */
export type Posting = MessageWish & { id: string; pod: string };

/** A message and its place in Slack. */
export interface PostTarget {
  delivery: Posting;
  message: MessageDoc;
  team: string;
  channel: string;
  thread?: string;
}

/** Returns the lane of the conversation, so that its posts, edits and removals keep the log's order. */
export function conversationLane({ conversation }: Pick<Posting, 'conversation'>): string {
  return `conversation:${conversation}`;
}

/** Returns the message and its place. Undefined if the message does not belong in Slack. */
export async function postTargetOf({ read }: { read: Reader }, delivery: Posting): Promise<PostTarget | undefined> {
  const [message, conversation] = await Promise.all([
    read.get(MESSAGES, delivery.message),
    read.get(CONVERSATIONS, delivery.conversation),
  ]);
  if (!message || conversation?.place.kind !== 'slack') return undefined;
  const { team, channel, thread } = conversation.place;
  return { delivery, message, team, channel, ...(thread ? { thread } : {}) };
}

/** True for an erased message. The post of a task line that shows other tasks too stays. */
export function isGone({ erased, cards }: MessageDoc): boolean {
  return erased !== undefined && !cards;
}

/** Returns the `ts` of the message's posts, in order. */
export function timesOf({ places }: MessageDoc): string[] {
  return places.filter((place) => place.startsWith('slack:')).map((place) => place.split(':').at(-1) ?? '');
}
