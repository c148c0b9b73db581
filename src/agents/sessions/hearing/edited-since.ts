// Finds the messages that were edited since a position.
import type { Reader } from '../../../log/action.ts';
import type { MessageDoc } from '../../../pods/conversations/message.ts';

/**
 * Returns the ids of older messages that were edited since `position`. A newer `seq` is no proof of an edit, because
 * posting to Slack raises it too.
 */
export async function editedSince(
  read: Reader,
  pod: string,
  position: number,
  messages: readonly MessageDoc[],
): Promise<Set<string>> {
  const edited = messages.filter(({ posted, editedAt }) => posted <= position && editedAt !== undefined);
  const since = edited.filter(({ editedIn = 0 }) => editedIn > position).map(({ id }) => id);
  const unsure = edited.filter(({ editedIn, seq }) => editedIn === undefined && seq > position);
  if (!unsure.length) return new Set(since);
  const last = Math.max(...unsure.map(({ seq }) => seq));
  const commits = await read.commits(pod, Math.max(position + 1, last - MOST_COMMITS + 1), last);
  const edits = commits.flatMap(({ changes }) => changes.filter(({ type }) => type === 'message_edited'));
  return new Set([...since, ...edits.map(({ id }) => id)]);
}

/** The most commits that are searched for the edits of messages that Skein 0.1.0 stored. */
const MOST_COMMITS = 1000;
