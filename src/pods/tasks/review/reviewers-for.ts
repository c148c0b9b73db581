// The reviewers of a task and whoever gets it: nobody reviews their own work. Pure.
import { Conflict, InvalidInput } from '../../../errors.ts';
import type { Named, ParticipantId } from '../../../log/participant.ts';
import { isActive } from '../graph/ready.ts';
import type { TaskDoc } from '../task.ts';
import { reviewersOf } from './review-state.ts';

/** Returns those that a task is created with. @throws InvalidInput if whoever gets the task is to review it */
export function reviewersFor(looking: readonly Named[], assignee: Named | undefined): ParticipantId[] {
  const own = looking.find(({ id }) => id === assignee?.id);
  if (own) throw new InvalidInput(`${own.name} gets the task, and nobody reviews their own work. Name somebody else.`);
  return [...new Set(looking.map(({ id }) => id))];
}

/** True if nobody is left to review the task once this member has it. */
export function isOnlyReviewer(task: TaskDoc, who: ParticipantId): boolean {
  return reviewersOf(task).length > 0 && !reviewersOf({ ...task, assignee: who }).length;
}

/** @throws Conflict if nobody is left to review the task once `next` has it */
export function refuseOnlyReviewer(task: TaskDoc, next: Named | undefined): void {
  if (!next || !isActive(task) || !isOnlyReviewer(task, next.id)) return;
  const { number } = task;
  throw new Conflict(
    `#${number} is reviewed by ${next.name} alone, and nobody reviews their own work. Name somebody else to review it first (request_review with reviewers), then give it to ${next.name}.`,
  );
}
