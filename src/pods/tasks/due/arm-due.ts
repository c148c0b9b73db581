// arm_due_days, arm_due (Skein's own): tasks of Skein 0.1.0 have a due day and no time at which they fall due. They get it
// at the first start, once: the first action has a fixed key, and asks each pod by a delivery.
import { z } from 'zod';
import { isPerson, type ParticipantId } from '../../../log/participant.ts';
import { action } from '../../action.ts';
import { PODS } from '../../pod/pod.ts';
import type { OwnHours } from '../../preferences/preference.ts';
import { ACTIVE, TASKS } from '../task.ts';
import { hoursAmong, nextDueAt } from './due-moments.ts';

export const ARM_KEY = 'upgrade:due-days';

export const armDueDays = action({
  name: 'arm_due_days',
  title: 'Arm due days',
  description: 'Lets the due days of all tasks of an earlier version come.',
  input: z.strictObject({}),
  effect: 'write',
  org: true,
  internal: true,
  load: (read) => read.find(PODS, { where: {} }),
  allow: (_view, _input, ctx) => ctx.role === 'skein' || 'Only Skein looks at the clock.',
  decide(pods, _input, ctx) {
    const withTasks = pods.filter(({ tasks }) => tasks > 0);
    return {
      changes: [],
      deliveries: withTasks.map(({ id }, n) => ({
        ...{ kind: 'act', in: id, action: 'arm_due', input: { from: 0 }, actor: 'skein', key: ctx.id('a', n) },
      })),
      result: { pods: withTasks.length },
    };
  },
});

/** The most tasks that one commit arms. */
const PAGE = 200;

export const armDue = action({
  name: 'arm_due',
  title: 'Arm the due days of a pod',
  description: 'Lets the due days of tasks of an earlier version come.',
  /** `from`: the number of the last task that was looked at. */
  input: z.strictObject({ from: z.number() }),
  effect: 'write',
  internal: true,
  async load(read, { from }, { pod }) {
    const page = await read.find(TASKS, {
      where: { pod, number: { gt: from } },
      sort: [['number', 'asc']],
      limit: PAGE,
    });
    const active: readonly string[] = ACTIVE;
    const unarmed = page.filter(({ state, due, dueAt }) => due && dueAt === undefined && active.includes(state));
    const whose = (task: { assignee?: ParticipantId; createdBy: ParticipantId }) =>
      isPerson(task.assignee) ? task.assignee : task.createdBy;
    const people = [...new Set(unarmed.map(whose))];
    const all = await Promise.all(people.map(async (one) => [one, await hoursAmong(read, [one])] as const));
    const hours = new Map<ParticipantId, OwnHours>(all);
    return { last: page.length === PAGE ? page.at(-1)?.number : undefined, unarmed, whose, hours };
  },
  allow: (_view, _input, ctx) => ctx.role === 'skein' || 'Only Skein looks at the clock.',
  decide({ last, unarmed, whose, hours }, _input, ctx) {
    return {
      changes: unarmed.flatMap((task) => {
        const own = hours.get(whose(task));
        const dueAt = own && nextDueAt(task.due, own, ctx.at);
        return dueAt === undefined ? [] : [{ v: 1, on: 'tasks', id: task.id, type: 'task_updated', dueAt } as const];
      }),
      deliveries:
        last === undefined
          ? []
          : [{ kind: 'act', in: ctx.pod, action: 'arm_due', input: { from: last }, actor: 'skein', key: ctx.id('a') }],
      result: {},
    };
  },
});
