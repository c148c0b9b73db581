// Says where a task stands in the graph, in one word for lists, board and drawing. Pure.
import { reviewState } from '../../review/review-state.ts';
import type { TaskDoc, TaskState } from '../../task.ts';
import type { Waiting } from '../edge.ts';
import { isActive, lost, ready } from '../ready.ts';

/**
 * `stuck`: it waits for a task that will not be done, and a person has to decide. `review`: others look at it, or a person
 * decides after the last round. `parts`: nobody has begun it, and its parts go on. `ready`: somebody can begin it. `started`:
 * somebody is at it.
 */
export const GRAPH_STATES = ['stuck', 'review', 'started', 'ready', 'parts', 'waits', 'done', 'dropped'] as const;
export type GraphState = (typeof GRAPH_STATES)[number];

type Facts = { state: TaskDoc['state']; waitsFor?: readonly Waiting[] | undefined } & {
  [F in 'review' | 'assignee']?: TaskDoc[F] | undefined;
};

/** `hasOpenParts`: it has a part that is not over. */
export function graphStateOf(task: Facts, hasOpenParts: boolean): GraphState {
  if (!isActive(task)) return task.state as Exclude<TaskState, 'open' | 'started'>;
  if (lost(task).length) return 'stuck';
  if (!ready(task)) return 'waits';
  const review = reviewState(task as Pick<TaskDoc, 'review' | 'assignee'>);
  if (review === 'asked' || review === 'used') return 'review';
  if (task.state === 'started') return 'started';
  return hasOpenParts ? 'parts' : 'ready';
}

/** Counts them, in the order of `GRAPH_STATES`. A word that counts none is left out. */
export function counted(states: readonly GraphState[]): { state: GraphState; count: number }[] {
  return GRAPH_STATES.map((state) => ({ state, count: states.filter((one) => one === state).length })).filter(
    ({ count }) => count,
  );
}
