// How a task changes: hands each change to the file of its group. Pure.
import { labelsOf } from '../../../log/labels/label.ts';
import { erasedBy, type Meta, type Own } from '../../../log/view.ts';
import { giversAfter } from '../giving/givers.ts';
import { edgesOf, evolveEdges } from '../graph/evolve-edges.ts';
import { evolveReview } from '../review/evolve-review.ts';
import { newReview } from '../review/review.ts';
import type { TaskDoc } from '../task.ts';
import type { TaskChange } from '../task-change.ts';
import { assigned } from './assigned.ts';
import { withFile, withoutFile } from './files.ts';
import { followed, passed, stopsAt } from './followed.ts';
import { withLast } from './last-change.ts';
import { mailJoined, mailParted } from './mails.ts';
import { gaveUp, tookIn } from './merged.ts';
import { moved } from './moved.ts';
import { reworded } from './reworded.ts';
import { withLines } from './with-lines.ts';

export function evolveTask(doc: TaskDoc | undefined, change: TaskChange, meta: Meta): Own<TaskDoc> | undefined {
  if (change.type === 'task_created') return created(change, meta);
  if (!doc || (doc.erased && change.type !== 'task_erased')) return doc;
  return withLast(doc, changed(doc, change, meta), change, meta);
}

function changed(doc: TaskDoc, change: Exclude<TaskChange, { type: 'task_created' }>, meta: Meta): Own<TaskDoc> {
  switch (change.type) {
    case 'task_updated':
      return reworded(doc, change, meta);
    case 'task_assigned':
      return assigned(doc, change, meta);
    case 'task_moved':
      return moved(doc, change, meta);
    case 'task_fell_due': {
      const { dueAt: _dueAt, ...rest } = doc;
      return { ...rest, ...(change.late ? { late: true } : {}), ...withLines(doc, change) };
    }
    case 'task_repeated':
      return { ...doc, ...withLines(doc, change) };
    case 'task_followed':
      return followed(doc, change);
    case 'checkpoint_passed':
      return passed(doc, change);
    case 'task_attached':
      return withFile(doc, change.file);
    case 'task_detached':
      return withoutFile(doc, change.file);
    case 'mail_joined':
      return mailJoined(doc, change);
    case 'mail_parted':
      return mailParted(doc, change);
    case 'task_took_in':
      return tookIn(doc, change);
    case 'task_gave_up':
      return gaveUp(doc, change);
    case 'dependencies_changed':
    case 'dependencies_moved':
    case 'part_changed':
      return { ...evolveEdges(doc, change, meta), ...withLines(doc, change) };
    case 'review_asked':
    case 'review_moved':
    case 'review_given':
      return { ...evolveReview(doc, change, meta), ...withLines(doc, change) };
    case 'passage_erased':
      return doc;
    case 'task_erased':
      return erased(doc, change, meta);
    default:
      change satisfies never;
      return doc;
  }
}

function created(change: Extract<TaskChange, { type: 'task_created' }>, meta: Meta): Own<TaskDoc> {
  const { v: _v, on: _on, id: _id, type: _type, line, giver, waits, reviewers, binding, ...rest } = change;
  const { checkpoint, ...task } = rest;
  const labels = labelsOf({ titleRef: meta.label, ...(task.body ? { body: meta.label } : {}), ...task.labels });
  return {
    ...task,
    ...(labels ? { labels } : {}),
    ...(line ? { lines: [line] } : {}),
    ...giversAfter([], { by: meta.actor, assignee: task.assignee, giver }),
    ...edgesOf(waits),
    ...newReview(reviewers, binding),
    ...(checkpoint ? stopsAt(checkpoint) : {}),
    state: 'open',
    createdBy: meta.actor,
    createdAt: meta.at,
  };
}

/** It waits for nothing any more, and is a part of nothing. Its dependents remember that they waited for it. */
function erased(doc: TaskDoc, { reasonRef }: Extract<TaskChange, { type: 'task_erased' }>, meta: Meta): Own<TaskDoc> {
  const { dueAt: _dueAt, files: _files, merged: _merged, body: _body, earlier: _earlier, labels: _labels, ...a } = doc;
  const { sources: _sources, dependsOn: _dependsOn, waitsFor: _waitsFor, freedBy: _freedBy, ...b } = a;
  const {
    parent: _parent,
    parentNumber: _parentNumber,
    dropped: _dropped,
    assumed: _assumed,
    review: _review,
    ...rest
  } = b;
  return { ...rest, state: 'erased', titleRef: '', erased: erasedBy(meta, reasonRef, doc.erased) };
}
