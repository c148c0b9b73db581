// Finds the action that undoes the newest change of a task. Pure.
import type { LastChange, TaskDoc } from '../task.ts';

/** For this long, in milliseconds, a change is undone by a word or a button. */
export const UNDO_MS = 3_600_000;

/** `input`: without the task. */
export interface Opposite {
  action: string;
  input: Record<string, unknown>;
}

/** True if this person did it, not long ago, and it has an opposite. */
export function mayUndo({ last }: Pick<TaskDoc, 'last'>, who: string, now: number): boolean {
  return last?.by === who && now - last.at <= UNDO_MS && oppositeOf(last) !== undefined;
}

export function oppositeOf(last: LastChange): Opposite | undefined {
  switch (last.did) {
    case 'moved':
      // A task that was dropped needs the reason once more.
      if (last.to !== 'open') return { action: 'reopen_task', input: {} };
      if (last.state === 'done') return { action: 'complete_task', input: {} };
      return last.state === 'started' ? { action: 'start_task', input: {} } : undefined;
    case 'assigned':
      return { action: 'assign_task', input: { assignee: last.assignee } };
    case 'due':
      return { action: 'update_task', input: { due: last.due } };
    case 'other':
      return undefined;
    default:
      return last satisfies never;
  }
}
