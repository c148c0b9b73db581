// Open questions follow the work they belong to: a task that is done withdraws them, and a person who left passes them on.
import type { Reader } from '../../../log/action.ts';
import type { ParticipantId, PersonId } from '../../../log/participant.ts';
import type { DeliveryWish } from '../../deliveries.ts';
import { QUESTIONS, type QuestionDoc } from '../question.ts';
import { type Put, withTasks } from './hearing.ts';
import { letGo, pass, type Settling, together, undecided, withdraw } from './settle.ts';
import { isBetween } from './settle-between.ts';
import { answererOf } from './stand-in.ts';

/** More open questions than this belong to no task and wait for nobody. */
const MOST = 50;

export async function questionsOfTask(read: Reader, task: string): Promise<Put[]> {
  const questions = await read.find(QUESTIONS, { where: { task, state: 'open' }, limit: MOST });
  return questions.map((question) => ({ question }));
}

/** The task is over: nobody needs to answer any more, and a run that waits for an answer ends. */
export function withdrawAll(put: readonly Put[], why: 'done' | 'dropped', actor: ParticipantId): Settling {
  const { changes, deliveries } = together(put.map((one) => withdraw(one, why)));
  return { changes, deliveries: [...deliveries, ...letGo(put, actor)] };
}

/** Somebody else has the task by now and gets the answers: a run of whoever had it before waits in vain. */
export function leftBehind(
  put: readonly Put[],
  before: ParticipantId | undefined,
  actor: ParticipantId,
): DeliveryWish[] {
  return letGo(
    put.filter(({ question }) => question.by === before),
    actor,
  );
}

export async function questionsTo(read: Reader, pod: string, who: ParticipantId): Promise<Put[]> {
  const found = await read.find(QUESTIONS, {
    where: { asked: who as PersonId, state: 'open' } as never,
    limit: MOST * 4,
  });
  return withTasks(
    read,
    found.filter((one: QuestionDoc) => one.pod === pod),
  );
}

/** They can't answer any more: the fallback is asked, else the owners. Nothing is settled by it. */
export function passAll(put: readonly Put[], who: PersonId, left: (one: PersonId) => boolean, now: number): Settling {
  return together(
    put.map((one) => {
      if (isBetween(one.question)) return undecided(one);
      const { fallback, neededBy, answers } = one.question;
      const isNew = !answers.some(({ by }) => by === fallback);
      const to = fallback && fallback !== who && !left(fallback) && isNew ? fallback : 'owners';
      return pass(one, [who], to, 'left', neededBy ?? now + DAY);
    }),
  );
}

/**
 * Somebody who was asked can't be reached: the fallback is asked, else the owners. The person may still answer. Nothing
 * passes if they have answered, or the owners are asked already.
 */
export function passUnreached(put: Put, who: PersonId, here: readonly PersonId[], now: number): Settling {
  const { state, by, asked, role, fallback, neededBy, answers, passed = [] } = put.question;
  const done = state !== 'open' || answers.some((one) => answererOf(one) === who);
  if (done || !asked.includes(who) || passed.some(({ from, why }) => why === 'unreached' && from.includes(who)))
    return { changes: [], deliveries: [] };
  if (isBetween(put.question)) return undecided(put);
  const isFree = fallback && fallback !== by && !asked.includes(fallback) && here.includes(fallback);
  if (!isFree && role === 'owners') return { changes: [], deliveries: [] };
  return pass(put, [who], isFree ? fallback : 'owners', 'unreached', neededBy ?? now + DAY);
}

const DAY = 86_400_000;
