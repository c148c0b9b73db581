// list_agents, read_agent: the agents of the organisation and their definitions.
import { z } from 'zod';
import { isPerson, type Named, type ParticipantId } from '../../log/participant.ts';
import { action } from '../action.ts';
import { ORG } from '../members/rights.ts';
import { called, namesOfAll } from '../people/directory.ts';
import type { AddressableBy } from './agent.ts';
import { AGENTS, type AgentDoc } from './agent.ts';
import { agentNamed } from './agent-words.ts';

export const listAgents = action({
  name: 'list_agents',
  title: 'List agents',
  description: 'Lists the agents of the organisation with their purpose, skills and owner.',
  input: z.strictObject({}),
  effect: 'read',
  org: true,
  allow: 'guest',
  async load(read) {
    const agents = await read.find(AGENTS, { where: { pod: ORG }, sort: [['id', 'asc']] });
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
  description:
    'Shows an agent: purpose, instructions, tools, skills, budget, owner, version, and who may set it to work.',
  input: z.strictObject({ agent: z.string().min(1).describe('Handle') }),
  effect: 'read',
  org: true,
  allow: 'guest',
  async load(read, { agent }) {
    const doc = await agentNamed(read, agent);
    return { doc, names: await namesOfAll(read, [doc.owner, ...peopleFor(doc)]) };
  },
  decide({ doc, names }) {
    const { id, handle, name, avatar, purpose, instructions, model, tools, skills, budget, edited, version } = doc;
    const addressable_by = shownAs(doc.addressableBy, names);
    const owner = called(names, doc.owner).name;
    const about = {
      id,
      handle,
      name,
      avatar,
      purpose,
      instructions,
      tools,
      skills,
      budget,
      owner,
      edited,
      version,
      addressable_by,
    };
    const shows = { whole: [{ kind: AGENTS.name, id, seq: doc.seq }] };
    return { changes: [], result: { agent: model ? { ...about, model } : about }, shows };
  },
});

function peopleFor({ addressableBy }: AgentDoc): ParticipantId[] {
  return typeof addressableBy === 'object' ? addressableBy.people.filter(isPerson) : [];
}

/** Returns the value in the form that update_agent takes, with the names of people who are known. */
function shownAs(by: AddressableBy = 'members', names: ReadonlyMap<ParticipantId, Named>): string[] {
  if (typeof by !== 'object') return [by];
  return by.people.map((one) => (isPerson(one) ? called(names, one).name : one));
}
