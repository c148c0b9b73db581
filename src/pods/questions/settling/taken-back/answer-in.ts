// Finds the answer that a message gave: one commit posted the words and answered the question with them. When the words
// are deleted, an answer that more are needed for goes with them, and so does one that settled its question and that nobody
// has heard yet. An answer that was heard stands. So does one whose words somebody else erases: its author took nothing back.
import type { Reader } from '../../../../log/action.ts';
import type { BodyRef } from '../../../../log/body.ts';
import { bodiesIn } from '../../../../log/kind.ts';
import { isAgent, type ParticipantId } from '../../../../log/participant.ts';
import type { ConversationChange } from '../../../conversations/conversation.ts';
import type { MessageDoc } from '../../../conversations/message.ts';
import {
  type Answer,
  numberOf,
  QUESTIONS,
  type QuestionChange,
  type QuestionDoc,
  type Reopening,
} from '../../question.ts';

export interface AnswerIn {
  question: QuestionDoc;
  given: Answer;
  /** Set if nobody has heard it, and the question opens again without it. */
  reopens?: Reopening | undefined;
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
  // After it was taken back, the question may have another answer of the same person, by other words.
  const given = question?.answers.find((one) => one.by === by && (one.given ?? posted) === posted);
  return question && given && !question.erased ? { question, given } : undefined;
}

/** The question whose answer lost its words. `hearer`: the participant who has heard it, if it stands. */
export interface AnswerLeft {
  question: string;
  hearer?: ParticipantId;
}

export interface WithoutWords {
  changes: (QuestionChange | ConversationChange)[];
  /** The words of the answer, earlier ones included. */
  bodies: BodyRef[];
  /** The question whose posts show something else now. */
  shows: QuestionDoc[];
  left?: AnswerLeft;
}

/** Pure. Returns what the deletion of the words does to their answer. */
export function withoutWords(found: AnswerIn | undefined): WithoutWords {
  if (!found) return { changes: [], bodies: [], shows: [] };
  const { question, given, reopens } = found;
  const open = question.state === 'open' || reopens !== undefined;
  const { id, conversation } = question;
  return {
    changes: [
      { v: 1, on: 'questions', id, type: 'question_answer_erased', by: given.by, ...(reopens ? { reopens } : {}) },
      ...(reopens
        ? [{ v: 1, on: 'conversations', id: conversation, type: 'question_opened', question: id } as const]
        : []),
      ...(question.state === 'open' ? [] : noneAllowed(question)),
    ],
    shows: [question],
    bodies: bodiesIn(given.words, ...(given.earlier ?? []).filter((one) => !question.options.includes(one))),
    left: { question: numberOf(question), ...(open ? {} : { hearer: question.hearer ?? question.by }) },
  };
}

/** The calls that it allowed need a yes again: by the question that is open again, or by one that the agent asks anew. */
function noneAllowed({ id, by, conversation, steps }: QuestionDoc): ConversationChange[] {
  if (steps === undefined || !isAgent(by)) return [];
  const change = { v: 1, on: 'conversations', id: conversation, type: 'steps_answered' } as const;
  return [{ ...change, agent: by, question: id, allowed: [] }];
}
