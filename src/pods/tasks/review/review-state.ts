// Says how the review of a task stands. Lists, cards, notices and refusals all ask here. Pure.

import type { NeededOf } from '../../../log/needs/need.ts';
import { isPerson, type ParticipantId } from '../../../log/participant.ts';
import { peopleAmong } from '../giving/givers.ts';
import { isActive } from '../graph/ready.ts';
import type { TaskDoc } from '../task.ts';
import type { Verdict } from './review.ts';

/** `to_ask`: nobody is asked now. `used`: the last round was sent back, and a person decides. */
export type ReviewState = 'to_ask' | 'asked' | 'back' | 'used' | 'approved';

type Facts = Pick<TaskDoc, 'review' | 'assignee'>;

/** Returns those who review it. Nobody reviews their own work, so whoever has it now is left out. */
export function reviewersOf({ review, assignee }: { [F in keyof Facts]?: Facts[F] | undefined }): ParticipantId[] {
  return (review?.reviewers ?? []).filter((who) => who !== assignee);
}

export function verdictOf({ review }: Pick<TaskDoc, 'review'>, who: ParticipantId): Verdict | undefined {
  return review?.verdicts.find((one) => one.who === who);
}

/** Undefined if nobody reviews it. */
export function reviewState(task: Facts): ReviewState | undefined {
  const { review } = task;
  const is = reviewersOf(task).map((who) => verdictOf(task, who)?.is);
  if (!review || !is.length) return undefined;
  if (is.every((one) => one === 'approved')) return 'approved';
  if (review.used) return 'used';
  if (!review.open) return 'to_ask';
  return is.includes('back') ? 'back' : 'asked';
}

/** Returns the reviewers who were asked and have not answered. */
export function pending(task: Facts): ParticipantId[] {
  return task.review?.open ? unheard(task) : [];
}

/** True if whoever has the task does not end it yet: they ask its reviewers first; as a step, all have to approve it. */
export function endsAfterReview(task: Facts): boolean {
  const stands = reviewState(task);
  return stands === 'to_ask' || (task.review?.binding === true && stands !== undefined && stands !== 'approved');
}

/** How lists say that it is not done before its reviewers approve it: whether they are still to be asked. */
export function reviewFirst(task: Pick<TaskDoc, 'state'> & Facts): { review_first?: 'to ask' | 'asked' } {
  if (!isActive(task) || !endsAfterReview(task)) return {};
  return { review_first: mayAsk(task) ? 'to ask' : 'asked' };
}

/** Returns the reviewers who have said nothing about it. */
export function unheard(task: Facts): ParticipantId[] {
  return reviewersOf(task).filter((who) => !verdictOf(task, who));
}

/** True if it is time for whoever has the task to ask its reviewers. */
export function mayAsk(task: Facts): boolean {
  const stands = reviewState(task);
  return stands === 'to_ask' || stands === 'back';
}

/** Returns who says how it goes on after the last round: whoever gave the task, else the owners. */
export function deciderOf({ assignee, givers, givenBy, createdBy }: TaskDoc): NeededOf {
  const gave = [...peopleAmong(givers)].reverse();
  const people = [...gave, givenBy, createdBy].filter((who) => who !== assignee && isPerson(who));
  return (people[0] as NeededOf | undefined) ?? 'owners';
}
