// The questions of a conversation that expired without an answer. Pure.
import type { RoleId } from '../../../log/needs/need.ts';
import type { AgentId, PersonId } from '../../../log/participant.ts';

/** A question that expired, and the agent that continues without an answer. */
export interface Unanswered {
  question: string;
  number: number;
  agent: AgentId;
  /** The people who could answer it. `role`: set if every owner could. */
  asked: PersonId[];
  role?: RoleId;
  /** When it expired, in milliseconds since 1970. */
  at: number;
}

/**
 * An agent's newer question to the same people replaces the older one, because whoever writes after the newer one writes
 * after both. This keeps the list short.
 */
export function unansweredAfter(
  before: readonly Unanswered[] = [],
  { question, number, agent, asked, role }: Omit<Unanswered, 'at'>,
  at: number,
): Unanswered[] {
  const newer = { question, number, agent, asked, ...(role ? { role } : {}), at };
  return [...before.filter((one) => one.agent !== agent || peopleOf(one) !== peopleOf(newer)), newer];
}

function peopleOf({ asked, role }: Pick<Unanswered, 'asked' | 'role'>): string {
  return [...asked, role ?? ''].sort().join(' ');
}
