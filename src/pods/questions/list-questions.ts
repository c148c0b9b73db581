// list_questions: lists the open questions of the pod or of a person, or shows one with its answers.
import { z } from 'zod';
import { action } from '../action.ts';
import { memberNamed } from '../people/directory.ts';
import { requirePod } from '../require.ts';
import { QUESTIONS, type QuestionDoc } from './question.ts';
import { namesIn, questionNamed, shownQuestion } from './question-words.ts';

export const listQuestions = action({
  name: 'list_questions',
  title: 'List questions',
  description: 'Shows questions of the pod, newest first: to whom they are put, and how they were answered.',
  input: z.strictObject({
    question: z.string().optional().describe('Only this one, as q3'),
    to: z.string().min(1).optional().describe('Only those put to this person'),
    state: z.enum(['open', 'answered', 'expired', 'withdrawn']).default('open'),
    limit: z.int().min(1).max(50).default(20),
  }),
  effect: 'read',
  allow: 'guest',
  async load(read, { question, to, state, limit }, { pod }) {
    if (question) {
      const one = await questionNamed(read, pod, question);
      return { questions: [one], names: await namesIn(read, [one]) };
    }
    const who = to ? await memberNamed(read, pod, to) : undefined;
    const found = await read.find(QUESTIONS, {
      where: { pod, state },
      sort: [['at', 'desc']],
      limit: who ? LOOK_BACK : limit,
    });
    const wanted = (doc: QuestionDoc) => !doc.erased && (!who || doc.asked.some((one) => one === who.id));
    const questions = found.filter(wanted).slice(0, limit);
    return { questions, names: await namesIn(read, questions) };
  },
  decide({ questions, names }, _input, ctx) {
    requirePod(ctx, { archived: true });
    return { changes: [], result: { questions: questions.map((one) => shownQuestion(one, names)) } };
  },
});

const LOOK_BACK = 500;
