// The fields that any change to a task may bring: its conversation, its lines and card, and when it falls due. Pure.
import type { BodyRef } from '../../../log/body.ts';
import type { Own } from '../../../log/view.ts';
import type { TaskDoc, TaskLine } from '../task.ts';
import type { WithLine } from '../task-change.ts';

/** The most lines that a task remembers, so that they can be erased with it. The oldest after the first are dropped. */
const MOST_LINES = 100;

export function withLines(
  doc: Own<TaskDoc>,
  { conversation, line, card, reports, dueAt = doc.dueAt }: WithLine,
): Pick<TaskDoc, 'conversation' | 'lines' | 'card' | 'reports' | 'dueAt'> {
  return {
    ...(conversation && !doc.conversation ? { conversation } : {}),
    ...(line ? { lines: withLine(doc.lines ?? [], line) } : {}),
    ...(card ? { card } : {}),
    ...(reports?.length ? { reports: [...(doc.reports ?? []), ...reports].slice(-MOST_LINES) } : {}),
    ...(typeof dueAt === 'number' ? { dueAt } : {}),
  };
}

function withLine([card, ...others]: readonly TaskLine[], line: TaskLine): TaskLine[] {
  return card ? [card, ...[...others, line].slice(1 - MOST_LINES)] : [line];
}

/** Returns the field with these bodies, which are erased together with the task. */
export function earlier(doc: TaskDoc, more: readonly BodyRef[]): Pick<TaskDoc, 'earlier'> {
  return more.length ? { earlier: [...(doc.earlier ?? []), ...more] } : {};
}
