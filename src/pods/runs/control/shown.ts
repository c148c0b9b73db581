// The result of the actions that control agents at work.
import type { AgentId, PersonId } from '../../../log/participant.ts';
import { called } from '../../people/directory.ts';
import type { ControlFacts } from './facts.ts';

export interface ShownControl {
  agents: AgentId[];
  /** The people for whom the agents wait now. */
  paused_by?: string[];
}

export function shownControl(
  { names }: ControlFacts,
  { agents, still }: { agents: AgentId[]; still: readonly PersonId[] },
): ShownControl {
  return { agents, ...(still.length ? { paused_by: still.map((one) => called(names, one).name) } : {}) };
}
