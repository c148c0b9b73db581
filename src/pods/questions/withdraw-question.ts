// withdraw_question: takes an open question back, wherever it is shown. Its author and the owners of the pod may do it.
import { z } from 'zod';
import { Conflict } from '../../errors.ts';
import { action } from '../action.ts';
import { atLeast } from '../members/rights.ts';
import { requirePod } from '../require.ts';
import { questionInput } from './answer-question.ts';
import { numberOf } from './question.ts';
import { namesIn, outcomeWords, questionNamed } from './question-words.ts';
import { withTasks } from './settling/hearing.ts';
import { letGo, withdraw } from './settling/settle.ts';

export const withdrawQuestion = action({
  name: 'withdraw_question',
  title: 'Withdraw a question',
  description: 'Takes back a question that needs no answer any more; those who were asked see so.',
  input: z.strictObject({ question: questionInput }),
  effect: 'write',
  ofRun: true,
  async load(read, { question }, ctx) {
    const doc = await questionNamed(read, ctx.pod, question);
    const [put] = await withTasks(read, [doc]);
    return { put: put ?? { question: doc }, names: await namesIn(read, [doc]) };
  },
  allow: ({ put: { question } }, _input, ctx) =>
    question.by === ctx.actor ||
    atLeast(ctx.role, 'owner') ||
    `Only whoever asked ${numberOf(question)} takes it back, or an owner.`,
  decide({ put, names }, _input, ctx) {
    requirePod(ctx);
    const { question } = put;
    if (question.state !== 'open') throw new Conflict(outcomeWords(question, names));
    if ((question.between || question.checkpoint) && question.by === ctx.actor)
      throw new Conflict(`${numberOf(question)} is for people to decide. Only their answer ends it, or an owner.`);
    const { changes, deliveries } = withdraw(put, 'asker');
    return {
      changes,
      deliveries: [...deliveries, ...letGo([put], ctx.actor)],
      result: { withdrawn: { id: question.id, number: numberOf(question) } },
    };
  },
});
