// A task after it got another assignee. Pure.
import { isAgent, type ParticipantId } from '../../../log/participant.ts';
import type { Meta, Own } from '../../../log/view.ts';
import { giversAfter } from '../giving/givers.ts';
import type { TaskDoc } from '../task.ts';
import type { TaskChange } from '../task-change.ts';
import { earlier, withLines } from './with-lines.ts';

export function assigned(
  doc: TaskDoc,
  change: Extract<TaskChange, { type: 'task_assigned' }>,
  meta: Meta,
): Own<TaskDoc> {
  const { assignee: _assignee, taken: _taken, dueAt: _dueAt, late: _late, gave: _gave, givers, ...rest } = doc;
  const { assignee, giver, noteRef } = change;
  // A task of an earlier version was given by its author.
  const before = giver && !givers && doc.assignee !== doc.createdBy ? [{ by: doc.createdBy }] : givers;
  const allGivers = giversAfter(before, { by: meta.actor, assignee, giver });
  const gave = (allGivers.givers ?? []).map(({ by }) => by).filter((by) => by !== doc.createdBy && by !== doc.givenBy);
  return {
    ...rest,
    ...allGivers,
    ...(gave.length ? { gave } : {}),
    givenAt: meta.at,
    ...earlier(doc, noteRef ? [noteRef] : []),
    ...takenFrom(doc, change.assignee, meta),
    ...(change.assignee ? { assignee: change.assignee } : {}),
    ...withLines(doc, change),
  };
}

/** The most entries of `taken`: the runs that may still work on one task after it got another assignee. */
const MOST_TAKEN = 10;

/**
 * Returns `taken` after a new assignee. An agent that gives away its own task is not recorded, because it may still be
 * asked about it.
 */
function takenFrom(
  { assignee, taken = [] }: Own<TaskDoc>,
  next: ParticipantId | null,
  { actor, seq }: Meta,
): Pick<TaskDoc, 'taken'> {
  const before = isAgent(assignee) && assignee !== actor ? [{ from: assignee, seq }] : [];
  const all = [...taken, ...before].filter(({ from }) => from !== next).slice(-MOST_TAKEN);
  return all.length ? { taken: all } : {};
}
