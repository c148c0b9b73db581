// Says who may judge a task: its reviewers, and while one of them is away their deputy, in their place. Doors and lists that
// offer it ask here too. Pure.
import { isPerson, type ParticipantId, type PersonId } from '../../../log/participant.ts';
import type { ActorRole } from '../../action.ts';
import { isActive } from '../graph/ready.ts';
import type { TaskDoc } from '../task.ts';
import { deciderOf, pending, reviewersOf, reviewState, verdictOf } from './review-state.ts';

/**
 * `absent`: the people whose deputy they are now (preferences/deputy.ts). `gone`: the reviewers who have left, or are guests
 * now. An owner takes their place.
 */
export interface Judge {
  who: ParticipantId;
  role: ActorRole;
  absent: readonly PersonId[];
  gone?: readonly ParticipantId[];
}

/**
 * Returns the reviewer whose verdict it would be: their own if they have to give one, else that of somebody for whom they
 * stand in. Undefined if they review nothing here. Whoever has the task judges it for nobody.
 */
export function reviewerFor(task: TaskDoc, { who, role, absent, gone = [] }: Judge): ParticipantId | undefined {
  if (who === task.assignee) return undefined;
  const others: readonly ParticipantId[] = role === 'owner' && isPerson(who) ? [...absent, ...gone] : absent;
  const mine = reviewersOf(task).filter((one) => one === who || others.includes(one));
  const own = mine.includes(who) ? who : undefined;
  return [own, ...mine].find((one) => one && !verdictOf(task, one)) ?? own ?? mine[0];
}

/** After the last round one person allows another: whoever gave the task, or an owner. Others only give their verdict. */
export function decides(task: TaskDoc, judge: Judge): boolean {
  const { who, role, absent } = judge;
  if (reviewState(task) !== 'used' || !isPerson(who) || who === task.assignee) return false;
  const decider = deciderOf(task);
  const reviewer = reviewerFor(task, judge);
  if (reviewer && pending(task).includes(reviewer)) return false;
  return role === 'owner' || decider === who || absent.some((one) => one === decider);
}

/**
 * Returns what is asked of them now: `review` to approve it or send it back, `decide` to say how it goes on after the last
 * round. Undefined if nothing is.
 */
export function askedToJudge(task: TaskDoc, judge: Judge): 'review' | 'decide' | undefined {
  if (!isActive(task)) return undefined;
  const reviewer = reviewerFor(task, judge);
  if (reviewer && pending(task).includes(reviewer)) return 'review';
  return decides(task, judge) ? 'decide' : undefined;
}
