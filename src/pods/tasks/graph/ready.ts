// Says whether a task can begin. Lists, cards, pages, news and refusals all ask here. Pure.
import type { TaskDoc } from '../task.ts';
import type { Waiting } from './edge.ts';

type Facts = Pick<TaskDoc, 'state'> & { waitsFor?: readonly Waiting[] | undefined };

/** True if somebody can begin it, or has begun: it is not over, and waits for no other task. */
export function ready(task: Facts): boolean {
  return isActive(task) && !task.waitsFor?.length;
}

export function isActive({ state }: Pick<TaskDoc, 'state'>): boolean {
  return state === 'open' || state === 'started';
}

/** Returns the tasks for which it waits; none if it is over. */
export function waits(task: Facts): readonly Waiting[] {
  return isActive(task) ? (task.waitsFor ?? []) : [];
}

/** Returns the task without which somebody may let it go on: one that will never be done, else one for which it is late. */
export function blocker(task: Facts & Pick<TaskDoc, 'late'>): Waiting | undefined {
  return lost(task)[0] ?? (task.late ? waits(task)[0] : undefined);
}

/** Returns those that will never be done: somebody has to say how it goes on without them. */
export function lost(task: Facts): readonly Waiting[] {
  return waits(task).filter(({ dropped, erased }) => dropped || erased);
}
