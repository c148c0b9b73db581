// Says who may judge a task: its reviewers, and while one of them is away their deputy, in their place. Doors and lists that
// offer it ask here too. Pure.
import { isPerson, type ParticipantId, type PersonId } from '../../../log/participant.ts';
import type { ActorRole } from '../../action.ts';
import { atLeast } from '../../members/rights.ts';
import { isActive } from '../graph/ready.ts';
import type { TaskDoc } from '../task.ts';
import { deciderOf, pending, reviewersOf, reviewState, verdictOf } from './review-state.ts';

/**
 * `absent`: the people whose deputy they are now (preferences/deputy.ts). `gone`: the reviewers who have left, or are guests
 * now, and the agents without the tools to answer. An owner takes their place, and no deputy of theirs does.
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
  const standsIn = standsFor({ role, absent }).filter((one) => !gone.includes(one));
  const others: readonly ParticipantId[] = role === 'owner' && isPerson(who) ? [...standsIn, ...gone] : standsIn;
  const mine = reviewersOf(task).filter((one) => one === who || others.includes(one));
  const own = mine.includes(who) ? who : undefined;
  return [own, ...mine].find((one) => one && !verdictOf(task, one)) ?? own ?? mine[0];
}

/** A guest says what they were asked themselves, and decides for no member. */
function standsFor({ role, absent }: Pick<Judge, 'role' | 'absent'>): readonly PersonId[] {
  return atLeast(role, 'member') ? absent : [];
}

/** After the last round one person allows another: whoever gave the task, or an owner. Others only give their verdict. */
export function decides(task: TaskDoc, judge: Judge): boolean {
  const { who, role } = judge;
  if (reviewState(task) !== 'used' || !isPerson(who) || who === task.assignee) return false;
  const decider = deciderOf(task);
  const reviewer = reviewerFor(task, judge);
  if (reviewer && pending(task).includes(reviewer)) return false;
  return role === 'owner' || decider === who || standsFor(judge).some((one) => one === decider);
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
