// wait_for: parks the run of an agent until questions are settled. The commit decides by the questions that are open
// then, and every later answer wakes the agent, so no answer is missed.
import { z } from 'zod';
import { InvalidInput } from '../../errors.ts';
import { isAgent, type Named, type ParticipantId } from '../../log/participant.ts';
import { action, type Decision } from '../action.ts';
import { requirePod } from '../require.ts';
import { numberOf, type QuestionDoc } from './question.ts';
import { namesIn, questionNamed, type ShownQuestion, shownQuestion } from './question-words.ts';

export const waitFor = action({
  name: 'wait_for',
  title: 'Wait for answers',
  description:
    'Parks your work until a question of yours is settled, when nothing else is left to do. You are woken then.',
  input: z.strictObject({
    questions: z.array(z.string().min(1)).min(1).max(20).describe('Numbers, as q3'),
  }),
  effect: 'write',
  ofRun: true,
  async load(read, { questions }, ctx): Promise<View> {
    const wanted = [...new Set(questions)];
    const docs = await Promise.all(wanted.map((one) => questionNamed(read, ctx.pod, one)));
    return { docs, names: await namesIn(read, docs) };
  },
  allow: (_view, _input, ctx) => isAgent(ctx.actor) || 'Only an agent waits for answers: you are told when one comes.',
  decide({ docs, names }, _input, ctx): Decision<WaitResult> {
    requirePod(ctx);
    const open = docs.filter(({ state }) => state === 'open');
    const settled = docs.filter(({ state }) => state !== 'open');
    if (settled.length) {
      // A question is settled already, so the run has something to work with and does not park.
      return { changes: [], result: { settled: settled.map((one) => shownQuestion(one, names)) } };
    }
    if (open.some(({ by }) => by !== ctx.actor))
      throw new InvalidInput('You can wait for questions of your own only. list_questions shows them.');
    return {
      changes: open.map(({ id }) => ({ v: 1, on: 'questions', id, type: 'question_awaited' })),
      result: { waiting: open.map((one) => ({ id: one.id, number: numberOf(one) })) },
    };
  },
});

interface View {
  docs: QuestionDoc[];
  names: ReadonlyMap<ParticipantId, Named>;
}

export interface WaitResult {
  /** The open questions. The run is parked until one of them is settled. */
  waiting?: { id: string; number: string }[];
  /** The questions that are settled already. */
  settled?: ShownQuestion[];
}
