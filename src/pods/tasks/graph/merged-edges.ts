// When a task joins another, those that wait for it wait for the other one; and for it again when that is undone.
import { Conflict } from '../../../errors.ts';
import type { Reader } from '../../../log/action.ts';
import { TASKS, type TaskDoc } from '../task.ts';
import type { TaskChange } from '../task-change.ts';
import { MOST_EDGES, type Numbered } from './edge.ts';
import { isActive } from './ready.ts';
import { type Step, wayTo, wayWords } from './walk.ts';

export interface Passing {
  dependents: TaskDoc[];
  /** The way from the other task to one of them, which would then wait for itself. */
  circle?: { to: number; way: Step[] };
}

export async function passingOf(read: Reader, task: TaskDoc, into: TaskDoc): Promise<Passing> {
  const where = { dependsOn: task.id } as never;
  const dependents = (await read.find(TASKS, { where, limit: MOST_EDGES + 1 })).filter((one) => !one.erased);
  for (const { id, number } of dependents) {
    const way = id === into.id ? undefined : await wayTo(read, [into], id);
    if (way) return { dependents, circle: { to: number, way } };
  }
  return { dependents };
}

/** True if the other task can begin once this one is a part of it. */
export function readyWithout(into: TaskDoc, { id }: TaskDoc): boolean {
  return isActive(into) && (into.waitsFor ?? []).every(({ task }) => task === id);
}

/** @throws Conflict for a circle, and for more dependents than one commit changes */
export function passed({ dependents, circle }: Passing, task: TaskDoc, into: TaskDoc): TaskChange[] {
  if (circle)
    throw new Conflict(
      `#${circle.to} waits for #${task.number}, and would wait for #${into.number} then. That would be a circle: ${wayWords(circle.way)}. Take one of these apart first.`,
    );
  if (dependents.length > MOST_EDGES)
    throw new Conflict(
      `More than ${MOST_EDGES} tasks wait for #${task.number}, so it can’t join another. Merge #${into.number} into it instead.`,
    );
  return dependents.map(({ id, dependsOn = [] }) => {
    const knows = id === into.id || dependsOn.includes(into.id);
    return { ...dependencies(id), add: knows ? [] : [numbered(into)], remove: [numbered(task)] };
  });
}

/** Undoes it for those that still wait for the other one. */
export function passedBack(task: TaskDoc, dependents: readonly TaskDoc[]): TaskChange[] {
  const { merged, id, number } = task;
  if (!merged) return [];
  return dependents.flatMap(({ id: dependent, dependsOn = [], erased }) => {
    if (erased || dependsOn.includes(id) || dependsOn.length >= MOST_EDGES) return [];
    const other = dependsOn.includes(merged.into) ? [{ task: merged.into, number: merged.number }] : [];
    return [{ ...dependencies(dependent), add: [{ task: id, number }], remove: other }];
  });
}

function dependencies(id: string) {
  return { v: 1 as const, on: 'tasks' as const, id, type: 'dependencies_changed' as const };
}

function numbered({ id, number }: TaskDoc): Numbered {
  return { task: id, number };
}
