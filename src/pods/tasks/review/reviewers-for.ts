// The reviewers that a task is created with. Pure.
import { InvalidInput } from '../../../errors.ts';
import type { Named, ParticipantId } from '../../../log/participant.ts';

/** @throws InvalidInput if whoever gets the task is to review it */
export function reviewersFor(looking: readonly Named[], assignee: Named | undefined): ParticipantId[] {
  const own = looking.find(({ id }) => id === assignee?.id);
  if (own) throw new InvalidInput(`${own.name} gets the task, and nobody reviews their own work. Name somebody else.`);
  return [...new Set(looking.map(({ id }) => id))];
}
