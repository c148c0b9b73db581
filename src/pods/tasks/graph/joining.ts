// Where a new task joins the graph: what it waits for, and what it is a part of.
import { Conflict } from '../../../errors.ts';
import type { Reader } from '../../../log/action.ts';
import { taskNamed } from '../../require.ts';
import { TASKS, type TaskDoc } from '../task.ts';
import { type Added, MOST_LEVELS } from './edge.ts';
import { added, type NewEdges, newEdges, refuseCircle, refuseDeep } from './new-edges.ts';

export interface Joining {
  edges: NewEdges;
  parent?: TaskDoc;
  /** How many tasks are above it. */
  levels: number;
}

export async function joiningOf(
  read: Reader,
  pod: string,
  { depends_on = [], parent }: { depends_on?: readonly string[] | undefined; parent?: string | undefined },
): Promise<Joining> {
  const whole = parent ? await taskNamed(read, pod, parent) : undefined;
  const [edges, levels] = await Promise.all([newEdges(read, pod, depends_on, whole?.id), levelsAbove(read, whole)]);
  return { edges, levels, ...(whole ? { parent: whole } : {}) };
}

async function levelsAbove(read: Reader, whole: TaskDoc | undefined): Promise<number> {
  let levels = whole ? 1 : 0;
  for (let at = whole; at?.parent && levels <= MOST_LEVELS; levels += 1) at = await read.get(TASKS, at.parent);
  return levels;
}

/** Returns the fields of the new task. @throws Conflict, InvalidInput where they can't be so. `number`: the new task's own */
export function joined(
  { edges, parent, levels }: Joining,
  number: number,
): { waits?: Added[]; parent?: string; parentNumber?: number } {
  refuseDeep(levels);
  if (parent && parent.state !== 'open' && parent.state !== 'started')
    throw new Conflict(`#${parent.number} is ${parent.state}, so it gets no new parts. reopen_task opens it again.`);
  const waits = added(edges.tasks);
  refuseCircle(
    edges,
    (to) => [
      { from: parent?.number ?? 0, to: number, by: 'part' },
      { from: number, to, by: 'waits' },
    ],
    edges.tasks,
  );
  return {
    ...(waits.length ? { waits } : {}),
    ...(parent ? { parent: parent.id, parentNumber: parent.number } : {}),
  };
}
