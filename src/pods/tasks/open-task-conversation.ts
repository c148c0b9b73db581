// open_task_conversation: opens the conversation of a task that has none, so that its people can talk about it, and puts
// the card of the task there if it has none.
import { z } from 'zod';
import { ERASED } from '../../log/body.ts';
import { versioned } from '../../log/labels/label.ts';
import type { Named, ParticipantId } from '../../log/participant.ts';
import { action } from '../action.ts';
import { startedBy } from '../conversations/post-message.ts';
import { quoted } from '../history/phrase.ts';
import { called } from '../people/directory.ts';
import { requirePod, taskNamed } from '../require.ts';
import { cardOf } from './cards/card.ts';
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
    const id = task.conversation ?? ctx.id('c');
    const message = ctx.id('m');
    const opened = task.conversation ? {} : { conversation: id };
    const label = task.labels?.titleRef;
    const assignee = task.assignee ? ` It is with ${called(names, task.assignee).name}.` : '';
    return {
      changes: [
        ...(task.conversation
          ? []
          : [
              // The conversation gets its own copy of the title, because the erasure of the task erases the task's copy.
              { ...startedBy(id, pod.place), ...versioned({ titleRef: label }), titleRef: ctx.text(title, label) },
            ]),
        {
          ...versioned({ body: label }),
          ...{ on: 'messages', id: message, type: 'message_posted', conversation: id, by: 'skein', at: ctx.at },
          ...{ body: ctx.text(`#${task.number} ${quoted(title)}.${assignee}`, label), places: [] },
        },
        { v: 1, on: 'conversations', id, type: 'message_added', by: 'skein', addressed: [], aside: true },
        { v: 1, on: 'tasks', id: task.id, type: 'task_updated', ...opened, line: { message, conversation: id } },
      ],
      deliveries: [{ kind: 'post', conversation: id, message }],
      result: { conversation: id },
    };
  },
});
