// Questions that expired: which agents continue without an answer, and who lifts that by writing or answering. Pure.
import { isAgent, isPerson, type PersonId } from '../../../log/participant.ts';
import type { Ctx } from '../../action.ts';
import type { ConversationChange, ConversationDoc } from '../../conversations/conversation.ts';
import type { Hearing, QuestionDoc } from '../question.ts';
import { mayAnswer } from './may-answer.ts';

/**
 * Returns the changes of an expiry: for the agent that asked, and for the agent that has the work by then. `unwoken`: set if
 * that one is not woken.
 */
export function unansweredBy(
  { id: question, number, by, conversation, asked, role }: QuestionDoc,
  { hearer, hearsIn }: Hearing,
  unwoken: { unwoken?: PersonId | 'owners'; ended?: string },
): ConversationChange[] {
  const places = new Map([
    [`${by} ${conversation}`, { agent: by, in: conversation }],
    [`${hearer} ${hearsIn}`, { agent: hearer, in: hearsIn }],
  ]);
  return [...places.values()].flatMap(({ agent, in: id }): ConversationChange[] =>
    isAgent(agent)
      ? [
          {
            ...{ v: 1, on: 'conversations', id, type: 'question_unanswered', question, number, agent, asked },
            ...(role ? { role } : {}),
            ...(agent === hearer && id === hearsIn ? unwoken : {}),
          },
        ]
      : [],
  );
}

/**
 * Returns the change by which a person lifts expired questions. Whoever could answer one lifts it by anything that they
 * write after its end. An owner lifts it by answering a later question of the same agent here, because those asked may
 * have left. `at`: when the person wrote; `answered`: the question that they answer, and for which absent person.
 */
export function lifted(
  { actor, role }: Pick<Ctx, 'actor' | 'role'>,
  doc: ConversationDoc | undefined,
  at: number,
  answered?: Pick<QuestionDoc, 'by'> & { for?: PersonId | undefined },
): ConversationChange[] {
  if (!doc?.unanswered?.length || !isPerson(actor)) return [];
  const questions = doc.unanswered
    .filter((one) => one.at <= at)
    .filter(
      (one) =>
        mayAnswer(one, actor, role, answered?.for ? [answered.for] : []) ||
        (role === 'owner' && answered?.by === one.agent),
    )
    .map(({ question }) => question);
  return questions.length ? [{ v: 1, on: 'conversations', id: doc.id, type: 'unanswered_lifted', questions }] : [];
}
