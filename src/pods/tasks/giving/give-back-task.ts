// give_back_task: “not me”. The assignee gives a task back to whoever gave it, and says why. If nobody of those is in the
// pod any more, its owners are asked.
import { z } from 'zod';
import { Conflict, NotAllowed } from '../../../errors.ts';
import type { Reader } from '../../../log/action.ts';
import { ERASED } from '../../../log/body.ts';
import { isAgent, isPerson, type ParticipantId } from '../../../log/participant.ts';
import { action, type Ctx } from '../../action.ts';
import { MEMBERS, memberId } from '../../members/member.ts';
import { askersOf } from '../../members/rights.ts';
import { called, namesOfAll } from '../../people/directory.ts';
import { standsInFor } from '../../preferences/deputy.ts';
import { requirePod, taskNamed } from '../../require.ts';
import { hoursAmong, nextDueAt, rearmed } from '../due/due-moments.ts';
import { namedIn } from '../review/review-words.ts';
import { isOnlyReviewer } from '../review/reviewers-for.ts';
import { callingOf, setToWork } from '../set-to-work.ts';
import { ACTIVE, type TaskDoc } from '../task.ts';
import { shownTask, taskInput } from '../task-words.ts';

export const giveBackTask = action({
  name: 'give_back_task',
  title: 'Give a task back',
  description: 'Gives a task of yours back to whoever gave it, and tells them why.',
  input: z.strictObject({ task: taskInput, reason: z.string().trim().min(1).max(500) }),
  effect: 'write',
  async load(read, { task: named }, ctx) {
    const task = await taskNamed(read, ctx.pod, named);
    const next = await nextOf(read, task);
    const conversation = next?.conversation ?? task.conversation;
    const [names, titles, calling, theirs, hours] = await Promise.all([
      namesOfAll(read, [task.assignee, next?.by, ...namedIn(task)]),
      read.texts([task.titleRef]),
      callingOf(read, ctx, { assignee: next?.by, conversation, from: task.assignee }),
      isTheirs(read, task, ctx),
      hoursAmong(read, [next?.by, ctx.actor, ctx.onBehalfOf]),
    ]);
    return { task, next: next?.by, names, titles, calling, theirs, hours };
  },
  decide({ task: { assignee, ...task }, next, names, titles, calling, theirs, hours }, { reason }, ctx) {
    requirePod(ctx);
    const { number, conversation } = task;
    if (!ACTIVE.some((state) => state === task.state))
      throw new Conflict(`#${number} is ${task.state}, so there is nothing to give back. reopen_task opens it again.`);
    if (!theirs) {
      const whose = assignee ? `with ${called(names, assignee).name}` : 'with nobody';
      throw new NotAllowed(
        `#${number} is ${whose}, and only who has it gives it back. assign_task gives it to somebody.`,
      );
    }
    const noteRef = ctx.text(reason);
    const about = { ...task, title: titles.get(task.titleRef) ?? ERASED, label: task.labels?.titleRef };
    const said = { note: reason, noteRef, ...(assignee ? { from: assignee } : {}) };
    const set = isAgent(next)
      ? setToWork(ctx, calling, { why: 'returned', task: about, to: next, ...said })
      : undefined;
    const { line, conversation: opened } = set?.told ?? {};
    // In another conversation than the task's it is no line that people see as its card.
    const told =
      line && conversation && line.conversation !== conversation ? { reports: [line] } : line ? { line } : {};
    const dueAt = nextDueAt(task.due, hours, ctx.at);
    return {
      changes: [
        {
          ...{ v: 1, on: 'tasks', id: task.id, type: 'task_assigned', assignee: next ?? null, back: true, noteRef },
          ...(task.dueAt === undefined ? {} : rearmed(task.dueAt, dueAt)),
          ...(opened && !conversation ? { conversation: opened } : {}),
          ...told,
        },
        ...(set?.changes ?? []),
      ],
      deliveries: set?.deliveries ?? [],
      result: { task: shownTask({ ...task, ...(next ? { assignee: next } : {}) }, names), ...set?.left },
    };
  },
});

/**
 * Returns the newest giver who is still in the pod, and not the only one to review it. A task of an earlier version was given by its
 * author.
 */
async function nextOf(read: Reader, task: TaskDoc): Promise<{ by: ParticipantId; conversation?: string } | undefined> {
  const givers = [...(task.givers ?? [{ by: task.createdBy }])]
    .reverse()
    .filter(({ by }) => by !== task.assignee && !isOnlyReviewer(task, by));
  const members = await Promise.all(givers.map(({ by }) => read.get(MEMBERS, memberId(task.pod, by))));
  return givers.find((_, n) => members[n]?.state === 'in');
}

/** True if the actor has the task, or acts for whoever has it, or stands in for them. */
async function isTheirs(read: Reader, { assignee }: TaskDoc, ctx: Ctx): Promise<boolean> {
  if (!assignee) return false;
  if (assignee === ctx.actor || askersOf(ctx).some((one) => one === assignee)) return true;
  return isPerson(assignee) && isPerson(ctx.actor) && standsInFor(read, assignee, ctx.actor, ctx.at);
}
