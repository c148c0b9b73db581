// Finds the answer that a message gave: one commit posted the words and answered the question with them. When the words
// are deleted, an answer that more are needed for goes with them. The answer to a settled question stands, because it was
// heard.
import type { Reader } from '../../../log/action.ts';
import type { BodyRef } from '../../../log/body.ts';
import { bodiesIn } from '../../../log/kind.ts';
import type { ParticipantId } from '../../../log/participant.ts';
import type { MessageDoc } from '../../conversations/message.ts';
import { type Answer, numberOf, QUESTIONS, type QuestionChange, type QuestionDoc } from '../question.ts';

export interface AnswerIn {
  question: QuestionDoc;
  given: Answer;
}

/** Returns undefined for a message that answered nothing, or whose question is erased. */
export async function answerIn(
  read: Reader,
  { pod, by, posted }: Pick<MessageDoc, 'pod' | 'by' | 'posted'>,
): Promise<AnswerIn | undefined> {
  if (posted < 0) return undefined;
  const [commit] = await read.commits(pod, posted, posted);
  const change = commit?.changes.find((one) => one.on === 'questions' && one.type === 'question_answered');
  const question = change && (await read.get(QUESTIONS, change.id));
  const given = question?.answers.find((one) => one.by === by);
  return question && given && !question.erased ? { question, given } : undefined;
}

/** The question whose answer lost its words. `hearer`: the participant who has heard it, if it stands. */
export interface AnswerLeft {
  question: string;
  hearer?: ParticipantId;
}

export interface WithoutWords {
  changes: QuestionChange[];
  /** The words of the answer, earlier ones included. */
  bodies: BodyRef[];
  /** The question whose posts show something else now. */
  shows: QuestionDoc[];
  left?: AnswerLeft;
}

/** Pure. Returns what the deletion of the words does to their answer. */
export function withoutWords(found: AnswerIn | undefined): WithoutWords {
  if (!found) return { changes: [], bodies: [], shows: [] };
  const { question, given } = found;
  const open = question.state === 'open';
  const { id } = question;
  return {
    changes: [{ v: 1, on: 'questions', id, type: 'question_answer_erased', by: given.by }],
    shows: [question],
    bodies: bodiesIn(given.words, ...(given.earlier ?? []).filter((one) => !question.options.includes(one))),
    left: { question: numberOf(question), ...(open ? {} : { hearer: question.hearer ?? question.by }) },
  };
}
