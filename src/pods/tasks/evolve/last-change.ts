// The newest change that somebody made to a task, and what was so before: by it that change is undone. Pure.
import type { Meta, Own } from '../../../log/view.ts';
import type { LastChange, TaskDoc } from '../task.ts';
import type { TaskChange } from '../task-change.ts';

/** Returns the document with its newest change. Changes that follow from others, or only keep lines and moments, are none. */
export function withLast(before: Own<TaskDoc>, after: Own<TaskDoc>, change: TaskChange, meta: Meta): Own<TaskDoc> {
  const did = didIn(before, change);
  if (!did) return after;
  const { by, at, seq } = { by: meta.actor, at: meta.at, seq: meta.seq };
  return { ...after, last: { by, at, seq, ...did } };
}

type Did<C> = C extends unknown ? Omit<C, 'by' | 'at' | 'seq'> : never;

function didIn(before: Own<TaskDoc>, change: TaskChange): Did<LastChange> | undefined {
  switch (change.type) {
    case 'task_moved':
      if (before.state === 'erased' || change.along) return { did: 'other' };
      return { did: 'moved', to: change.state, state: before.state };
    case 'task_assigned':
      return { did: 'assigned', assignee: before.assignee ?? null };
    case 'task_updated':
      if (change.titleRef || change.body) return { did: 'other' };
      return change.due === undefined ? undefined : { did: 'due', due: before.due ?? null };
    case 'review_asked':
    case 'review_given':
    case 'dependencies_changed':
    case 'task_took_in':
    case 'task_gave_up':
    case 'task_attached':
    case 'task_detached':
    case 'task_erased':
      return { did: 'other' };
    default:
      return undefined;
  }
}
