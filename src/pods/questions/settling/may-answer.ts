// Decides who may answer a question. Pure.
import { isPerson, type ParticipantId, type PersonId } from '../../../log/participant.ts';
import type { ActorRole } from '../../action.ts';
import type { QuestionDoc } from '../question.ts';

/** True if this participant may answer the question now. */
export function mayAnswer(
  question: Pick<QuestionDoc, 'asked' | 'role'>,
  who: ParticipantId,
  role: ActorRole,
): who is PersonId {
  if (!isPerson(who) || role === 'none') return false;
  return question.asked.includes(who) || (question.role === 'owners' && role === 'owner');
}
