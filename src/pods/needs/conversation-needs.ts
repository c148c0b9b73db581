// The needs of a conversation: when agents have woken each other too often, a person is asked whether they continue.
// Pure.
import type { Needed } from '../../log/needs/need.ts';
import { isPerson } from '../../log/participant.ts';
import type { ConversationChange, ConversationDoc } from '../conversations/conversation.ts';

export function conversationNeeds(change: ConversationChange, before: ConversationDoc | undefined): Needed[] {
  if (change.type !== 'message_added' && change.type !== 'work_given') return [];
  const about = { on: 'conversations', id: change.id };
  const { unwoken } = change;
  if (unwoken) return [{ open: { who: unwoken, reason: 'unwoken', about, conversation: change.id } }];
  // A person's message settles that person's own items elsewhere. Here any person's message settles the owners' item.
  const spoke = change.type === 'message_added' && isPerson(change.by) && before?.ended;
  return spoke ? [{ settle: { who: 'owners', about } }] : [];
}
