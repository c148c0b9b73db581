// update_agent: changes an agent's name, purpose, instructions, tools or skills. After that the manifest no longer
// overrides the agent.
import { z } from 'zod';
import { Conflict, InvalidInput } from '../../errors.ts';
import type { AgentId } from '../../log/participant.ts';
import { action } from '../action.ts';
import { AGENTS, type AgentFacts } from './agent.ts';
import { bearerOf } from './agent-name.ts';
import {
  addressableInput,
  addressableOf,
  agentInstructions,
  agentName,
  agentPurpose,
  agentToChange,
  budgetInput,
  emojiInput,
  mayChange,
  modelInput,
  toolsInput,
} from './agent-words.ts';

export const updateAgent = action({
  name: 'update_agent',
  title: 'Update an agent',
  description:
    'Changes an agent: what is not given stays. New sessions take it up; its owner and organisation owners may. Instructions by an agent: whoever asked for them sees the difference, and says yes.',
  input: z.strictObject({
    agent: z.string().min(1).describe('Handle'),
    name: agentName.optional(),
    purpose: agentPurpose.optional(),
    instructions: agentInstructions.optional(),
    avatar_emoji: emojiInput.optional(),
    model: modelInput.optional(),
    tools: toolsInput.optional(),
    budget: budgetInput.optional().describe('Per run'),
    addressable_by: addressableInput.optional(),
  }),
  effect: 'write',
  org: true,
  async load(read, { agent, name, addressable_by }, ctx) {
    const known = await agentToChange(read, agent, ctx);
    const bearer = name && name !== known.agent.name ? await bearerOf(read, name) : undefined;
    return { ...known, bearer, addressableBy: await addressableOf(read, addressable_by) };
  },
  allow: (view, _input, ctx) => mayChange(view, ctx),
  replaces: ({ agent }, { instructions }) => (instructions === undefined ? undefined : { on: AGENTS.name, doc: agent }),
  drafts: ({ agent }, { instructions }) =>
    instructions === undefined
      ? undefined
      : { fields: ['instructions'], before: agent.instructions, after: instructions },
  decide({ agent, bearer, addressableBy }, { agent: _agent, avatar_emoji, addressable_by: _by, ...given }) {
    if (bearer) throw new Conflict(`“${given.name}” is the name of ${bearer}. Choose another name for the agent.`);
    const wanted = { ...given, ...(avatar_emoji ? { avatar: { emoji: avatar_emoji } } : {}), addressableBy };
    const facts = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
    if (!Object.keys(facts).length)
      throw new InvalidInput(
        'Nothing to change: give a name, purpose, instructions, avatar, model, tools, budget or addressable_by.',
      );
    return {
      changes: [
        { v: 1, on: 'agents', id: agent.id as AgentId, type: 'agent_updated', facts: facts as Partial<AgentFacts> },
      ],
      result: { agent: { id: agent.id, handle: agent.handle, version: agent.version + 1 } },
    };
  },
});
