// A task after an edit of its title, text or due day. Pure.
import { type Label, labelsOf } from '../../../log/labels/label.ts';
import { isPerson, type ParticipantId } from '../../../log/participant.ts';
import type { Meta, Own } from '../../../log/view.ts';
import type { TaskDoc } from '../task.ts';
import type { TaskChange } from '../task-change.ts';
import { earlier, withLines } from './with-lines.ts';

export function reworded(
  doc: TaskDoc,
  change: Extract<TaskChange, { type: 'task_updated' }>,
  meta: Meta,
): Own<TaskDoc> {
  const { titleRef = doc.titleRef, body = doc.body, due = doc.due } = change;
  const { body: _body, due: _due, dueAt: _dueAt, late, labels: before, ...rest } = doc;
  const labels = labelsOf({
    titleRef: change.titleRef ? (meta.label ?? rewritten(before?.titleRef, meta.actor)) : before?.titleRef,
    body: change.body ? (meta.label ?? rewritten(before?.body, meta.actor)) : before?.body,
  });
  const replaced = [
    ...(doc.titleRef && titleRef !== doc.titleRef ? [doc.titleRef] : []),
    ...(doc.body && body !== doc.body ? [doc.body] : []),
  ];
  const editedBy = {
    ...doc.editedBy,
    ...(change.titleRef ? { titleRef: meta.actor } : {}),
    ...(change.body ? { body: meta.actor } : {}),
  };
  return {
    ...rest,
    ...(Object.keys(editedBy).length ? { editedBy } : {}),
    ...(labels ? { labels } : {}),
    titleRef,
    ...(body ? { body } : {}),
    ...(due ? { due } : {}),
    ...(late && change.due === undefined ? { late } : {}),
    ...earlier(doc, replaced),
    ...withLines(doc, change),
  };
}

/**
 * Returns the label after an edit. A person's edit has none; an agent's edit keeps the label, because it may repeat the
 * outside text.
 */
export function rewritten(before: Label | undefined, actor: ParticipantId): Label | undefined {
  return isPerson(actor) ? undefined : before;
}
