// create_agent: adds an agent to the organisation. Members can then add it to their pods.
import { z } from 'zod';
import { Conflict } from '../../errors.ts';
import { action } from '../action.ts';
import { askersOf } from '../members/rights.ts';
import { podWritten } from '../pod/mail-name.ts';
import { AGENTS, type AgentFacts } from './agent.ts';
import { bearerOf } from './agent-name.ts';
import {
  addressableInput,
  addressableOf,
  agentId,
  agentInstructions,
  agentName,
  agentPurpose,
  budgetInput,
  DEFAULT_BUDGET,
  DEFAULT_TOOLS,
  emojiInput,
  handleInput,
  mayMake,
  modelInput,
  skillNamed,
  skillNames,
  toolsInput,
} from './agent-words.ts';

export const createAgent = action({
  name: 'create_agent',
  title: 'Create an agent',
  description: 'Creates an agent of the organisation; nobody is told. Then add_member brings it into a pod.',
  input: z.strictObject({
    handle: handleInput.describe('What people write behind the @'),
    name: agentName,
    purpose: agentPurpose,
    instructions: agentInstructions,
    avatar_emoji: emojiInput.default(':robot_face:'),
    model: modelInput.optional(),
    tools: toolsInput.optional(),
    skills: skillNames.default([]),
    budget: budgetInput.optional().describe('Per run'),
    addressable_by: addressableInput.optional(),
  }),
  effect: 'write',
  org: true,
  async load(read, { handle, name, skills, addressable_by }, ctx) {
    await Promise.all(skills.map((name) => skillNamed(read, name)));
    return {
      addressableBy: await addressableOf(read, addressable_by),
      agent: await read.get(AGENTS, agentId(handle)),
      namesake: await bearerOf(read, handle),
      bearer: await bearerOf(read, name),
      pod: await podWritten(read, handle, askersOf(ctx)[0] ?? ctx.actor, ctx.home),
    };
  },
  allow: (_view, _input, ctx) => mayMake(ctx, 'agents'),
  decide({ agent, namesake, bearer, addressableBy, pod }, { handle, skills, ...input }, ctx) {
    if (agent)
      throw new Conflict(`There already is an agent @${handle}, ${agent.name}: use update_agent, or another handle.`);
    if (namesake) throw new Conflict(`${namesake} goes by @${handle}. Choose another handle for the agent.`);
    if (bearer) throw new Conflict(`“${input.name}” is the name of ${bearer}. Choose another name for the agent.`);
    if (pod)
      throw new Conflict(
        `Mail to ${handle}@… goes to ${pod}, so none would reach the agent. Choose another handle for the agent.`,
      );
    const facts: AgentFacts = {
      name: input.name,
      avatar: { emoji: input.avatar_emoji },
      purpose: input.purpose,
      instructions: input.instructions,
      tools: input.tools ?? [...DEFAULT_TOOLS],
      budget: input.budget ?? DEFAULT_BUDGET,
      ...(input.model ? { model: input.model } : {}),
      ...(addressableBy ? { addressableBy } : {}),
    };
    const id = agentId(handle);
    const [owner = ctx.actor] = askersOf(ctx);
    return {
      changes: [{ v: 1, on: 'agents', id, type: 'agent_created', handle, facts, skills, owner }],
      result: { agent: { id, handle, name: facts.name } },
    };
  },
});
