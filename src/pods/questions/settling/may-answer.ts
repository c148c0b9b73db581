// Decides who may answer a question. Pure.
import { isPerson, type ParticipantId, type PersonId } from '../../../log/participant.ts';
import type { ActorRole } from '../../action.ts';
import type { QuestionDoc } from '../question.ts';

/** True if this participant may answer the question now. `absent`: the people whose deputy they are. */
export function mayAnswer(
  question: Pick<QuestionDoc, 'asked' | 'role'>,
  who: ParticipantId,
  role: ActorRole,
  absent: readonly PersonId[] = [],
): who is PersonId {
  if (!isPerson(who) || role === 'none') return false;
  if (question.asked.some((one) => one === who || absent.includes(one))) return true;
  return question.role === 'owners' && role === 'owner';
}
