// list_tasks: lists the tasks of the pod, with their assignees.
import { z } from 'zod';
import { quoted } from '../../log/body.ts';
import { action } from '../action.ts';
import { marked } from '../marked.ts';
import { memberNamed, namesOfAll } from '../people/directory.ts';
import { requirePod } from '../require.ts';
import { attachedFiles } from './files/attached.ts';
import { namedIn } from './review/review-words.ts';
import { ACTIVE, TASKS } from './task.ts';
import { shownTask } from './task-words.ts';

/** A session holds only the newest tasks of a long list: the list must not displace everything else that it holds. */
const MOST_HELD = 50;

export const listTasks = action({
  name: 'list_tasks',
  title: 'List tasks',
  description: "Lists the pod's tasks: those not done, unless you ask for others.",
  input: z.strictObject({
    assignee: z.string().min(1).optional().describe('Name or handle; everybody when absent'),
    state: z
      .enum(['open', 'started', 'done', 'dropped', 'active', 'all'])
      .default('active')
      .describe('active: open or started'),
  }),
  effect: 'read',
  allow: 'guest',
  async load(read, { assignee, state }, ctx) {
    const who = assignee ? await memberNamed(read, ctx.pod, assignee) : undefined;
    const where = {
      pod: ctx.pod,
      ...(who ? { assignee: who.id } : {}),
      ...(state === 'all' ? {} : { state: state === 'active' ? { in: ACTIVE } : state }),
    };
    const found = (await read.find(TASKS, { where })).filter((task) => !task.erased);
    const tasks = found.sort((a, b) => a.number - b.number);
    const names = await namesOfAll(
      read,
      tasks.flatMap((task) => [task.assignee, ...namedIn(task)]),
    );
    const files = new Map(
      await Promise.all(tasks.map(async (task) => [task.id, await attachedFiles(read, task)] as const)),
    );
    return { tasks, names, files };
  },
  decide({ tasks, names, files }, _input, ctx) {
    requirePod(ctx, { archived: true });
    return {
      changes: [],
      result: {
        tasks: tasks.map((task) => {
          const attached = files.get(task.id) ?? [];
          return {
            ...shownTask(task, names),
            ...(attached.length ? { files: attached.map(({ name, labels }) => quoted(name, labels?.hash)) } : {}),
          };
        }),
        ...marked([
          ...tasks.map(({ labels }) => labels?.titleRef),
          ...[...files.values()].flat().map(({ labels }) => labels?.hash),
        ]),
      },
      shows: { part: tasks.slice(-MOST_HELD).map(({ id, seq }) => ({ kind: TASKS.name, id, seq })) },
    };
  },
});
