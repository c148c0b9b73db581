// list_tasks: what is to be done, by whom.
import { z } from 'zod';
import { action } from '../action.ts';
import { memberNamed, namesOfAll } from '../directory.ts';
import { needPod } from '../need.ts';
import { someOutside } from '../outside.ts';
import { shownTask } from '../task-words.ts';

export const listTasks = action({
  name: 'list_tasks',
  title: 'List tasks',
  description: "Lists the pod's tasks: those not done, unless you ask for others.",
  input: z.strictObject({
    assignee: z.string().min(1).optional().describe('Name or handle; everybody when absent'),
    state: z.enum(['open', 'started', 'done', 'active', 'all']).default('active').describe('active: not done'),
  }),
  effect: 'read',
  allow: 'guest',
  async load(read, { assignee }, ctx) {
    const who = assignee ? await memberNamed(read, ctx.pod, assignee) : undefined;
    const tasks = await read.find('tasks', { where: { pod: ctx.pod }, sort: [['number', 'asc']] });
    const names = await namesOfAll(
      read,
      tasks.map((task) => task.assignee),
    );
    return { who, tasks, names };
  },
  decide({ who, tasks, names }, { state }, ctx) {
    needPod(ctx, { archived: true });
    const shown = tasks.filter(
      (task) =>
        !task.erased &&
        (!who || task.assignee === who.id) &&
        (state === 'all' || task.state === state || (state === 'active' && task.state !== 'done')),
    );
    return {
      changes: [],
      result: { tasks: shown.map((task) => shownTask(task, names)), ...someOutside(shown) },
    };
  },
});
