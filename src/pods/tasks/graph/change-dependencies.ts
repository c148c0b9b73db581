// change_dependencies: changes what a task waits for. If it waits for nothing any more, it can begin.
import { z } from 'zod';
import { Conflict, InvalidInput } from '../../../errors.ts';
import type { Reader } from '../../../log/action.ts';
import { action, type Ctx } from '../../action.ts';
import { namesOfAll } from '../../people/directory.ts';
import { requirePod, taskNamed } from '../../require.ts';
import { namedIn } from '../review/review-words.ts';
import { shownTask, TASKS_INPUT, taskInput } from '../task-words.ts';
import { type EdgeChange, MOST_EDGES } from './edge.ts';
import { evolveEdges } from './evolve-edges.ts';
import { added, newEdges, refuseCircle } from './new-edges.ts';
import { isActive } from './ready.ts';
import { becomesReady, freeing, setFree } from './set-free.ts';

const input = z.strictObject({
  task: taskInput,
  add: z.array(taskInput).max(MOST_EDGES).default([]).describe(`${TASKS_INPUT} to wait for`),
  remove: z.array(taskInput).max(MOST_EDGES).default([]).describe(`${TASKS_INPUT} to go on without`),
});

export const changeDependencies = action({
  name: 'change_dependencies',
  title: 'Change what a task waits for',
  description:
    'Lets a task wait for other tasks, or go on without them. When all it waits for are done, its person is told, or its agent begins.',
  input,
  effect: 'write',
  load: found,
  decide({ task, edges, without, names, freed }, _input, ctx) {
    requirePod(ctx);
    const { number } = task;
    if (!isActive(task)) throw new Conflict(`#${number} is ${task.state}. reopen_task opens it again.`);
    if (edges.tasks.some(({ id }) => id === task.id)) throw new InvalidInput(`#${number} can’t wait for itself.`);
    const strange = without.find(({ id }) => !task.dependsOn?.includes(id));
    if (strange) throw new Conflict(`#${number} does not wait for #${strange.number}; nothing was changed.`);
    const change = changeOf(task, edges.tasks, without);
    if (!change.add.length && !change.remove.length)
      throw new Conflict(`#${number} waits for that already; nothing was changed.`);
    refuseCircle(edges, (to) => [{ from: number, to, by: 'waits' }], edges.tasks);
    const set = freed && setFree(ctx, freed, 0);
    const after = { id: task.id, ...evolveEdges(task, change, { pod: ctx.pod, seq: 0, at: ctx.at, actor: ctx.actor }) };
    return {
      changes: [{ v: 1, on: 'tasks', id: task.id, ...change, ...set?.told }, ...(set?.changes ?? [])],
      deliveries: set?.deliveries ?? [],
      result: { task: shownTask(after, names), ...set?.left },
    };
  },
});

async function found(read: Reader, { task: named, add, remove }: z.infer<typeof input>, ctx: Ctx) {
  const task = await taskNamed(read, ctx.pod, named);
  const [edges, without, names] = await Promise.all([
    newEdges(read, ctx.pod, add, task.id),
    // By its number also what is erased: it is still waited for.
    Promise.all(remove.map((one) => dependencyNamed(read, ctx.pod, task, one))),
    namesOfAll(read, [task.assignee, ...namedIn(task)]),
  ]);
  const change = changeOf(task, edges.tasks, without);
  const after = evolveEdges(task, change, { pod: ctx.pod, seq: 0, at: ctx.at, actor: ctx.actor });
  const freed = becomesReady(task, after)
    ? await freeing(read, ctx, task, { moved: [], n: 0, dependsOn: after.dependsOn })
    : undefined;
  return { task, edges, without, names, freed };
}

interface Numbered {
  id: string;
  number: number;
}

type Waiter = Awaited<ReturnType<typeof taskNamed>>;

async function dependencyNamed(read: Reader, pod: string, { waitsFor = [] }: Waiter, named: string): Promise<Numbered> {
  const known = waitsFor.find(({ task, number }) => task === named || `#${number}` === `#${named.replace(/^#/, '')}`);
  return known ? { id: known.task, number: known.number } : taskNamed(read, pod, named);
}

type Changed = Extract<EdgeChange, { type: 'dependencies_changed' }>;

function changeOf(task: Waiter, tasks: readonly Waiter[], without: readonly Numbered[]): Changed {
  const { dependsOn = [] } = task;
  const remove = without.map(({ id, number }) => ({ task: id, number }));
  const isNew = ({ id }: Waiter) => !dependsOn.includes(id);
  const add = added(tasks.filter(isNew), dependsOn.length - remove.length);
  return { type: 'dependencies_changed', add, remove };
}
