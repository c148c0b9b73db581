// fall_due (Skein's own): records that a task's due day has come or has passed. The assignee hears of it. Where they can't begin, a
// person hears nothing as long as somebody is told of what they wait for; of an agent whoever can do something about it does.
import { z } from 'zod';
import { Conflict } from '../../../errors.ts';
import type { Reader } from '../../../log/action.ts';
import { ERASED } from '../../../log/body.ts';
import { isAgent, isPerson, type PersonId } from '../../../log/participant.ts';
import { action } from '../../action.ts';
import { MESSAGES } from '../../conversations/message.ts';
import { MEMBERS, memberId } from '../../members/member.ts';
import { requirePod, taskNamed } from '../../require.ts';
import { ready, waits } from '../graph/ready.ts';
import { callingOf, setToWork } from '../set-to-work.ts';
import { ACTIVE, TASKS, type TaskDoc } from '../task.ts';
import { dueMoments, hoursAmong } from './due-moments.ts';

export const fallDue = action({
  name: 'fall_due',
  title: 'Fall due',
  description: 'Says that the due day of a task has come.',
  input: z.strictObject({ task: z.string(), dueAt: z.number() }),
  effect: 'write',
  internal: true,
  allow: (_view, _input, ctx) => ctx.role === 'skein' || 'Only Skein looks at the clock.',
  async load(read, { task: id }, ctx) {
    const task = await taskNamed(read, ctx.pod, id);
    const last = task.lines?.at(-1);
    const [titles, hours, calling, line, left, ahead] = await Promise.all([
      read.texts([task.titleRef]),
      hoursAmong(read, [task.assignee, task.createdBy]),
      ready(task) ? callingOf(read, ctx, task) : undefined,
      last ? read.get(MESSAGES, last.message) : undefined,
      leftBy(read, task),
      aheadOf(read, task),
    ]);
    return { task, titles, hours, calling, line, left, ahead };
  },
  decide({ task, titles, hours, calling, line, left, ahead }, { dueAt }, ctx) {
    const pod = requirePod(ctx, { archived: true });
    const { due } = task;
    const active: readonly string[] = ACTIVE;
    if (task.dueAt !== dueAt || due === undefined || !active.includes(task.state))
      throw new Conflict(`#${task.number} is not due any more.`);
    // If Skein was down, both times may have passed. Then the assignee is told only of the later one.
    const past = dueMoments(due, hours).filter(({ at }) => at <= ctx.at);
    const stage = past.at(-1)?.stage ?? 'due';
    const next = dueMoments(due, hours).find(({ at }) => at > Math.max(ctx.at, dueAt));
    const quiet = pod.state === 'archived';
    const about = { ...task, title: titles.get(task.titleRef) ?? ERASED, label: task.labels?.titleRef };
    const { onBehalfOf, heard } = line ?? {};
    const person = isPerson(onBehalfOf) ? onBehalfOf : [task.createdBy].find(isPerson);
    const wishers = { ...(person ? { onBehalfOf: person } : {}), ...(heard ? { heard } : {}) };
    const set =
      isAgent(task.assignee) && !quiet
        ? setToWork(ctx, calling, { why: stage, task: about, to: task.assignee, wishers })
        : undefined;
    // Behind one late task only the next in line is asked about.
    const isNext = !ahead.length || ahead.some(ready);
    const late = isAgent(task.assignee) && !ready(task) && isNext && !quiet;
    const held = isPerson(task.assignee) && ahead.some(({ due: day }: TaskDoc) => day !== undefined);
    return {
      changes: [
        {
          ...{ v: 1, on: 'tasks', id: task.id, type: 'task_fell_due', stage },
          dueAt: next && !quiet ? next.at : null,
          ...(quiet ? { quiet } : {}),
          ...(left ? { left } : {}),
          ...(late ? { late } : {}),
          ...(held ? { held: true as const } : {}),
          ...set?.told,
        },
        ...(set?.changes ?? []),
      ],
      deliveries: set?.deliveries ?? [],
      result: { stage },
    };
  },
});

/** Returns the tasks for which it waits and that are not over. */
async function aheadOf(read: Reader, task: TaskDoc): Promise<TaskDoc[]> {
  const ids = waits(task).map((one) => one.task);
  return ids.length ? await read.find(TASKS, { where: { id: { in: ids }, state: { in: ACTIVE } } }) : [];
}

/** Returns the assignee if they are a person who is in the pod no more. */
async function leftBy(read: Reader, { pod, assignee }: TaskDoc): Promise<PersonId | undefined> {
  if (!isPerson(assignee)) return undefined;
  return (await read.get(MEMBERS, memberId(pod, assignee)))?.state === 'in' ? undefined : assignee;
}
