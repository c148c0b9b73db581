// The documents that the first turn of an epoch shows.
import type { Reader } from '../../log/action.ts';
import type { ParticipantId } from '../../log/participant.ts';
import type { Held } from '../../log/view.ts';
import { AGENTS, type AgentDoc } from '../../pods/agent-definitions/agent.ts';
import { MEMBERS } from '../../pods/members/member.ts';
import { peopleOf } from '../../pods/people/directory.ts';
import { PEOPLE } from '../../pods/people/person.ts';
import { TASKS, type TaskDoc } from '../../pods/tasks/task.ts';
import type { SessionDoc } from '../sessions/session.ts';

export interface Opening {
  pod: string;
  /** A number up to which the views were complete when the members were read. */
  position: number;
  members: readonly ParticipantId[];
  tasks: readonly TaskDoc[];
}

export async function heldAtOpening(read: Reader, opening: Opening): Promise<Held[]> {
  const { pod, position, members, tasks } = opening;
  // People outside the organisation choose their own names, so a new name of theirs is not told.
  const people = (await peopleOf(read, members)).filter(({ foreign, role }) => !foreign && role !== 'guest');
  return [
    { kind: MEMBERS.name, id: pod, seq: position },
    ...people.map(({ id, seq }) => ({ kind: PEOPLE.name, id, seq })),
    ...tasks.map(({ id, seq }) => ({ kind: TASKS.name, id, seq })),
  ];
}

/** Returns the agent's own definition. If it was edited after the epoch began, the edit is told with the next epoch. */
export function ownDefinition({ agentVersion }: SessionDoc, { id, seq, version }: AgentDoc): Held[] {
  return version === agentVersion ? [{ kind: AGENTS.name, id, seq }] : [];
}
