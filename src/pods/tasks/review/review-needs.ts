// The needs of a review: reviewers look, whoever has the task mends it, and a person decides after the last round. Pure.
import type { BodyRef } from '../../../log/body.ts';
import type { Need, Needed, NeededOf } from '../../../log/needs/need.ts';
import { isPerson, type ParticipantId, type PersonId } from '../../../log/participant.ts';
import { DECIDING, REVIEWS } from '../../needs/need.ts';
import { TASKS, type TaskDoc } from '../task.ts';
import type { TaskChange } from '../task-change.ts';
import { evolveReview } from './evolve-review.ts';
import type { ReviewChange } from './review.ts';
import { deciderOf, pending, reviewState } from './review-state.ts';

export function reviewNeeds(change: TaskChange, before: TaskDoc | undefined, actor: ParticipantId): Needed[] {
  if (!before) return [];
  const { id } = before;
  switch (change.type) {
    case 'review_asked': {
      const { ask, reviewers, noteRef } = change;
      // Those who are not asked any more, because somebody else is named instead.
      const gone = pending(before).filter((who) => !reviewers.includes(who));
      const isApproved = !ask.length && becomesApproved(before, change, actor);
      return [
        ...asked(before, ask, noteRef),
        ...withdrawn(gone, id),
        ...decided(before, false),
        ...(isApproved ? told(before, 'approved', noteRef) : []),
      ];
    }
    case 'review_moved':
      return asked(before, change.ask);
    case 'review_given': {
      // The owners have the item of those who can't any more.
      const whose: NeededOf[] = change.gone ? ['owners'] : [change.for ?? actor].filter(isPerson);
      const own = whose.map((who) => ({ settle: { who, about: { on: REVIEWS, id } } }));
      const { noteRef, used, is, more } = change;
      const decides: Needed[] = used
        ? [{ open: { who: used, reason: 'rounds', about: { on: DECIDING, id }, ...facts(before, noteRef) } }]
        : more || becomesApproved(before, change, actor)
          ? decided(before, false)
          : [];
      const news = is === 'back' ? 'sent_back' : becomesApproved(before, change, actor) ? 'approved' : undefined;
      return [...own, ...decides, ...(news ? told(before, news, noteRef, change.for) : [])];
    }
    case 'task_assigned':
      return change.assignee && pending(before).includes(change.assignee) ? withdrawn([change.assignee], id) : [];
    case 'task_moved':
      return change.state === 'done' || change.state === 'dropped' ? over(before, change.state === 'dropped') : [];
    case 'task_erased':
      return over(before, true);
    default:
      return [];
  }
}

function becomesApproved(before: TaskDoc, change: ReviewChange, actor: ParticipantId): boolean {
  const after = evolveReview(before, change, { pod: before.pod, actor, at: 0, seq: 0 }) as TaskDoc;
  return reviewState(before) !== 'approved' && reviewState(after) === 'approved';
}

function asked(task: TaskDoc, ask: readonly ParticipantId[], noteRef?: BodyRef): Needed[] {
  const about = { on: REVIEWS, id: task.id };
  return ask.filter(isPerson).map((who) => ({ open: { who, reason: 'review', about, ...facts(task, noteRef) } }));
}

/** The assignee reads the words in the item of the task itself. */
function told(
  task: TaskDoc,
  reason: 'sent_back' | 'approved',
  noteRef: BodyRef | undefined,
  absent?: PersonId,
): Needed[] {
  const { assignee, id } = task;
  if (!isPerson(assignee)) return [];
  const behalf = absent ? { behalf: absent } : {};
  return [{ open: { who: assignee, reason, about: { on: TASKS.name, id }, ...facts(task, noteRef), ...behalf } }];
}

function over(task: TaskDoc, isGone: boolean): Needed[] {
  return [...withdrawn(pending(task), task.id), ...decided(task, isGone)];
}

function withdrawn(who: readonly ParticipantId[], id: string): Needed[] {
  // The owners have the item of somebody who has left the pod.
  const all: NeededOf[] = who.length ? [...who.filter(isPerson), 'owners'] : [];
  return all.map((one) => ({ settle: { who: one, about: { on: REVIEWS, id } }, withdrawn: true }));
}

/** Somebody has decided how it goes on. */
function decided(task: TaskDoc, isWithdrawn: boolean): Needed[] {
  if (!task.review?.used) return [];
  const about = { on: DECIDING, id: task.id };
  return [...new Set<NeededOf>([deciderOf(task), 'owners'])].map((who) => ({
    settle: { who, about },
    ...(isWithdrawn ? { withdrawn: true as const } : {}),
  }));
}

function facts({ conversation, due }: TaskDoc, note: BodyRef | undefined): Pick<Need, 'conversation' | 'due' | 'note'> {
  return { ...(conversation ? { conversation } : {}), ...(due ? { due } : {}), ...(note ? { note } : {}) };
}
