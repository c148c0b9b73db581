// Decides whether plain words may be a late answer: the person was asked, and the question ended before they wrote. Such
// words stay a message, settle no newer question, and their author is told how the question ended. Pure.
import type { QuestionDoc } from '../question.ts';
import { type Meant, meansAnswer, numbersIn, optionIn, type Words } from './free-words.ts';
import { putsOffAnswer } from './put-off.ts';

export interface LateWords extends Words {
  /** The questions of whose end the author has not heard. */
  over: readonly QuestionDoc[];
  /** When the author wrote, in milliseconds since 1970. */
  at: number;
  optionsOf(question: QuestionDoc): string[];
}

export type MeantOrOver = Meant | { kind: 'over'; questions: readonly QuestionDoc[] };

/** `meant`: which open question the words would answer if none were over. */
export function amongOver(meant: Meant, words: LateWords): MeantOrOver {
  const { over, open, mail, text, at } = words;
  const questions = over.filter((one) => mayBeFor(one, words));
  if (!questions.length) return meant;
  if (!open.length) return { kind: 'over', questions };
  if (meant.kind !== 'one') return meant;
  const { id, number, at: asked } = meant.question;
  if (id === mail || numbersIn(text).includes(number)) return meant;
  if (at < asked) return { kind: 'over', questions };
  // Both stood open before the person's eyes, so the words may be for either.
  const beside = questions.filter(({ settledAt = 0 }) => settledAt > asked);
  return beside.length ? { kind: 'unclear', questions: [...beside, meant.question] } : meant;
}

function mayBeFor(question: QuestionDoc, { text, named, strangers, optionsOf }: LateWords): boolean {
  if (strangers || named.some((one) => one !== question.by)) return false;
  const options = optionsOf(question);
  if (!meansAnswer(text) || putsOffAnswer(text, [], options)) return false;
  // After somebody else's answer people go on talking, so only words that name an option sound like another answer.
  return question.state !== 'answered' || !options.length || optionIn(text, options) !== undefined;
}
