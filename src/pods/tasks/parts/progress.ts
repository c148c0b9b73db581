// Counts the parts of tasks, for the lists that show how far a whole has come.
import type { Reader } from '../../../log/action.ts';
import { isActive } from '../graph/ready.ts';
import { ACTIVE, TASKS, type TaskDoc } from '../task.ts';

/** How many parts a task has, those that were dropped left out, and how many of them are done. */
export interface Progress {
  done: number;
  all: number;
}

/** More parts are not counted. */
const MOST_COUNTED = 1000;

/** Returns the progress by the id of the whole. A task that is over, or has no part of its own, is left out. */
export async function progressOf(
  read: Reader,
  wholes: readonly Pick<TaskDoc, 'id' | 'state'>[],
): Promise<Map<string, Progress>> {
  const found = await partsOf(read, wholes);
  return new Map([...found].map(([id, parts]) => [id, progressIn(parts)]));
}

/** Returns the parts that are not dropped, by the id of the whole, with the same ones left out. */
export async function partsOf(
  read: Reader,
  wholes: readonly Pick<TaskDoc, 'id' | 'state'>[],
): Promise<Map<string, TaskDoc[]>> {
  const ids = wholes.filter(isActive).map(({ id }) => id);
  const where = { parent: { in: ids }, state: { in: [...ACTIVE, 'done' as const] } };
  const found = ids.length ? await read.find(TASKS, { where, limit: MOST_COUNTED }) : [];
  const parts = new Map<string, TaskDoc[]>();
  for (const one of found.sort((a, b) => a.number - b.number)) {
    const { parent = '' } = one;
    parts.set(parent, [...(parts.get(parent) ?? []), one]);
  }
  return parts;
}

export function progressIn(parts: readonly Pick<TaskDoc, 'state'>[]): Progress {
  return { done: parts.filter(({ state }) => state === 'done').length, all: parts.length };
}

/** “1 of 5 parts done”. */
export function progressWords({ done, all }: Progress): string {
  return `${done} of ${all} ${all === 1 ? 'part' : 'parts'} done`;
}

/** True if a part of it is still to be done. */
export function goesOn(progress: Progress | undefined): boolean {
  return progress !== undefined && progress.done < progress.all;
}
