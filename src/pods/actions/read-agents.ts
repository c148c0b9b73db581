// list_agents, read_agent: who the agents of the organisation are and what each works by.
import { z } from 'zod';
import { action } from '../action.ts';
import { agentNamed } from '../agent-words.ts';
import { called, namesOfAll } from '../directory.ts';
import { ORG } from '../standing.ts';

export const listAgents = action({
  name: 'list_agents',
  title: 'List agents',
  description: 'Lists the agents of the organisation with their purpose, skills and owner.',
  input: z.strictObject({}),
  effect: 'read',
  org: true,
  allow: 'guest',
  async load(read) {
    const agents = await read.find('agents', { where: { pod: ORG }, sort: [['id', 'asc']] });
    return {
      agents,
      names: await namesOfAll(
        read,
        agents.map((agent) => agent.owner),
      ),
    };
  },
  decide({ agents, names }) {
    return {
      changes: [],
      result: {
        agents: agents.map(({ handle, name, purpose, skills, owner }) => ({
          handle,
          name,
          purpose,
          skills,
          owner: called(names, owner).name,
        })),
      },
    };
  },
});

export const readAgent = action({
  name: 'read_agent',
  title: 'Read an agent',
  description: 'Shows an agent: purpose, instructions, tools, skills, budget, owner, version.',
  input: z.strictObject({ agent: z.string().min(1).describe('Handle') }),
  effect: 'read',
  org: true,
  allow: 'guest',
  async load(read, { agent }) {
    const doc = await agentNamed(read, agent);
    return { doc, names: await namesOfAll(read, [doc.owner]) };
  },
  decide({ doc, names }) {
    const { id, handle, name, avatar, purpose, instructions, model, tools, skills, budget, edited, version } = doc;
    const owner = called(names, doc.owner).name;
    const about = { id, handle, name, avatar, purpose, instructions, tools, skills, budget, owner, edited, version };
    return { changes: [], result: { agent: model ? { ...about, model } : about } };
  },
});
