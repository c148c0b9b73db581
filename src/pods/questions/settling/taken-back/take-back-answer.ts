// take_back_answer (Skein's own): a person has deleted the words below a notice by which they answered a question. The words
// are erased. If nobody has heard the answer, the question is open again.
import { z } from 'zod';
import { NotFound } from '../../../../errors.ts';
import { action, type Decision } from '../../../action.ts';
import { requirePod } from '../../../require.ts';
import { numberOf } from '../../question.ts';
import { questionNamed } from '../../question-words.ts';
import { shown } from '../settle.ts';
import { type AnswerLeft, withoutWords } from './answer-in.ts';
import { reopeningOf } from './reopen.ts';

export const takeBackAnswer = action({
  name: 'take_back_answer',
  title: 'Take an answer back',
  description: 'Erases the words of your answer to a question.',
  input: z.strictObject({ question: z.string() }),
  effect: 'write',
  internal: true,
  allow: 'guest',
  async load(read, { question: id }, ctx) {
    const question = await questionNamed(read, ctx.pod, id);
    const given = question.answers.find(({ by }) => by === ctx.actor);
    return { question, given, reopens: given && (await reopeningOf(read, question, ctx.at)) };
  },
  decide({ question, given, reopens }, _input, ctx): Decision<{ answer?: AnswerLeft }> {
    requirePod(ctx, { archived: true });
    if (!given) throw new NotFound(`You have not answered ${numberOf(question)}, so there is nothing to take back.`);
    const { changes, bodies, shows, left } = withoutWords({ question, given, reopens });
    const { id, conversation } = question;
    const posted = given.given === undefined ? {} : { posted: given.given };
    const from = { on: 'questions', id, conversation, words: bodies };
    return {
      changes,
      deliveries: [
        { kind: 'erase', bodies, blobs: [], postings: [], since: given.at, ...posted, from },
        ...shows.flatMap(shown),
      ],
      result: left ? { answer: left } : {},
    };
  },
});
