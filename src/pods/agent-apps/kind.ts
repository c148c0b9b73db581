// The kind `agentApps`: how the state of an agent's own Slack app changes, who has to mend it, and how history describes it.
import { kind } from '../../log/kind.ts';
import type { Needed } from '../../log/needs/need.ts';
import { called } from '../people/directory.ts';
import { AGENT_APPS, type AgentAppChange, type AgentAppDoc, evolveAgentApp } from './agent-app.ts';

export const agentApps = kind<AgentAppDoc, AgentAppChange>({
  ref: AGENT_APPS,
  indexes: [{ fields: ['pod'] }],
  evolve: evolveAgentApp,
  needs: needsOfApp,
  whoIn: ({ agent }) => [agent],
  describe(change, { who }) {
    const { name } = called(who, change.agent);
    switch (change.type) {
      // The pods say who has to mend it.
      case 'app_reported':
        return undefined;
      case 'app_lost':
        return ['found', `that Slack refuses the token of ${name}’s own app`];
      case 'app_back':
        return ['found', `that ${name}’s own app ${change.unset ? 'is not wanted any more' : 'works again'}`];
      default:
        change satisfies never;
        return undefined;
    }
  },
});

function needsOfApp(change: AgentAppChange, before: AgentAppDoc | undefined): Needed[] {
  const about = { on: AGENT_APPS.name, id: change.id };
  if (change.type === 'app_lost')
    return change.people.map((who) => ({ open: { who, reason: 'app_lost', about, asker: change.agent } }));
  if (change.type !== 'app_back') return [];
  const withdrawn = change.unset ? { withdrawn: true as const } : {};
  return (before?.people ?? []).map((who) => ({ settle: { who, about }, ...withdrawn }));
}
