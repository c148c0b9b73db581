// A task after somebody said how close they stay with it, and after its agent passed a checkpoint. Pure.
import type { BodyRef } from '../../../log/body.ts';
import type { PersonId } from '../../../log/participant.ts';
import type { Own } from '../../../log/view.ts';
import { type Checkpoint, withSaid } from '../../involvement/level.ts';
import type { TaskDoc } from '../task.ts';
import type { TaskChange } from '../task-change.ts';
import { earlier } from './with-lines.ts';

/** The names of checkpoints are erased with the task. */
export function followed(doc: TaskDoc, change: Extract<TaskChange, { type: 'task_followed' }>): Own<TaskDoc> {
  const fresh = (change.names ?? []).filter((name) => !doc.earlier?.includes(name));
  return { ...doc, involved: withSaid(doc.involved, change), ...earlier(doc, fresh) };
}

export function passed(doc: TaskDoc, { names }: Extract<TaskChange, { type: 'checkpoint_passed' }>): Own<TaskDoc> {
  if (!doc.involved) return doc;
  const after = (one: Checkpoint): Checkpoint => (names.includes(one.name) ? { ...one, passed: true } : one);
  const involved = doc.involved.map(({ named, ...one }) => ({ ...one, ...(named ? { named: named.map(after) } : {}) }));
  return { ...doc, involved };
}

/** A task that begins with a checkpoint. */
export function stopsAt({
  name,
  who,
}: {
  name: BodyRef;
  who: readonly PersonId[];
}): Pick<TaskDoc, 'involved' | 'earlier'> {
  return { involved: who.map((one) => ({ who: one, level: 'checkpoints', named: [{ name }] })), earlier: [name] };
}
