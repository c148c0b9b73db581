// update_task: changes a task's title, description or due day.
import { z } from 'zod';
import { Conflict, InvalidInput } from '../../errors.ts';
import { ERASED } from '../../log/body.ts';
import { isAgent } from '../../log/participant.ts';
import { action } from '../action.ts';
import { requirePod, taskNamed } from '../require.ts';
import { hoursAmong, nextDueAt, rearmed } from './due/due-moments.ts';
import { rewritten } from './evolve/reworded.ts';
import { isActive, ready } from './graph/ready.ts';
import { callingOf, setToWork } from './set-to-work.ts';
import { TASKS } from './task.ts';
import { dueInput, shownTask, taskInput, textInput, titleInput, withNames } from './task-words.ts';

export const updateTask = action({
  name: 'update_task',
  title: 'Update a task',
  description:
    "Changes a task's title, text or due day; what is not given stays. due: null removes the day. Whoever has it hears of a new day.",
  input: z.strictObject({
    task: taskInput,
    title: titleInput.optional(),
    text: textInput.optional(),
    due: dueInput.nullable().optional(),
  }),
  effect: 'write',
  async load(read, { task: named, due }, ctx) {
    const task = await taskNamed(read, ctx.pod, named);
    const [known, texts] = await Promise.all([withNames(read, task), read.texts([task.titleRef, task.body])]);
    // The agent that works on the task is told of a new due day.
    const moves = due !== undefined && (due ?? undefined) !== task.due && isActive(task);
    const hours = moves ? await hoursAmong(read, [task.assignee, ctx.actor, ctx.onBehalfOf]) : undefined;
    return { ...known, texts, hours, calling: moves && ready(task) ? await callingOf(read, ctx, task) : undefined };
  },
  replaces: ({ task }, { text }) => (text === undefined ? undefined : { on: TASKS.name, doc: task }),
  decide({ task, names, texts, hours, calling }, { title, text, due }, ctx) {
    requirePod(ctx);
    if (title === undefined && text === undefined && due === undefined)
      throw new InvalidInput('Nothing to change: give a title, a text or a due day.');
    const { due: before, ...rest } = task;
    const after = due === undefined ? before : (due ?? undefined);
    const newTitle =
      title === undefined || title === texts.get(task.titleRef)
        ? undefined
        : ctx.text(title, rewritten(task.labels?.titleRef, ctx.actor));
    const newBody =
      text === undefined || text === texts.get(task.body ?? '')
        ? undefined
        : ctx.text(text, rewritten(task.labels?.body, ctx.actor));
    const changed = {
      ...(newTitle ? { titleRef: newTitle } : {}),
      ...(newBody ? { body: newBody } : {}),
      ...(after === before ? {} : { due: after ?? null }),
      ...(hours ? rearmed(task.dueAt, nextDueAt(after, hours, ctx.at)) : {}),
    };
    // Only the fields that really change are written to the log.
    if (!Object.keys(changed).length) throw new Conflict(`#${task.number} already says so; nothing was changed.`);
    const label = newTitle ? rewritten(task.labels?.titleRef, ctx.actor) : task.labels?.titleRef;
    const labels = label ? { labels: { titleRef: label } } : { labels: {} };
    const shown = { ...rest, ...labels, titleRef: newTitle ?? task.titleRef, ...(after ? { due: after } : {}) };
    const about = { ...task, due: after, title: title ?? texts.get(task.titleRef) ?? ERASED, label };
    const set = isAgent(task.assignee)
      ? setToWork(ctx, calling, { why: 'rescheduled', task: about, to: task.assignee })
      : undefined;
    return {
      changes: [
        { v: 1, on: 'tasks', id: task.id, type: 'task_updated', ...changed, ...set?.told },
        ...(set?.changes ?? []),
      ],
      deliveries: set?.deliveries ?? [],
      result: { task: shownTask(shown, names), ...set?.left },
    };
  },
});
