// The needs of a conversation: when agents have woken each other too often, a person is asked whether they continue.
// Pure.
import type { Needed } from '../../log/needs/need.ts';
import { isPerson } from '../../log/participant.ts';
import type { ConversationChange, ConversationDoc } from '../conversations/conversation.ts';

export function conversationNeeds(change: ConversationChange, before: ConversationDoc | undefined): Needed[] {
  if (change.type === 'wake_left') {
    const { id: conversation, unwoken: who } = change;
    return [{ open: { who, reason: 'stopped', about: { on: 'conversations', id: conversation }, conversation } }];
  }
  if (change.type !== 'message_added' && change.type !== 'work_given' && change.type !== 'question_unanswered')
    return [];
  const about = { on: 'conversations', id: change.id };
  const { unwoken } = change;
  if (unwoken) return [{ open: { who: unwoken, reason: 'unwoken', about, conversation: change.id } }];
  if (change.type !== 'message_added' || !isPerson(change.by)) return [];
  const { by } = change;
  const standsFor = (before?.standIns ?? []).filter(({ deputy }) => deputy === by);
  const inPlace = standsFor.map(({ for: who, deputy }): Needed => ({ settle: { who, about, deputy } }));
  // Any person's message settles the owners' item, except that of an account that wakes no agents any more. The
  // author's own items are settled in message-needs.ts.
  const parked = before?.calls?.parked && before.calls.by === change.by && !change.lifts;
  const asked = before?.ended !== undefined || before?.calls?.parked === true || before?.ownersAsked === true;
  return asked && !parked ? [...inPlace, { settle: { who: 'owners', about } }] : inPlace;
}
