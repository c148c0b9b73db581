// drop_task: nobody will do the task, and says why. reopen_task undoes it. Those who wait for it are asked how they go on
// (follow-graph.ts).
import { z } from 'zod';
import { Conflict } from '../../../errors.ts';
import { ERASED } from '../../../log/body.ts';
import { action } from '../../action.ts';
import { called, namesOfAll } from '../../people/directory.ts';
import { questionsOfTask, withdrawAll } from '../../questions/settling/follow-work.ts';
import { requirePod, taskNamed } from '../../require.ts';
import { givingAgents, tellGivers } from '../giving/tell-givers.ts';
import { shownTask, taskInput } from '../task-words.ts';

export const dropTask = action({
  name: 'drop_task',
  title: 'Drop a task',
  description:
    'Says that a task will not be done, and why. Who has it and who gave it are told; tasks that wait for it are not set free. reopen_task undoes it.',
  input: z.strictObject({ task: taskInput, reason: z.string().trim().min(1).max(500) }),
  effect: 'write',
  async load(read, { task: named }, ctx) {
    const task = await taskNamed(read, ctx.pod, named);
    const [asked, givers, names, titles] = await Promise.all([
      questionsOfTask(read, task.id),
      givingAgents(read, ctx, task),
      namesOfAll(read, [task.assignee, task.doneBy, task.dropped?.by]),
      read.texts([task.titleRef]),
    ]);
    return { task, asked, givers, names, titles };
  },
  decide({ task, asked, givers, names, titles }, { reason }, ctx) {
    requirePod(ctx);
    const { number, state, doneBy, dropped } = task;
    if (state === 'done' || state === 'dropped') {
      const by = dropped?.by ?? doneBy;
      throw new Conflict(
        `#${number} is ${state} already${by ? `, by ${called(names, by).name}` : ''}, so there is nothing to drop.`,
      );
    }
    const noteRef = ctx.text(reason);
    const about = { ...task, title: titles.get(task.titleRef) ?? ERASED, label: task.labels?.titleRef };
    const heard = tellGivers(ctx, givers, { why: 'dropped', task: about, note: reason, noteRef });
    const over = withdrawAll(asked, 'dropped', ctx.actor);
    return {
      changes: [
        { v: 1, on: 'tasks', id: task.id, type: 'task_moved', state: 'dropped', noteRef, ...heard.told },
        ...heard.changes,
        ...over.changes,
      ],
      deliveries: [...heard.deliveries, ...over.deliveries],
      result: { task: shownTask({ ...task, state: 'dropped' }, names), ...heard.left },
    };
  },
});
