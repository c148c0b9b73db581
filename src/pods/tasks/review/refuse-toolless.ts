// Which agents could not answer as a reviewer: a review would wait for them for ever, so they are not named, and an owner answers
// for one that has lost its tools since.
import { InvalidInput } from '../../../errors.ts';
import type { Reader } from '../../../log/action.ts';
import { isAgent, type ParticipantId } from '../../../log/participant.ts';
import { AGENTS, type AgentDoc } from '../../agent-definitions/agent.ts';

const NEEDED = ['approve', 'send_back'] as const;

/** People always can. @throws InvalidInput that names the agent, the tools that it lacks, and the cure */
export async function refuseToolless(read: Reader, reviewers: readonly ParticipantId[]): Promise<void> {
  const agents = await Promise.all([...new Set(reviewers.filter(isAgent))].map((id) => read.get(AGENTS, id)));
  for (const agent of agents) {
    const missing = agent ? missingIn(agent) : [];
    if (agent && missing.length)
      throw new InvalidInput(
        `${agent.name} can’t review: it does not have ${missing.join(' and ')} among its tools. Add ${missing.length > 1 ? 'them' : 'it'} with update_agent, or name somebody else.`,
      );
  }
}

/** Returns the agents among the reviewers that can't answer any more. */
export async function toollessAmong(read: Reader, reviewers: readonly ParticipantId[]): Promise<ParticipantId[]> {
  const agents = reviewers.filter(isAgent);
  const docs = await Promise.all(agents.map((id) => read.get(AGENTS, id)));
  return agents.filter((_, n) => {
    const agent = docs[n];
    return agent !== undefined && missingIn(agent).length > 0;
  });
}

function missingIn({ tools }: Pick<AgentDoc, 'tools'>): (typeof NEEDED)[number][] {
  return NEEDED.filter((tool) => !tools.includes(tool));
}
