// open_run (Skein's own): opens the run of an agent that has something to take in, where no commit of somebody else has opened it:
// its wake is carried again after the run ended, or was meant to end one, or came while another run was open.
import { z } from 'zod';
import { Held } from '../../errors.ts';
import { type AgentId, isAgent } from '../../log/participant.ts';
import { action } from '../action.ts';
import type { AtWork } from '../conversations/words/at-work.ts';
import type { FirstWish } from '../conversations/words/instructions.ts';
import { withheldIn } from '../conversations/words/withheld.ts';
import { conversationNamed } from '../require.ts';
import { wishesSince } from './steering/wishes-since.ts';

interface View {
  /** The number of the commit that has opened the run already, or by which people keep it from beginning. */
  before: number | undefined;
  wishes: readonly FirstWish[];
}

export const openRun = action({
  name: 'open_run',
  title: 'Open a run',
  description: 'Records that an agent begins to work on what came in a conversation after its last run had ended.',
  input: z.strictObject({
    conversation: z.string(),
    woken: z.int().describe('The number of the commit that woke the agent'),
  }),
  effect: 'write',
  internal: true,
  async load(read, { conversation, woken }, { pod, actor }): Promise<View> {
    const { atWork } = await conversationNamed(read, pod, conversation);
    const at = atWork?.find(({ agent }) => agent === actor);
    const before = notNow(atWork, actor as AgentId, woken);
    if (before !== undefined) return { before, wishes: [] };
    return { before, wishes: await wishesSince(read, conversation, actor as AgentId, since(at, woken)) };
  },
  allow: (_view, _input, { actor }) => isAgent(actor) || 'Only an agent opens its run.',
  /** @throws Held if there is nothing to open: the run looks again how things stand */
  decide({ before, wishes }, { conversation: id }, { actor }) {
    if (before !== undefined) throw new Held(before);
    const agents = [actor as AgentId];
    const more = wishes.length ? { wishes: [...wishes] } : {};
    return { changes: [{ v: 1, on: 'conversations', id, type: 'run_opened', agents, ...more }], result: {} };
  },
});

function notNow(list: readonly AtWork[] | undefined, agent: AgentId, woken: number): number | undefined {
  const at = list?.find((one) => one.agent === agent);
  if (at?.since !== undefined) return at.since;
  if (at?.stopped !== undefined && at.stopped > woken) return at.stopped;
  return withheldIn(list, agent)?.seq;
}

/** All that was said up to its last end is done with, and so is what came before a stop. */
function since(at: Pick<AtWork, 'ended' | 'stopped'> | undefined, woken: number): number {
  return Math.max(at?.ended ?? woken - 1, at?.stopped ?? 0);
}
