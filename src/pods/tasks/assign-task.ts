// assign_task: assigns a task to another member, a person or an agent.
import { z } from 'zod';
import { Conflict } from '../../errors.ts';
import { action } from '../action.ts';
import { memberNamed, namesOfAll } from '../people/directory.ts';
import { requirePod, taskNamed } from '../require.ts';
import { shownTask, taskInput } from './task-words.ts';

export const assignTask = action({
  name: 'assign_task',
  title: 'Assign a task',
  description: 'Gives a task to a member, person or agent; assignee: null leaves it to nobody.',
  input: z.strictObject({ task: taskInput, assignee: z.string().min(1).nullable().describe('Name or handle') }),
  effect: 'write',
  async load(read, { task, assignee }, ctx) {
    const doc = await taskNamed(read, ctx.pod, task);
    return {
      task: doc,
      assignee: assignee ? await memberNamed(read, ctx.pod, assignee) : undefined,
      names: await namesOfAll(read, [doc.assignee]),
    };
  },
  decide({ task, assignee, names }, _input, ctx) {
    requirePod(ctx);
    if (task.assignee === assignee?.id)
      throw new Conflict(`#${task.number} already is ${assignee ? `with ${assignee.name}` : 'with nobody'}.`);
    const { assignee: _before, ...rest } = task;
    const all = new Map([...names, ...(assignee ? [[assignee.id, assignee] as const] : [])]);
    return {
      changes: [{ v: 1, on: 'tasks', id: task.id, type: 'task_assigned', assignee: assignee?.id ?? null }],
      result: { task: shownTask({ ...rest, ...(assignee ? { assignee: assignee.id } : {}) }, all) },
    };
  },
});
