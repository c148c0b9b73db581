// merge_tasks: two tasks are about the same work, so one of them joins the other and ends. reopen_task undoes it.
import { z } from 'zod';
import { Conflict, InvalidInput } from '../../../errors.ts';
import type { Reader } from '../../../log/action.ts';
import { ERASED } from '../../../log/body.ts';
import { isAgent } from '../../../log/participant.ts';
import { action, type Ctx } from '../../action.ts';
import { CONVERSATIONS } from '../../conversations/conversation.ts';
import type { Change } from '../../kinds.ts';
import { namesOfAll } from '../../people/directory.ts';
import { questionsOfTask, withdrawAll } from '../../questions/settling/follow-work.ts';
import { requirePod, taskNamed } from '../../require.ts';
import { givingAgents, tellGivers } from '../giving/tell-givers.ts';
import { passed, passingOf, readyWithout } from '../graph/merged-edges.ts';
import { isActive } from '../graph/ready.ts';
import { namedIn } from '../review/review-words.ts';
import { callingOf, setToWork } from '../set-to-work.ts';
import type { TaskDoc } from '../task.ts';
import { shownTask, TASK_INPUT, taskInput } from '../task-words.ts';
import { takenAlong } from './taken-along.ts';

const input = z.strictObject({
  task: taskInput.describe(`The task that ends: ${TASK_INPUT}`),
  into: taskInput.describe(`The task that goes on: ${TASK_INPUT}`),
  note: z.string().trim().min(1).max(500).optional().describe('Why, for those who have them'),
});

export const mergeTasks = action({
  name: 'merge_tasks',
  title: 'Merge two tasks',
  description:
    'Joins a task to another about the same work: its followers and files go along, and it ends, as all see on its card. reopen_task undoes it.',
  input,
  effect: 'write',
  load: found,
  decide({ task, into, titles, names, talks, calling, asked, givers, passing }, { note }, ctx) {
    requirePod(ctx);
    if (task.id === into.id)
      throw new InvalidInput(`#${task.number} can’t join itself: name the task that goes on in “into”.`);
    if (task.merged)
      throw new Conflict(`#${task.number} has joined #${task.merged.number} already; reopen_task undoes that.`);
    for (const one of [task, into])
      if (!isActive(one))
        throw new Conflict(`#${one.number} is ${one.state}, and only open tasks are merged. reopen_task opens it.`);
    const edges = passed(passing, task, into);
    const noteRef = note ? ctx.text(note) : undefined;
    const along = takenAlong(task, into, talks);
    const about = (one: TaskDoc) => ({
      ...one,
      title: titles.get(one.titleRef) ?? ERASED,
      label: one.labels?.titleRef,
    });
    const said = noteRef ? { note, noteRef } : {};
    const set = isAgent(into.assignee)
      ? setToWork(ctx, calling, { why: 'merged', task: about(into), to: into.assignee, other: task.number, ...said })
      : undefined;
    const over = withdrawAll(asked, 'done', ctx.actor);
    const heard = tellGivers(ctx, givers, { why: 'done', task: about(task), ...said });
    const sources = task.sources?.length ? { sources: task.sources } : {};
    return {
      changes: [
        {
          ...{ v: 1, on: 'tasks', id: task.id, type: 'task_moved', state: 'done' },
          merged: {
            ...{ into: into.id, number: into.number, ...along },
            ...(edges.length ? { dependents: edges.map(({ id }) => id) } : {}),
          },
          ...(noteRef ? { noteRef } : {}),
          ...heard.told,
        },
        {
          ...{ v: 1, on: 'tasks', id: into.id, type: 'task_took_in', from: task.number, ...along, ...sources },
          // An assignee of both hears of it once.
          ...(task.assignee && task.assignee === into.assignee ? { same: true as const } : {}),
          ...set?.told,
        },
        ...edges,
        ...followed(into, along.followers),
        ...(set?.changes ?? []),
        ...heard.changes,
        ...over.changes,
      ],
      deliveries: [...(set?.deliveries ?? []), ...heard.deliveries, ...over.deliveries],
      result: {
        task: shownTask({ ...task, state: 'done' }, names),
        into: shownTask(into, names),
        ...set?.left,
        ...heard.left,
      },
    };
  },
});

/** They follow the conversation of the other task by mail. */
function followed({ conversation }: TaskDoc, people: readonly string[]): Change[] {
  if (!conversation || !people.length) return [];
  return [{ v: 1, on: 'conversations', id: conversation, type: 'conversation_mailed', people: [...people] } as Change];
}

async function found(read: Reader, { task: ends, into: stays }: z.infer<typeof input>, ctx: Ctx) {
  const [task, into] = await Promise.all([taskNamed(read, ctx.pod, ends), taskNamed(read, ctx.pod, stays)]);
  const [titles, names, calling, asked, givers, passing, from, to] = await Promise.all([
    read.texts([task.titleRef, into.titleRef]),
    namesOfAll(read, [task.assignee, into.assignee, ...namedIn(task), ...namedIn(into)]),
    readyWithout(into, task) ? callingOf(read, ctx, into) : undefined,
    questionsOfTask(read, task.id),
    givingAgents(read, ctx, task),
    passingOf(read, task, into),
    task.conversation ? read.get(CONVERSATIONS, task.conversation) : undefined,
    into.conversation ? read.get(CONVERSATIONS, into.conversation) : undefined,
  ]);
  return { task, into, titles, names, calling, asked, givers, passing, talks: { from, to } };
}
