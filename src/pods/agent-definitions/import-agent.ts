// import_agent (Skein's own): imports a shipped manifest. It replaces an edited agent only if told to, and never
// imports the same file twice.
import { z } from 'zod';
import { Conflict } from '../../errors.ts';
import { action } from '../action.ts';
import type { Change } from '../kinds.ts';
import { manifestFault, podWritten } from '../pod/mail-name.ts';
import { AGENTS, type AgentFacts } from './agent.ts';
import { nameFault } from './agent-name.ts';
import {
  agentId,
  agentInstructions,
  agentName,
  agentPurpose,
  budgetInput,
  DEFAULT_BUDGET,
  handleInput,
  hashOf,
  modelInput,
  skillNames,
  toolsInput,
} from './agent-words.ts';

export const importAgent = action({
  name: 'import_agent',
  title: 'Import an agent',
  description: 'Takes in an agent from its manifest.',
  // The object is not strict, because a manifest may have fields that the document does not store.
  input: z.object({
    handle: handleInput,
    name: agentName,
    avatar: z.object({ emoji: z.string().optional(), url: z.string().optional() }).default({}),
    purpose: agentPurpose,
    instructions: agentInstructions,
    model: modelInput.optional(),
    tools: toolsInput.default([]),
    skills: skillNames.default([]),
    budget: budgetInput.default(DEFAULT_BUDGET),
    addressable_by: z
      .union([z.enum(['members', 'owners']), z.object({ people: z.array(z.string()).min(1) })])
      .default('members'),
    over: z.literal(true).optional().describe('In place of what stands, also where that was edited'),
  }),
  effect: 'write',
  org: true,
  internal: true,
  async load(read, { handle, name }) {
    const agent = await read.get(AGENTS, agentId(handle));
    if (agent) return { agent, pod: undefined, bearer: undefined };
    const [pod, bearer] = await Promise.all([podWritten(read, handle), nameFault(read, handle, name)]);
    return { agent, pod, bearer };
  },
  allow: () => 'Agents are imported by Skein, from its manifests. Use create_agent.',
  decide({ agent, pod, bearer }, { handle, skills, avatar, model, addressable_by, over, ...rest }, ctx) {
    if (pod) throw new Conflict(manifestFault(`manifests/agents/${handle}.yaml`, handle, pod));
    if (bearer) throw new Conflict(`manifests/agents/${handle}.yaml: ${bearer}`);
    const hash = hashOf(ctx);
    const id = agentId(handle);
    const { emoji, url } = avatar;
    const facts: AgentFacts = {
      ...rest,
      avatar: { ...(emoji ? { emoji } : {}), ...(url ? { url } : {}) },
      ...(model ? { model } : {}),
      ...(addressable_by === 'members' ? {} : { addressableBy: addressable_by }),
    };
    const kept = agent && !over && (agent.edited || agent.hash === hash);
    const change: Change = agent
      ? { v: 1, on: 'agents', id, type: 'agent_imported', facts, skills, hash }
      : { v: 1, on: 'agents', id, type: 'agent_created', handle, facts, skills, hash };
    return { changes: kept ? [] : [change], result: { agent: { id, imported: !kept } } };
  },
});
