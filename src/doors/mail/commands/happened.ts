// The conversation that a reply belongs to, and what a command of it did there.
import type { AgentId, PersonId } from '../../../log/participant.ts';
import type { ConversationDoc } from '../../../pods/conversations/conversation.ts';
import type { Destination } from '../context.ts';

export type Going = Destination & { conversation: ConversationDoc };

export interface Happened {
  conversation: string;
  /** The sentence for the conversation. Empty if nothing changed. */
  words: string;
  assigned?: PersonId;
  wakes?: AgentId[];
  /** The sentence for the author alone. Nobody else hears of what was done. */
  answer?: string;
  /** Other conversations in which the sentence stands, too. */
  also?: { conversation: string }[] | undefined;
}
