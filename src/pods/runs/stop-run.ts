// stop_run: stops an agent's work in a conversation.
import { z } from 'zod';
import { InvalidInput } from '../../errors.ts';
import { isAgent } from '../../log/participant.ts';
import { action } from '../action.ts';
import type { DeliveryWish } from '../deliveries.ts';
import type { Change } from '../kinds.ts';
import { memberNamed } from '../people/directory.ts';
import { openQuestions, together, withdraw } from '../questions/settling/settle.ts';
import { conversationNamed } from '../require.ts';

export const stopRun = action({
  name: 'stop_run',
  title: 'Stop an agent',
  description: 'Stops what agents are doing in a conversation: the one named, or all that take part in it.',
  input: z.strictObject({
    conversation: z.string().describe('Its id'),
    agent: z.string().optional().describe('Handle; all agents of the conversation when absent'),
  }),
  effect: 'write',
  allow: 'guest',
  async load(read, { conversation, agent }, ctx) {
    const doc = await conversationNamed(read, ctx.pod, conversation);
    return {
      conversation: doc,
      open: await openQuestions(read, doc.questions),
      agent: agent ? await memberNamed(read, ctx.pod, agent) : undefined,
    };
  },
  decide({ conversation, open, agent }) {
    const agents = agent ? [agent.id].filter(isAgent) : conversation.agents;
    if (!agents.length)
      throw new InvalidInput('No agent takes part in this conversation, so there is nothing to stop.');
    const theirs = open.filter(({ question }) => agents.some((one) => one === question.by));
    const withdrawn = together(theirs.map((put) => withdraw(put, 'stopped')));
    const stopped = agents.map(
      (one): Change => ({
        ...{ v: 1, on: 'conversations', id: conversation.id },
        ...{ type: 'run_stopped', agent: one, holds: true },
      }),
    );
    const halts = agents.map((one): DeliveryWish => ({ kind: 'halt', agent: one, conversation: conversation.id }));
    return {
      changes: [...stopped, ...withdrawn.changes],
      deliveries: [...halts, ...withdrawn.deliveries],
      result: { stopped: agents },
    };
  },
});
