// update_task: another title, text or due day.
import { z } from 'zod';
import { InvalidInput } from '../../errors.ts';
import { action } from '../action.ts';
import { needPod, taskNamed } from '../need.ts';
import { dueInput, shownTask, taskInput, textInput, titleInput, withNames } from '../task-words.ts';

export const updateTask = action({
  name: 'update_task',
  title: 'Update a task',
  description: "Changes a task's title, text or due day; what is not given stays. due: null removes the day.",
  input: z.strictObject({
    task: taskInput,
    title: titleInput.optional(),
    text: textInput.optional(),
    due: dueInput.nullable().optional(),
  }),
  effect: 'write',
  load: async (read, { task }, ctx) => withNames(read, await taskNamed(read, ctx.pod, task)),
  decide({ task, names }, { title, text, due }, ctx) {
    needPod(ctx);
    if (title === undefined && text === undefined && due === undefined)
      throw new InvalidInput('Nothing to change: give a title, a text or a due day.');
    const { due: before, ...rest } = task;
    const after = due === undefined ? before : (due ?? undefined);
    const titleRef = title === undefined ? task.titleRef : ctx.text(title);
    return {
      changes: [
        {
          v: 1,
          on: 'tasks',
          id: task.id,
          type: 'task_updated',
          ...(titleRef && titleRef !== task.titleRef ? { titleRef } : {}),
          ...(text === undefined ? {} : { body: ctx.text(text) }),
          ...(due === undefined ? {} : { due }),
        },
      ],
      result: { task: shownTask({ ...rest, titleRef, ...(after ? { due: after } : {}) }, names) },
    };
  },
});
