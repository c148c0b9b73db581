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
import { fall, fallingOf } from '../parts/fall.ts';
import { openParts } from '../parts/parts-below.ts';
import { partsSaid } from '../parts/rest.ts';
import { namedIn } from '../review/review-words.ts';
import { shownTask, taskInput } from '../task-words.ts';
import { isActive } from './ready.ts';
import { refuseOpenParts } from './refuse-waiting.ts';

export const dropTask = action({
  name: 'drop_task',
  title: 'Drop a task',
  description:
    'Says that a task will not be done, and why. Who has it and who gave it are told; what waits for it is not set free. reopen_task undoes it.',
  input: z.strictObject({
    task: taskInput,
    reason: z.string().trim().min(1).max(500),
    /** Its open parts fall with it, or go on. Absent: those of a workflow are dropped, and of any other task it is asked. */
    parts: z.enum(['drop', 'keep']).optional(),
  }),
  effect: 'write',
  async load(read, { task: named, parts }, ctx) {
    const task = await taskNamed(read, ctx.pod, named);
    const [asked, givers, names, titles] = await Promise.all([
      questionsOfTask(read, task.id),
      givingAgents(read, ctx, task),
      namesOfAll(read, [task.assignee, ...namedIn(task), task.doneBy, task.dropped?.by]),
      read.texts([task.titleRef]),
    ]);
    const open = parts === 'keep' || !isActive(task) ? [] : await openParts(read, task);
    const falls = parts === 'drop' || task.workflow !== undefined;
    return {
      task,
      asked,
      givers,
      names,
      titles,
      open,
      falling: falls ? await fallingOf(read, ctx, task, open) : undefined,
    };
  },
  decide({ task, asked, givers, names, titles, open, falling }, { reason }, ctx) {
    requirePod(ctx);
    const { number, state, doneBy, dropped } = task;
    if (state === 'done' || state === 'dropped') {
      const by = dropped?.by ?? doneBy;
      throw new Conflict(
        `#${number} is ${state} already${by ? `, by ${called(names, by).name}` : ''}, so there is nothing to drop.`,
      );
    }
    if (!falling) refuseOpenParts(task, open);
    const noteRef = ctx.text(reason);
    const fell = falling && fall(ctx, task, falling, noteRef);
    const about = { ...task, title: titles.get(task.titleRef) ?? ERASED, label: task.labels?.titleRef };
    const heard = tellGivers(ctx, givers, { why: 'dropped', task: about, note: reason, noteRef });
    const over = withdrawAll(asked, 'dropped', ctx.actor);
    return {
      changes: [
        { v: 1, on: 'tasks', id: task.id, type: 'task_moved', state: 'dropped', noteRef, ...heard.told },
        ...heard.changes,
        ...over.changes,
        ...(fell?.changes ?? []),
      ],
      deliveries: [...heard.deliveries, ...over.deliveries, ...(fell?.deliveries ?? [])],
      result: {
        task: shownTask({ ...task, state: 'dropped' }, names),
        ...(falling ? { dropped_parts: partsSaid([...falling.parts, ...falling.rest], falling.names) } : {}),
        ...heard.left,
      },
    };
  },
});
