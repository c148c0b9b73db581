// A task after it moved to another state. Pure.
import { labelsOf } from '../../../log/labels/label.ts';
import type { Meta, Own } from '../../../log/view.ts';
import { endedReview } from '../review/evolve-review.ts';
import type { TaskDoc } from '../task.ts';
import type { TaskChange } from '../task-change.ts';
import { earlier, withLines } from './with-lines.ts';

export function moved(
  doc: TaskDoc,
  change: Extract<TaskChange, { type: 'task_moved' }>,
  { actor, at, label }: Meta,
): Own<TaskDoc> {
  const { doneAt: _doneAt, doneBy: _doneBy, dropped: _dropped, merged: _merged, assumed: _assumed, ...whole } = doc;
  const { dueAt, labels, late: _late, ...rest } = whole;
  const { state, merged, noteRef, assumedRef, along } = change;
  const { assumed: _label, ...before } = labels ?? {};
  const marks = labelsOf({ ...before, ...(assumedRef ? { assumed: label } : {}) });
  const isOver = state === 'done' || state === 'dropped';
  // A finished task does not fall due any more.
  const due = isOver || dueAt === undefined ? {} : { dueAt };
  return {
    ...rest,
    state,
    ...(marks ? { labels: marks } : {}),
    ...(assumedRef ? { assumed: assumedRef } : {}),
    ...(state === 'done' ? { doneAt: at, doneBy: actor } : {}),
    ...(state === 'dropped'
      ? { dropped: { by: actor, at, ...(noteRef ? { noteRef } : {}), ...(along ? { along: along.task } : {}) } }
      : {}),
    ...(isOver ? endedReview(doc.review, actor) : {}),
    ...(merged ? { merged } : {}),
    ...earlier(
      doc,
      [noteRef, assumedRef].filter((one) => one !== undefined),
    ),
    ...withLines({ ...rest, ...due }, change),
  };
}
