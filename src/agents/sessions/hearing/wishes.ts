// Finds the messages that an agent has not answered yet, and whose wishes they are.
import type { Reader } from '../../../log/action.ts';
import { isPerson, type PersonId } from '../../../log/participant.ts';
import { MESSAGES, type MessageDoc } from '../../../pods/conversations/message.ts';
import type { SessionDoc } from '../session.ts';
import { editedSince } from './edited-since.ts';

/** Returns the people behind a message: its author, or all askers of the agent that wrote it. */
export function principalsOf({ by, onBehalfOf, heard = [] }: MessageDoc): PersonId[] {
  return (isPerson(by) ? [by] : [...heard, onBehalfOf]).filter(isPerson);
}

/**
 * Returns the messages that were posted or edited since the agent's last answer. The first turn of an epoch also shows
 * answered ones, which ask for nothing.
 */
export async function unanswered(
  read: Reader,
  { pod, conversation, agent, answered = 0 }: SessionDoc,
  shown: readonly MessageDoc[],
): Promise<MessageDoc[]> {
  const where = { conversation, posted: { gt: answered } };
  const [since, edited] = await Promise.all([
    read.find(MESSAGES, { where, sort: [['posted', 'asc']], limit: 1000 }),
    editedSince(read, pod, answered, shown),
  ]);
  const all = [...shown.filter(({ id }) => edited.has(id)), ...since];
  return all.filter((message) => message.by !== agent && !message.erased);
}
