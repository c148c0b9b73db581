// ask_owners_between (Skein's own): asks the owners about two wishes on which their authors have not agreed. It is delivered by
// the commit that ended the authors' question.
import { z } from 'zod';
import { isAgent } from '../../../log/participant.ts';
import { action, type Decision } from '../../action.ts';
import { CONVERSATIONS } from '../../conversations/conversation.ts';
import { inConflict } from '../../conversations/words/instructions.ts';
import { QUESTIONS } from '../../questions/question.ts';
import { requirePod } from '../../require.ts';
import { askBetween, askFacts } from './question-between.ts';

export const askOwnersBetween = action({
  name: 'ask_owners_between',
  title: 'Ask the owners',
  description: 'Asks the owners which of two wishes for a run counts.',
  input: z.strictObject({ question: z.string() }),
  effect: 'write',
  internal: true,
  async load(read, { question }, ctx) {
    const before = await read.get(QUESTIONS, question);
    const doc = before && (await read.get(CONVERSATIONS, before.conversation));
    const all = doc?.atWork?.find(({ agent }) => agent === ctx.actor)?.instructions ?? [];
    const instructions = inConflict(all).filter((one) => one.question === question);
    return {
      between: before?.between,
      // Somebody has changed or erased a wish meanwhile: nothing is left to decide.
      facts: doc && instructions.length ? await askFacts(read, ctx, doc, all) : undefined,
    };
  },
  allow: (_view, _input, { actor }) => isAgent(actor) || 'Only the agent whose run it is asks the owners.',
  decide({ between, facts }, { question }, ctx): Decision<{ asked?: string }> {
    requirePod(ctx, { archived: true });
    const agent = ctx.actor;
    if (!between || !facts || !isAgent(agent)) return { changes: [], result: {} };
    const asked = askBetween(ctx, facts, between, { owners: true });
    return {
      changes: [
        ...asked.changes,
        {
          v: 1,
          on: 'conversations',
          id: facts.doc.id,
          type: 'wishes_passed',
          agent,
          from: question,
          to: asked.question,
        },
      ],
      deliveries: asked.deliveries,
      result: { asked: asked.number },
    };
  },
});
