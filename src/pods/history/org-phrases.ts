// What each kind of change of the organisation is in words: people, agents, skills and digests.

import type { AgentChange } from '../agent-definitions/agent.ts';
import { called } from '../people/directory.ts';
import type { PersonChange } from '../people/person.ts';
import type { SkillChange } from '../skill-definitions/skill.ts';
import type { SubscriptionChange } from '../subscriptions/subscription.ts';
import type { Known, Phrase } from './phrases.ts';

export function ofPerson(change: PersonChange): Phrase | undefined {
  switch (change.type) {
    case 'person_registered':
      return ['registered', change.facts.name];
    case 'person_updated':
      return ['updated', `what is known of ${change.facts.name}`];
    default:
      change satisfies never;
      return undefined;
  }
}

export function ofAgent(change: AgentChange, { who }: Known): Phrase | undefined {
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

export function ofSkill(change: SkillChange): Phrase | undefined {
  switch (change.type) {
    case 'skill_imported':
      return ['imported', `the skill ${change.name}`];
    case 'skill_updated':
      return ['updated', `the skill ${change.name}`];
    default:
      change satisfies never;
      return undefined;
  }
}

export function ofSubscription(change: SubscriptionChange): Phrase | undefined {
  switch (change.type) {
    case 'digest_set': {
      const { time, timeZone, state } = change;
      const set = [
        time ? `at ${time}` : '',
        timeZone ? `in ${timeZone}` : timeZone === null ? 'in their own time zone' : '',
        state ? { on: 'on', paused: 'paused', off: 'off' }[state] : '',
      ].filter(Boolean);
      return ['set', `their daily digest: ${set.join(', ')}`];
    }
    case 'digest_closed':
      return undefined;
    default:
      change satisfies never;
      return undefined;
  }
}
