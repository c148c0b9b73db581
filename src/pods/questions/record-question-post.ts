// record_question_post (Skein's own): stores where in Slack a person was reminded of questions, so that the post can be
// updated when a question is answered, ends or is erased.
import { z } from 'zod';
import { action } from '../action.ts';
import { QUESTIONS } from './question.ts';

export const recordQuestionPost = action({
  name: 'record_question_post',
  title: 'Record a reminder',
  description: 'Records where a reminder of questions stands in Slack.',
  input: z.strictObject({
    about: z.enum(['which', 'reminder', 'passed']),
    person: z.templateLiteral(['person:', z.string().min(1)]),
    questions: z.array(z.string()).min(1),
    message: z.string().optional(),
    team: z.string(),
    channel: z.string(),
    /** Slack's ts of each part, in order. */
    ts: z.array(z.string()).min(1),
    key: z.string(),
  }),
  effect: 'write',
  internal: true,
  /** Questions that are over or erased count too: they may have ended during the post. */
  load: async (read, { questions }, { pod }) =>
    (await Promise.all(questions.map((id) => read.get(QUESTIONS, id)))).filter((doc) => doc?.pod === pod),
  allow: (_view, _input, ctx) => ctx.role === 'skein' || 'Only Skein records what it posted.',
  decide(docs, { message, ...rest }) {
    const post = message === undefined ? rest : { ...rest, message };
    return {
      changes: docs.flatMap((doc) =>
        doc ? [{ v: 1, on: 'questions', id: doc.id, type: 'question_shown', post } as const] : [],
      ),
      result: {},
    };
  },
});
