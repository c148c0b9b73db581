// Refuses to name an agent as a reviewer that could not answer: the review would wait for it for ever.
import { InvalidInput } from '../../../errors.ts';
import type { Reader } from '../../../log/action.ts';
import { isAgent, type ParticipantId } from '../../../log/participant.ts';
import { AGENTS } from '../../agent-definitions/agent.ts';

const NEEDED = ['approve', 'send_back'] as const;

/** People always can. @throws InvalidInput that names the agent, the tools that it lacks, and the cure */
export async function refuseToolless(read: Reader, reviewers: readonly ParticipantId[]): Promise<void> {
  const agents = await Promise.all([...new Set(reviewers.filter(isAgent))].map((id) => read.get(AGENTS, id)));
  for (const agent of agents) {
    const missing = agent ? NEEDED.filter((tool) => !agent.tools.includes(tool)) : [];
    if (agent && missing.length)
      throw new InvalidInput(
        `${agent.name} can’t review: it does not have ${missing.join(' and ')} among its tools. Add ${missing.length > 1 ? 'them' : 'it'} with update_agent, or name somebody else.`,
      );
  }
}
