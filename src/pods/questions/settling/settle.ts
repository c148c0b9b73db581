// Returns the changes and deliveries of everything that settles a question: an answer, its expiry, its withdrawal.
// Pure.
import type { Reader } from '../../../log/action.ts';
import type { BodyRef } from '../../../log/body.ts';
import { isAgent, type ParticipantId, type PersonId } from '../../../log/participant.ts';
import { type Cause, wakesCounted, within } from '../../conversations/cause.ts';
import type { DeliveryWish } from '../../deliveries.ts';
import type { Change } from '../../kinds.ts';
import { type Hearing, type PassedWhy, QUESTIONS, type QuestionDoc, type Why } from '../question.ts';
import { hearingOf, isGivenOn, type Put, withTasks } from './hearing.ts';
import { inVain } from './in-vain.ts';
import { changed, remindedOf } from './reminders.ts';
import { agreedOn, isBetween, ownersAskedAbout } from './settle-between.ts';
import { allowedByOption, checkpointPassed, isSteps, stepsAnswered } from './settle-steps.ts';
import { unansweredBy } from './unanswered.ts';

export interface Settling {
  changes: Change[];
  deliveries: DeliveryWish[];
}

/** Returns the open questions of a conversation, from the ids in its document. */
export async function openQuestions(read: Reader, ids: readonly string[] = []): Promise<Put[]> {
  const found = await Promise.all(ids.map((id) => read.get(QUESTIONS, id)));
  return withTasks(
    read,
    found.filter((one): one is QuestionDoc => one?.state === 'open'),
  );
}

/** Returns an answer's changes and deliveries. `woken`: the agents that the same commit wakes anyway. */
export function answer(
  put: Put,
  by: PersonId,
  said: { choice?: BodyRef; words?: BodyRef; for?: PersonId; allows?: number[] },
  because: string,
  woken: readonly ParticipantId[] = [],
): Settling {
  const { question } = put;
  const hearing = hearingOf(put);
  const enough = question.answers.length + 1 >= question.needed;
  const allows = isSteps(question)
    ? (said.allows ?? (said.choice ? allowedByOption(question, said.choice) : []))
    : undefined;
  const answered = { ...said, ...(allows ? { allows } : {}) };
  const change: Change = {
    ...{ v: 1, on: 'questions', id: question.id, type: 'question_answered', by },
    ...answered,
    ...hearing,
  };
  if (!enough) return { changes: [change], deliveries: shown(question) };
  const agreed = isBetween(question) ? agreedOn(question, said.choice) : undefined;
  if (isBetween(question) && !agreed)
    return { changes: [change, closed(question, by)], deliveries: [...shown(question), ownersAskedAbout(question)] };
  const here = hearing.hearsIn === question.conversation && woken.includes(hearing.hearer);
  return {
    changes: [
      change,
      closed(question, by),
      ...(agreed ? [agreed] : []),
      ...(isSteps(question) && allows ? [stepsAnswered(question, allows)] : []),
      ...(isSteps(question) && allows && isGivenOn(put) ? checkpointPassed(question, allows) : []),
    ],
    deliveries: [...shown(question), ...(here ? [] : wakes(hearing, because))],
  };
}

/** `cause`: that of the conversation in which the outcome is heard. Its end is no person's word, so the wake counts. */
export function expire(put: Put, cause: Cause): Settling {
  const { question } = put;
  const hearing = hearingOf(put);
  const { hearer } = hearing;
  const { agents, left } = within({ agents: isAgent(hearer) ? [hearer] : [], beyond: [] }, cause);
  const unwoken = left.length ? { unwoken: cause.person ?? ('owners' as const), ended: cause.root } : {};
  return {
    changes: [
      { v: 1, on: 'questions', id: question.id, type: 'question_expired', ...hearing },
      closed(question),
      ...unansweredBy(question, hearing, unwoken),
      ...wakesCounted(cause, agents),
    ],
    deliveries: [...shown(question), ...(agents.length ? wakes(hearing, question.message) : [])],
  };
}

/** Returns a withdrawal's changes. It gives no agent anything to do: the work is over, or the question is taken back. */
export function withdraw(put: Put, why: Why): Settling {
  const { question } = put;
  return {
    changes: [
      { v: 1, on: 'questions', id: question.id, type: 'question_withdrawn', why, ...hearingOf(put) },
      closed(question),
    ],
    deliveries: shown(question),
  };
}

/**
 * The agents that wait for these questions get no answer to them any more: their runs end, unless they wait for another question
 * too. An agent knows what it does itself, and goes on.
 */
export function letGo(put: readonly Put[], actor: ParticipantId): DeliveryWish[] {
  return inVain(put.map(({ question }) => question))
    .filter(({ agent }) => agent !== actor)
    .map((wake) => ({ kind: 'wake', ...wake }));
}

/** Those whose wishes the question is about don't both answer, and neither decides alone: the owners are asked anew. */
export function undecided(put: Put): Settling {
  const { changes, deliveries } = withdraw(put, 'undecided');
  return { changes, deliveries: [...deliveries, ownersAskedAbout(put.question)] };
}

/** Asks somebody else: instead of somebody who has left the pod, else beside those asked. */
export function pass(
  { question }: Put,
  from: PersonId[],
  to: PersonId | 'owners',
  why: PassedWhy,
  dueAt: number,
): Settling {
  const { id } = question;
  // Its need is what tells the next person, in their own hours; its posts say why it passed.
  const changes: Change[] = [{ v: 1, on: 'questions', id, type: 'question_passed', from, to, why, dueAt }];
  return { changes, deliveries: shown(question) };
}

export function together(all: readonly Settling[]): Settling {
  return {
    changes: all.flatMap(({ changes }) => changes),
    deliveries: all.flatMap(({ deliveries }) => deliveries),
  };
}

/** `answerer`: the author of the answer that closes the question. */
function closed({ conversation, id: question, asked, answers, role }: QuestionDoc, answerer?: PersonId): Change {
  const people = asked.filter((one) => one !== answerer && !answers.some(({ by }) => by === one));
  const unheard = people.length || role ? { unheard: { people, ...(role ? { role } : {}) } } : {};
  return { v: 1, on: 'conversations', id: conversation, type: 'question_closed', question, ...unheard };
}

/** Updates all posts of the question: the one that asks it, and those that remind of it. */
export function shown(question: QuestionDoc): DeliveryWish[] {
  const { conversation, message } = question;
  return [{ kind: 'update', conversation, message }, ...remindedOf(question).map(changed)];
}

function wakes({ hearer, hearsIn: conversation }: Hearing, because: string): DeliveryWish[] {
  return isAgent(hearer) ? [{ kind: 'wake', agent: hearer, conversation, because }] : [];
}
