// read_graph: shows the tasks of the pod in the order in which they can be done, with what each waits for.
import { z } from 'zod';
import { InvalidInput } from '../../../../errors.ts';
import type { Reader } from '../../../../log/action.ts';
import { isPerson, type ParticipantId } from '../../../../log/participant.ts';
import { action } from '../../../action.ts';
import { marked } from '../../../marked.ts';
import { memberNamed, namesOfAll } from '../../../people/directory.ts';
import { absentOf } from '../../../preferences/deputy.ts';
import { requirePod } from '../../../require.ts';
import { progressOf } from '../../parts/progress.ts';
import { reviewFirst } from '../../review/review-state.ts';
import { namedIn } from '../../review/review-words.ts';
import { askedToJudge } from '../../review/stand-in.ts';
import { ACTIVE, TASKS, type TaskDoc } from '../../task.ts';
import { type ShownTask, shownTask } from '../../task-words.ts';
import { isActive, lost } from '../ready.ts';
import { counted, type GraphState, graphStateOf } from './graph-state.ts';
import { levelsOf } from './order.ts';

/** A task in the graph. */
export interface GraphTask extends ShownTask {
  /** Where it stands: one word. */
  is: GraphState;
  /** The numbers of the tasks that it depends on: those not done, with `all` the others too. */
  depends_on?: number[];
  /** The number of the task that it is a part of. */
  part_of?: number;
  /** The number of the first task that it waits for and that will not be done. */
  lost?: number;
  /** The reader is asked to approve it or send it back, or to say how it goes on after the last round. */
  asks_you?: 'review' | 'decide';
  /** The request that a reviewer answers. */
  turn?: number;
  /** Set if it is not done before its reviewers approve it: whether they are still to be asked. */
  review_first?: 'to ask' | 'asked';
}

export interface GraphResult {
  /** How many tasks stand so, in all pages, as far as they are counted. */
  counts: Partial<Record<GraphState, number>>;
  tasks: GraphTask[];
  /** Give it as `after` for the next page. Absent on the last one. */
  next?: string;
}

const CURSOR = /^([01])\.(\d{1,6})\.(\d{1,9})$/;

export const readGraph = action({
  name: 'read_graph',
  title: 'Look at the graph of tasks',
  description:
    'Shows the tasks of the pod that are not done, those that can begin first, then those that wait for others, with what each waits for.',
  input: z.strictObject({
    all: z.boolean().default(false).describe('Those that are done or dropped too, after the others'),
    assignee: z.string().min(1).optional().describe('Name or handle; everybody when absent'),
    after: z.string().optional().describe('The next of an earlier page'),
    limit: z.int().min(1).max(200).default(50),
  }),
  effect: 'read',
  allow: 'guest',
  async load(read, { all, assignee, after, limit }, ctx) {
    const from = after === undefined ? undefined : positionIn(after);
    const who = assignee ? await memberNamed(read, ctx.pod, assignee) : undefined;
    const scope = { pod: ctx.pod, ...(who ? { assignee: who.id } : {}) };
    const [active, over, ended] = await Promise.all([
      activeIn(read, ctx.pod),
      all ? overIn(read, scope, { before: from?.[0] ? from[2] : undefined, limit: limit + 1 }) : [],
      all ? endedIn(read, scope) : {},
    ]);
    const tasks = [...active, ...over];
    const positions = positionsOf(tasks);
    const wholes = new Set(active.flatMap(({ parent }) => parent ?? []));
    const theirs = who ? tasks.filter((task) => task.assignee === who.id) : tasks;
    const sorted = theirs.sort((a, b) => compare(at(positions, a), at(positions, b)));
    const rest = from ? sorted.filter((task) => compare(at(positions, task), from) > 0) : sorted;
    const shown = rest.slice(0, limit);
    const last = shown.at(-1);
    return {
      counts: {
        ...Object.fromEntries(
          counted(theirs.filter(isActive).map((task) => graphStateOf(task, wholes.has(task.id)))).map(
            ({ state, count }) => [state, count],
          ),
        ),
        ...ended,
      },
      shown,
      next: last && rest.length > limit ? at(positions, last).join('.') : undefined,
      numbers: new Map(
        [...tasks, ...(all ? await namedBy(read, shown, tasks) : [])].map(({ id, number }) => [id, number]),
      ),
      names: await namesOfAll(
        read,
        shown.flatMap((task) => [task.assignee, ...namedIn(task)]),
      ),
      wholes,
      progress: await progressOf(read, shown),
      absent: isPerson(ctx.actor) ? await absentOf(read, ctx.actor, ctx.at) : [],
    };
  },
  decide({ counts, shown, next, numbers, names, wholes, progress, absent }, _input, ctx) {
    requirePod(ctx, { archived: true });
    const judge = { who: ctx.actor, role: ctx.role, absent };
    const tasks = shown.map((task): GraphTask => {
      const before = (task.dependsOn ?? []).flatMap((id) => numbers.get(id) ?? []).sort((a, b) => a - b);
      const [gone] = lost(task);
      const asks = askedToJudge(task, judge);
      return {
        ...shownTask(task, names, progress.get(task.id)),
        is: graphStateOf(task, wholes.has(task.id)),
        ...(before.length ? { depends_on: before } : {}),
        ...(task.parentNumber === undefined ? {} : { part_of: task.parentNumber }),
        ...(gone ? { lost: gone.number } : {}),
        ...(asks ? { asks_you: asks, turn: task.review?.turn ?? 0 } : {}),
        ...reviewFirst(task),
      };
    });
    const result: GraphResult = {
      counts,
      tasks,
      ...(next ? { next } : {}),
      ...marked(shown.map(({ labels }) => labels?.titleRef)),
    };
    return { changes: [], result };
  },
});

/** The most unfinished tasks that are put in order, in each state: more are shown once some of these are done. */
const MOST_ORDERED = 500;

/** Those that are done, or dropped, are counted up to here. */
const MOST_COUNTED = 1000;

const OVER = ['done', 'dropped'] as const;

/** The oldest ones, if there are too many. */
async function activeIn(read: Reader, pod: string): Promise<TaskDoc[]> {
  const found = await Promise.all(
    ACTIVE.map((state) => read.find(TASKS, { where: { pod, state }, sort: [['number', 'asc']], limit: MOST_ORDERED })),
  );
  return found.flat().filter((task) => !task.erased);
}

type Scope = { pod: string; assignee?: ParticipantId };

/** Those that are done or dropped, the newest first. `before`: only those with smaller numbers. */
async function overIn(
  read: Reader,
  scope: Scope,
  { before = Number.MAX_SAFE_INTEGER, limit }: { before?: number | undefined; limit: number },
): Promise<TaskDoc[]> {
  const found = await Promise.all(
    OVER.map((state) =>
      read.find(TASKS, { where: { ...scope, state, number: { lt: before } }, sort: [['number', 'desc']], limit }),
    ),
  );
  return found.flat().filter((task) => !task.erased);
}

async function endedIn(read: Reader, scope: Scope): Promise<GraphResult['counts']> {
  const [done = 0, dropped = 0] = await Promise.all(
    OVER.map((state) => read.count(TASKS, { ...scope, state }, MOST_COUNTED)),
  );
  return { ...(done ? { done } : {}), ...(dropped ? { dropped } : {}) };
}

/** Reads the tasks on which these depend and that are not at hand. */
async function namedBy(read: Reader, shown: readonly TaskDoc[], known: readonly TaskDoc[]): Promise<TaskDoc[]> {
  const at = new Set(known.map(({ id }) => id));
  const ids = [...new Set(shown.flatMap(({ dependsOn = [] }) => dependsOn))].filter((id) => !at.has(id));
  const found = ids.length ? await read.find(TASKS, { where: { id: { in: ids } } }) : [];
  return found.filter((task) => !task.erased);
}

/** First the tasks that are not done, by level and number, then those that are over, the newest first. */
type Position = readonly [over: number, level: number, number: number];

function positionsOf(tasks: readonly TaskDoc[]): ReadonlyMap<string, Position> {
  const active = tasks.filter(isActive);
  const parts = new Map<string, string[]>();
  for (const { id, parent } of active) if (parent) parts.set(parent, [...(parts.get(parent) ?? []), id]);
  const levels = levelsOf(
    active.map(({ id, number, waitsFor = [] }) => ({
      ...{ id, number },
      before: [...waitsFor.map(({ task }) => task), ...(parts.get(id) ?? [])],
    })),
  );
  return new Map(
    tasks.map((task) => [task.id, isActive(task) ? [0, levels.get(task.id) ?? 0, task.number] : [1, 0, task.number]]),
  );
}

function at(positions: ReadonlyMap<string, Position>, { id, number }: TaskDoc): Position {
  return positions.get(id) ?? [0, 0, number];
}

function compare(a: Position, b: Position): number {
  return a[0] - b[0] || a[1] - b[1] || (a[0] ? b[2] - a[2] : a[2] - b[2]);
}

/** @throws InvalidInput for a text that no page has given */
function positionIn(after: string): Position {
  const [, over, level, number] = CURSOR.exec(after) ?? [];
  if (!number) throw new InvalidInput(`“${after.slice(0, 40)}” is no next of an earlier page. Leave out after.`);
  return [Number(over), Number(level), Number(number)];
}
