// Finds the parts of a task, the parts of those, and so on. Level by level, with one read for each.
import type { Reader } from '../../../log/action.ts';
import { MOST_EDGES, MOST_LEVELS } from '../graph/edge.ts';
import { ACTIVE, TASKS, type TaskDoc, type TaskState } from '../task.ts';

/** More parts of one level are not looked at. */
const MOST = 1000;

/** The most parts that one commit drops or opens again. */
export const MOST_AT_ONCE = MOST_EDGES;

/** Returns the parts that are not over, by their numbers: also those of parts, where these are not over either. */
export function openParts(read: Reader, whole: Pick<TaskDoc, 'id'>): Promise<TaskDoc[]> {
  return partsBelow(read, whole, ACTIVE);
}

/** Returns the parts that were dropped together with the task and still are, by their numbers. */
export async function fallenParts(read: Reader, whole: Pick<TaskDoc, 'id'>): Promise<TaskDoc[]> {
  const all = await partsBelow(read, whole, ['dropped', ...ACTIVE]);
  return all.filter(({ dropped }) => dropped?.along === whole.id);
}

async function partsBelow(read: Reader, whole: Pick<TaskDoc, 'id'>, states: readonly TaskState[]): Promise<TaskDoc[]> {
  const all = new Map<string, TaskDoc>();
  let level = [whole.id];
  for (let depth = 0; level.length && depth < MOST_LEVELS; depth += 1) {
    const where = { parent: { in: level }, state: { in: [...states] } };
    const found = await read.find(TASKS, { where, sort: [['number', 'asc']], limit: MOST });
    level = found.flatMap(({ id }) => (all.has(id) ? [] : [id]));
    for (const one of found) all.set(one.id, one);
  }
  return [...all.values()].sort((a, b) => a.number - b.number);
}
