// The kind `agents`: how the definition of an agent changes, and how history describes it.
import { kind, type Names, type Phrase } from '../../log/kind.ts';
import { called } from '../people/directory.ts';
import { AGENTS, type AgentChange, type AgentDoc, evolveAgent } from './agent.ts';

export const agents = kind<AgentDoc, AgentChange>({
  ref: AGENTS,
  indexes: [{ fields: ['pod'] }],
  evolve: evolveAgent,
  describe,
  whoIn: ({ id }) => [id],
  held: { noun: () => 'agent', text: ({ instructions }) => ({ text: instructions }) },
});

function describe(change: AgentChange, { who }: Names): Phrase | undefined {
  const { name } = called(who, change.id);
  switch (change.type) {
    case 'agent_created':
      return ['created', `the agent ${change.facts.name} (@${change.handle})`];
    case 'agent_updated':
      return ['updated', `the agent ${name}: ${Object.keys(change.facts).join(', ')}`];
    case 'agent_imported':
      return ['imported', `the agent ${name}`];
    case 'skill_attached':
      return ['attached', `the skill ${change.skill} to ${name}`];
    case 'skill_detached':
      return ['detached', `the skill ${change.skill} from ${name}`];
    default:
      change satisfies never;
      return undefined;
  }
}
