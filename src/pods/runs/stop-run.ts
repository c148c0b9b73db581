// stop_run: stops an agent's work in a conversation.
import { z } from 'zod';
import { InvalidInput } from '../../errors.ts';
import { isAgent } from '../../log/participant.ts';
import { action } from '../action.ts';
import { memberNamed } from '../people/directory.ts';
import { openQuestions } from '../questions/settling/settle.ts';
import { conversationNamed } from '../require.ts';
import { controlFacts } from './control/facts.ts';
import { type Elsewhere, underWayElsewhere } from './control/same-root.ts';
import { beyond, stopElsewhere, stops } from './control/stop-elsewhere.ts';
import { stoppedLine } from './control/stopped-line.ts';

export const stopRun = action({
  name: 'stop_run',
  title: 'Stop an agent',
  description:
    'Stops what agents are doing in a conversation, as all see there: the one named, or all that take part in it.',
  input: z.strictObject({
    conversation: z.string().describe('Its id'),
    agent: z.string().optional().describe('Handle; all agents of the conversation when absent'),
    everywhere: z
      .boolean()
      .default(false)
      .describe('Stops also what agents do or will do in other conversations for the same request'),
  }),
  effect: 'write',
  allow: 'guest',
  async load(read, { conversation, agent }, ctx) {
    const doc = await conversationNamed(read, ctx.pod, conversation);
    return {
      conversation: doc,
      open: await openQuestions(read, doc.questions),
      others: await underWayElsewhere(read, ctx, doc),
      facts: await controlFacts(read, ctx, doc),
      agent: agent ? await memberNamed(read, ctx.pod, agent) : undefined,
    };
  },
  decide({ conversation, open, agent, others, facts }, { everywhere }, ctx) {
    const agents = agent ? [agent.id].filter(isAgent) : conversation.agents;
    if (!agents.length)
      throw new InvalidInput('No agent takes part in this conversation, so there is nothing to stop.');
    const line = stoppedLine(ctx, facts, agents);
    const here = stops(
      agents.map((one) => ({
        ...{ conversation: conversation.id, agent: one },
        ...(line?.agents.includes(one) ? { line: line.id } : {}),
        open: open.filter(({ question }) => question.by === one),
      })),
    );
    const left = beyond(others, conversation, agents);
    const elsewhere = stopElsewhere(ctx, conversation, { others: left, all: everywhere });
    return {
      changes: [...here.changes, ...(line?.changes ?? []), ...elsewhere.changes],
      deliveries: [...here.deliveries, ...(line?.deliveries ?? []), ...elsewhere.deliveries],
      result: { stopped: agents, ...elsewhereIn(left, everywhere) },
    };
  },
});

/** Says what else was stopped, or still runs, for the same request. */
function elsewhereIn(
  others: readonly Elsewhere[],
  all: boolean,
): { also_stopped?: string[]; still_at_work?: string[] } {
  if (!others.length) return {};
  const says = others.map((one) => `${one.says} (${one.conversation})`);
  return all ? { also_stopped: says } : { still_at_work: says };
}
