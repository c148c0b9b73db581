// open_task_conversation: opens the conversation of a task that has none, so that its people can talk about it, and puts
// the card of the task there if it has none.
import { z } from 'zod';
import { ERASED } from '../../log/body.ts';
import type { Named, ParticipantId } from '../../log/participant.ts';
import { action } from '../action.ts';
import { called } from '../people/directory.ts';
import { requirePod, taskNamed } from '../require.ts';
import { cardOf } from './cards/card.ts';
import { opened } from './cards/opened.ts';
import { reviewersOf } from './review/review-state.ts';
import type { TaskDoc } from './task.ts';
import { taskInput, withNames } from './task-words.ts';

interface View {
  task: TaskDoc;
  names: ReadonlyMap<ParticipantId, Named>;
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
    const [known, texts] = await Promise.all([withNames(read, task), read.texts([task.titleRef])]);
    return { ...known, title: texts.get(task.titleRef) ?? ERASED };
  },
  allow: 'guest',
  decide({ task, names, title }, _input, ctx) {
    const pod = requirePod(ctx);
    if (task.conversation && cardOf(task)) return { changes: [], result: { conversation: task.conversation } };
    const { changes, deliveries, told } = opened(ctx, pod, {
      ...{ number: task.number, title, label: task.labels?.titleRef, conversation: task.conversation },
      ...(task.assignee ? { assignee: called(names, task.assignee).name } : {}),
      reviewers: reviewersOf(task).map((who) => called(names, who).name),
    });
    const { conversation } = told;
    return {
      changes: [...changes, { v: 1, on: 'tasks', id: task.id, type: 'task_updated', ...told }],
      deliveries,
      result: { conversation },
    };
  },
});
