// start_task, complete_task, reopen_task: change the state of a task.
import { z } from 'zod';
import { Conflict } from '../../errors.ts';
import type { Named, ParticipantId } from '../../log/participant.ts';
import { type Action, action } from '../action.ts';
import { requirePod, taskNamed } from '../require.ts';
import type { TaskDoc, TaskState } from './task.ts';
import { type ShownTask, shownTask, taskInput, withNames } from './task-words.ts';

interface Move {
  name: string;
  title: string;
  description: string;
  from: readonly TaskDoc['state'][];
  to: TaskState;
  refusal: (task: TaskDoc) => string;
}

interface MoveInput {
  task: string;
  note?: string | undefined;
}

type MoveView = { task: TaskDoc; names: Map<ParticipantId, Named> };

function move({ name, title, description, from, to, refusal }: Move): Action<MoveInput, MoveView, { task: ShownTask }> {
  return action({
    name,
    title,
    description,
    input: z.strictObject({
      task: taskInput,
      note: z.string().trim().min(1).max(500).optional().describe('A word about it'),
    }),
    effect: 'write',
    load: async (read, { task }, ctx) => withNames(read, await taskNamed(read, ctx.pod, task)),
    decide({ task, names }, { note }, ctx) {
      requirePod(ctx);
      if (!from.includes(task.state)) throw new Conflict(refusal(task));
      return {
        changes: [
          {
            v: 1,
            on: 'tasks',
            id: task.id,
            type: 'task_moved',
            state: to,
            ...(note ? { noteRef: ctx.text(note) } : {}),
          },
        ],
        result: { task: shownTask({ ...task, state: to }, names) },
      };
    },
  });
}

export const startTask = move({
  name: 'start_task',
  title: 'Start a task',
  description: 'Says that work on a task has begun.',
  from: ['open'],
  to: 'started',
  refusal: (task) => `#${task.number} is ${task.state}; only an open task can be started.`,
});

export const completeTask = move({
  name: 'complete_task',
  title: 'Complete a task',
  description: 'Says that a task is done.',
  from: ['open', 'started'],
  to: 'done',
  refusal: (task) => `#${task.number} already is done; reopen_task opens it again.`,
});

export const reopenTask = move({
  name: 'reopen_task',
  title: 'Reopen a task',
  description: 'Opens a task that was done or started again.',
  from: ['done', 'started'],
  to: 'open',
  refusal: (task) => `#${task.number} already is open.`,
});
