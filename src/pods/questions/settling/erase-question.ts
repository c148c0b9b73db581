// Erases a question together with the message that asks it. An open question is withdrawn, and whoever waits for it is
// woken, because nobody can answer it any more.
import type { Reader } from '../../../log/action.ts';
import type { BodyRef } from '../../../log/body.ts';
import { bodiesIn, type Erasable } from '../../../log/kind.ts';
import { isAgent } from '../../../log/participant.ts';
import type { ConversationChange } from '../../conversations/conversation.ts';
import { QUESTIONS, type QuestionChange, type QuestionDoc } from '../question.ts';
import { hearingOf, withTasks } from './hearing.ts';
import { inVain } from './in-vain.ts';
import { remindedOf } from './reminders.ts';

interface Withdrawn extends Pick<Erasable, 'bodies'>, Required<Pick<Erasable, 'reminders'>> {
  changes: (QuestionChange | ConversationChange)[];
  wakes: NonNullable<Erasable['wakes']>;
}

type Updates = Required<Pick<Erasable, 'updates' | 'reminders'>>;

/**
 * Returns the changes that withdraw an open question because it is erased, and the wake of whoever waits for it. Returns
 * nothing for a question that is settled.
 */
export async function withdrawnBy(
  read: Reader,
  question: QuestionDoc,
): Promise<Omit<Withdrawn, 'bodies' | 'reminders'>> {
  const [put] = question.state === 'open' ? await withTasks(read, [question]) : [];
  if (!put) return { changes: [], wakes: [] };
  const { id, conversation, message: because } = question;
  const hearing = hearingOf(put);
  const { hearer: agent, hearsIn } = hearing;
  return {
    changes: [
      { v: 1, on: 'questions', id, type: 'question_withdrawn', why: 'erased', ...hearing },
      { v: 1, on: 'conversations', id: conversation, type: 'question_closed', question: id },
    ],
    wakes: isAgent(agent) ? [{ agent, conversation: hearsIn, because }] : [],
  };
}

/**
 * Returns what the erasure of a message takes along: the question that the message asks, with its words and options. An
 * open question is withdrawn. The words of answers stay, because they are other people's.
 */
export async function questionIn(read: Reader, { question: id }: { question?: string }): Promise<Withdrawn> {
  const question = id ? await read.get(QUESTIONS, id) : undefined;
  if (!question || question.erased) return { changes: [], bodies: [], wakes: [], reminders: [] };
  const { changes, wakes } = await withdrawnBy(read, question);
  const erased: QuestionChange = { v: 1, on: 'questions', id: question.id, type: 'question_erased', own: true };
  return { changes: [...changes, erased], bodies: wordsOfAsker(question), wakes, reminders: remindedOf(question) };
}

/** More open questions than this belong to no task. */
const MOST_OF_TASK = 50;

/**
 * Returns the changes that withdraw the open questions of a task because the task is erased, and the messages that ask
 * them, whose buttons go. The work is over: a run that waits for an answer ends.
 */
export async function withdrawnWith(
  read: Reader,
  task: string,
): Promise<Pick<Withdrawn, 'changes' | 'wakes'> & Updates> {
  const open = await read.find(QUESTIONS, { where: { task, state: 'open' }, limit: MOST_OF_TASK });
  const all = await withTasks(read, open);
  return {
    changes: all.flatMap((put): Withdrawn['changes'] => {
      const { id, conversation } = put.question;
      return [
        { v: 1, on: 'questions', id, type: 'question_withdrawn', why: 'dropped', ...hearingOf(put) },
        { v: 1, on: 'conversations', id: conversation, type: 'question_closed', question: id },
      ];
    }),
    updates: open.map(({ message, conversation }) => ({ message, conversation })),
    wakes: inVain(open),
    reminders: open.flatMap(remindedOf),
  };
}

export function wordsOfAsker({ body, options, otherwise }: QuestionDoc): BodyRef[] {
  return bodiesIn(body, ...options, otherwise);
}
