// permit, permit_read, permit_act (Skein's own): ask the gate about a call of a tool that is not an action, or about an
// act in another log. A call that does more than read is recorded.
import { z } from 'zod';
import { isAgent } from '../../log/participant.ts';
import { action, type Ctx } from '../action.ts';

const tool = z.string().describe('As the model names it');

export const permit = action({
  name: 'permit',
  title: 'Call a tool',
  description: 'Records the call of a tool before it is made.',
  input: z.strictObject({ tool, input: z.record(z.string(), z.unknown()) }),
  effect: 'outside',
  internal: true,
  load: async (_read, _input, ctx) => calledFrom(ctx),
  allow: onlyAgents,
  decide({ conversation }, { tool, input }, ctx) {
    const id = ctx.id('call');
    const body = ctx.text(JSON.stringify(input));
    return {
      changes: [{ v: 1, on: 'permits', id, type: 'call_permitted', tool, conversation, input: body }],
      result: { permit: { id } },
    };
  },
});

export const permitRead = action({
  name: 'permit_read',
  title: 'Read with a tool',
  description: 'Asks whether a tool may be read with.',
  input: z.strictObject({ tool }),
  effect: 'read',
  internal: true,
  load: async (_read, _input, ctx) => calledFrom(ctx),
  allow: onlyAgents,
  decide: () => ({ changes: [], result: {} }),
});

export const permitAct = action({
  name: 'permit_act',
  title: 'Act elsewhere',
  description: 'Records that an agent acts in another log, before it does.',
  // A repeated call whose pod has another name by now is refused: the same key with another pod is a Conflict.
  input: z.strictObject({ action: z.string(), pod: z.string().optional() }),
  effect: 'write',
  internal: true,
  load: async () => undefined,
  allow: onlyAgents,
  decide: () => ({ changes: [], result: {} }),
});

/**
 * Returns the conversation of the call. Throws if the caller gave no facts, because the gate would have nothing to
 * judge.
 */
function calledFrom({ call, conversation }: Ctx): { conversation: string } {
  if (call && conversation) return { conversation };
  throw new Error('A permit is for the call of a tool from a conversation.');
}

function onlyAgents(_view: unknown, _input: unknown, { actor }: Ctx): true | string {
  return isAgent(actor) || 'Only agents call tools of servers.';
}
