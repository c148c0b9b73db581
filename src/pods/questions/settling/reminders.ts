// The posts that remind of a question change with it: after an answer, its end, or an erasure. Pure.
import type { Wish } from '../../deliveries.ts';
import type { QuestionDoc } from '../question.ts';

/** Updates the posts that remind of a question. */
export function changed({ question, conversation }: Reminded): Wish<'question'> {
  return { kind: 'question', about: 'changed', conversation, questions: [question], to: [] };
}

interface Reminded {
  question: string;
  conversation: string;
}

/** Returns the question if there are posts that remind of it. */
export function remindedOf({ id, conversation, posts }: QuestionDoc): Reminded[] {
  return posts?.length ? [{ question: id, conversation }] : [];
}
