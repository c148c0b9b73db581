// attach_file, detach_file: a file of the pod belongs to a task. Each undoes the other.
import { z } from 'zod';
import { Conflict } from '../../../errors.ts';
import type { Reader } from '../../../log/action.ts';
import { said } from '../../../log/body.ts';
import { action, type Ctx } from '../../action.ts';
import { FILE_INPUT, fileNamed } from '../../files/files.ts';
import { requirePod, taskNamed } from '../../require.ts';
import { MOST_FILES } from '../task.ts';
import { shownTask, taskInput, withNames } from '../task-words.ts';

const input = z.strictObject({ task: taskInput, file: z.string().min(1).describe(FILE_INPUT) });

export const attachFile = action({
  name: 'attach_file',
  title: 'Attach a file',
  description: 'Attaches a file of the pod to a task, whose card then shows it to all.',
  input,
  effect: 'write',
  load: found,
  decide({ task, file, names }, _input, ctx) {
    requirePod(ctx);
    const { files = [], number } = task;
    if (files.includes(file.id)) throw new Conflict(`“${file.name}” is attached to #${number} already.`);
    if (files.length >= MOST_FILES)
      throw new Conflict(`#${number} has ${MOST_FILES} files, and no more fit. detach_file takes one away.`);
    return {
      changes: [{ v: 1, on: 'tasks', id: task.id, type: 'task_attached', file: file.id, nameRef: file.nameRef }],
      result: { task: shownTask(task, names), file: { id: file.id, name: said(file.nameRef, file.labels?.hash) } },
    };
  },
});

export const detachFile = action({
  name: 'detach_file',
  title: 'Detach a file',
  description: 'Takes a file away from a task, as all see on its card. The file stays in the pod.',
  input,
  effect: 'write',
  load: found,
  decide({ task, file, names }, _input, ctx) {
    requirePod(ctx);
    if (!task.files?.includes(file.id)) throw new Conflict(`“${file.name}” is not attached to #${task.number}.`);
    return {
      changes: [{ v: 1, on: 'tasks', id: task.id, type: 'task_detached', file: file.id, nameRef: file.nameRef }],
      result: { task: shownTask(task, names), file: { id: file.id, name: said(file.nameRef, file.labels?.hash) } },
    };
  },
});

async function found(read: Reader, named: z.infer<typeof input>, ctx: Ctx) {
  const task = await taskNamed(read, ctx.pod, named.task);
  const [file, shown] = await Promise.all([fileNamed(read, ctx.pod, named.file), withNames(read, task)]);
  return { ...shown, file };
}
