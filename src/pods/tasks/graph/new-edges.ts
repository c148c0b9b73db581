// The tasks that somebody names as dependencies: read, and refused where they would close a circle or never be done.
import { Conflict, InvalidInput } from '../../../errors.ts';
import type { Reader } from '../../../log/action.ts';
import { taskNamed } from '../../require.ts';
import type { TaskDoc } from '../task.ts';
import { type Added, MOST_EDGES, MOST_LEVELS } from './edge.ts';
import { type Step, wayTo, wayWords } from './walk.ts';

export interface NewEdges {
  tasks: TaskDoc[];
  /** The way from one of them back to the task that is to wait for them. */
  circle?: Step[];
}

/** `waiter`: the task that is to wait for them, or the whole that a new task becomes a part of. */
export async function newEdges(
  read: Reader,
  pod: string,
  named: readonly string[],
  waiter: string | undefined,
): Promise<NewEdges> {
  const found = await Promise.all([...new Set(named)].map((one) => taskNamed(read, pod, one)));
  const tasks = [...new Map(found.map((one) => [one.id, one])).values()];
  const circle = waiter && tasks.length ? await wayTo(read, tasks, waiter) : undefined;
  return { tasks, ...(circle ? { circle } : {}) };
}

/** @throws InvalidInput for too many, Conflict for one that is dropped */
export function added(tasks: readonly TaskDoc[], before = 0): Added[] {
  if (before + tasks.length > MOST_EDGES)
    throw new InvalidInput(
      `A task waits for at most ${MOST_EDGES} others, and this would be ${before + tasks.length}. Make some of them parts of one task, and wait for that.`,
    );
  const dropped = tasks.find(({ state }) => state === 'dropped');
  if (dropped)
    throw new Conflict(
      `#${dropped.number} is dropped, so what waits for it would never begin. reopen_task opens it again.`,
    );
  return tasks.map(({ id, number, state }) => ({
    task: id,
    number,
    ...(state === 'done' ? { done: true as const } : {}),
  }));
}

/** @throws Conflict that shows the circle. `first`: the edge that would close it */
export function refuseCircle({ circle }: NewEdges, first: (to: number) => Step[], tasks: readonly TaskDoc[]): void {
  if (!circle) return;
  const to = circle[0]?.from ?? tasks[0]?.number ?? 0;
  throw new Conflict(
    `That would be a circle, in which nobody could begin: ${wayWords([...first(to), ...circle])}. Take one of these apart first.`,
  );
}

/** @throws InvalidInput if the parts would be too deep. `levels`: how many tasks are above the new part */
export function refuseDeep(levels: number): void {
  if (levels > MOST_LEVELS)
    throw new InvalidInput(
      `Parts of parts go ${MOST_LEVELS} levels deep at most. Make it a part of a task further up, or let it wait for others instead.`,
    );
}
