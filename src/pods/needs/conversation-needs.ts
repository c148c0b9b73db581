// The needs of a conversation: where agents come to an end of waking each other, a person says whether they go on. Pure.
import type { Needed } from '../../log/needs/need.ts';
import { isPerson } from '../../log/participant.ts';
import type { ConversationChange, ConversationDoc } from '../conversations/conversation.ts';

export function conversationNeeds(change: ConversationChange, before: ConversationDoc | undefined): Needed[] {
  if (change.type !== 'message_added' && change.type !== 'work_given') return [];
  const about = { on: 'conversations', id: change.id };
  const { unwoken } = change;
  if (unwoken) return [{ open: { who: unwoken, reason: 'unwoken', about, conversation: change.id } }];
  // The message of a person settles their own items itself; that of any person settles the owners'.
  const spoke = change.type === 'message_added' && isPerson(change.by) && before?.ended;
  return spoke ? [{ settle: { who: 'owners', about } }] : [];
}
