// open_task_conversation: opens the conversation of a task that has none, so that its people can talk about it, and puts
// the card of the task there if it has none.
import { z } from 'zod';
import { ERASED } from '../../log/body.ts';
import { action } from '../action.ts';
import { requirePod, taskNamed } from '../require.ts';
import { cardOf } from './cards/card.ts';
import { opened } from './cards/opened.ts';
import type { TaskDoc } from './task.ts';
import { taskInput } from './task-words.ts';

interface View {
  task: TaskDoc;
  title: string;
}

export const openTaskConversation = action<{ task: string }, View, { conversation: string }>({
  name: 'open_task_conversation',
  title: 'Open the conversation of a task',
  description: 'Opens a thread about a task that has none yet. Returns its id.',
  input: z.strictObject({ task: taskInput }),
  effect: 'write',
  internal: true,
  async load(read, { task: named }, ctx) {
    const task = await taskNamed(read, ctx.pod, named);
    const texts = await read.texts([task.titleRef]);
    return { task, title: texts.get(task.titleRef) ?? ERASED };
  },
  allow: 'guest',
  decide({ task, title }, _input, ctx) {
    const pod = requirePod(ctx);
    if (task.conversation && cardOf(task)) return { changes: [], result: { conversation: task.conversation } };
    const { number, labels, conversation: known } = task;
    const { changes, deliveries, told } = opened(ctx, pod, {
      ...{ number, title, label: labels?.titleRef, conversation: known },
    });
    const { conversation } = told;
    return {
      changes: [...changes, { v: 1, on: 'tasks', id: task.id, type: 'task_updated', ...told }],
      deliveries,
      result: { conversation },
    };
  },
});
