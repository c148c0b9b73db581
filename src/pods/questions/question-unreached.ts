// question_unreached (Skein's own): somebody who was asked could not be told of the question, so it passes to its
// fallback, or else to the owners.
import { z } from 'zod';
import { action } from '../action.ts';
import { present } from '../members/present.ts';
import { QUESTIONS } from './question.ts';
import { passUnreached } from './settling/follow-work.ts';

export const questionUnreached = action({
  name: 'question_unreached',
  title: 'Pass a question on',
  description: 'Passes a question on, because somebody who was asked can’t be reached.',
  input: z.strictObject({ question: z.string(), person: z.templateLiteral(['person:', z.string().min(1)]) }),
  effect: 'write',
  internal: true,
  async load(read, { question }, ctx) {
    const doc = await read.get(QUESTIONS, question);
    const ours = doc?.pod === ctx.pod ? doc : undefined;
    return { question: ours, here: ours?.fallback ? await present(read, ctx.pod, [ours.fallback]) : [] };
  },
  allow: (_view, _input, ctx) => ctx.role === 'skein' || 'Only Skein knows who could not be reached.',
  decide({ question, here }, { person }, ctx) {
    if (!question) return { changes: [], result: {} };
    return { ...passUnreached({ question }, person, here, ctx.at), result: {} };
  },
});
