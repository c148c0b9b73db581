// assign_task: assigns a task to another member, a person or an agent.
import { z } from 'zod';
import { Conflict } from '../../errors.ts';
import { ERASED } from '../../log/body.ts';
import { isAgent } from '../../log/participant.ts';
import { action } from '../action.ts';
import { memberNamed, namesOfAll } from '../people/directory.ts';
import { MEMBER_INPUT } from '../people/names.ts';
import { leftBehind, questionsOfTask } from '../questions/settling/follow-work.ts';
import { requirePod, taskNamed } from '../require.ts';
import { cardOf } from './cards/card.ts';
import { hoursAmong, nextDueAt, rearmed } from './due/due-moments.ts';
import { giverIn } from './giving/givers.ts';
import { givingAgents, tellGivers } from './giving/tell-givers.ts';
import { isActive, ready } from './graph/ready.ts';
import { namedIn } from './review/review-words.ts';
import { refuseOnlyReviewer } from './review/reviewers-for.ts';
import { callingOf, setToWork } from './set-to-work.ts';
import { shownTask, taskInput } from './task-words.ts';

export const assignTask = action({
  name: 'assign_task',
  title: 'Assign a task',
  description:
    'Gives a task to a member: a person is told, an agent begins at once. assignee: null leaves it to nobody.',
  input: z.strictObject({ task: taskInput, assignee: z.string().min(1).nullable().describe(MEMBER_INPUT) }),
  effect: 'write',
  async load(read, { task, assignee }, ctx) {
    const doc = await taskNamed(read, ctx.pod, task);
    const who = assignee ? await memberNamed(read, ctx.pod, assignee) : undefined;
    // A task that is over, or waits for another, only gets another assignee; no agent is set to work.
    const begins = ready(doc) ? who?.id : undefined;
    const { conversation, assignee: from } = doc;
    const givers = !isActive(doc) ? [] : await givingAgents(read, ctx, doc, who?.id);
    return {
      task: doc,
      assignee: who,
      calling: await callingOf(read, ctx, { assignee: begins, conversation, from, fresh: !cardOf(doc) }),
      // Calculated anew, by the working hours of the new assignee.
      dueAt: doc.dueAt && nextDueAt(doc.due, await hoursAmong(read, [who?.id, ctx.actor, ctx.onBehalfOf]), ctx.at),
      givers,
      asked: isAgent(from) ? await questionsOfTask(read, doc.id) : [],
      titles: begins || givers.length ? await read.texts([doc.titleRef]) : undefined,
      names: await namesOfAll(read, [doc.assignee, ...namedIn(doc)]),
    };
  },
  decide({ task, assignee, calling, titles, names, dueAt, givers, asked }, _input, ctx) {
    requirePod(ctx);
    if (task.assignee === assignee?.id)
      throw new Conflict(`#${task.number} already is ${assignee ? `with ${assignee.name}` : 'with nobody'}.`);
    refuseOnlyReviewer(task, assignee);
    const { assignee: before, ...rest } = task;
    const title = titles?.get(task.titleRef) ?? ERASED;
    const about = { ...task, title, label: task.labels?.titleRef };
    const given = { why: 'given' as const, task: about, ...(before ? { from: before } : {}) };
    const set = isAgent(assignee?.id) ? setToWork(ctx, calling, { ...given, to: assignee.id }) : undefined;
    const heard = tellGivers(ctx, givers, { why: 'passed', task: about, next: assignee?.name });
    const all = new Map([...names, ...(assignee ? [[assignee.id, assignee] as const] : [])]);
    return {
      changes: [
        {
          v: 1,
          on: 'tasks',
          id: task.id,
          type: 'task_assigned',
          assignee: assignee?.id ?? null,
          ...giverIn(ctx, assignee?.id ?? null),
          ...rearmed(task.dueAt, dueAt),
          ...set?.told,
          ...heard.told,
        },
        ...(set?.changes ?? []),
        ...heard.changes,
      ],
      deliveries: [...(set?.deliveries ?? []), ...heard.deliveries, ...leftBehind(asked, before, ctx.actor)],
      result: {
        task: shownTask({ ...rest, ...(assignee ? { assignee: assignee.id } : {}) }, all),
        ...heard.left,
        ...set?.left,
      },
    };
  },
});
