// list_tasks: lists the tasks of the pod, with their assignees.
import { z } from 'zod';
import type { Reader } from '../../log/action.ts';
import { quoted } from '../../log/body.ts';
import type { ParticipantId } from '../../log/participant.ts';
import { action } from '../action.ts';
import { marked } from '../marked.ts';
import { memberNamed, namesOfAll } from '../people/directory.ts';
import { requirePod } from '../require.ts';
import { attachedFiles } from './files/attached.ts';
import { progressOf } from './parts/progress.ts';
import { namedIn } from './review/review-words.ts';
import { ACTIVE, TASKS, type TaskDoc, type TaskState } from './task.ts';
import { shownTask } from './task-words.ts';

/** The most tasks of one page. */
const MOST_LISTED = 100;

/** A session holds only the newest tasks of a long list: the list must not displace everything else that it holds. */
const MOST_HELD = 50;

export const listTasks = action({
  name: 'list_tasks',
  title: 'List tasks',
  description: "Lists the pod's tasks: those not done, unless asked for others.",
  input: z.strictObject({
    assignee: z.string().min(1).optional().describe('Name or handle; absent: everybody'),
    state: z
      .enum(['open', 'started', 'done', 'dropped', 'active', 'all'])
      .default('active')
      .describe('active: open or started'),
    after: z.number().optional(),
  }),
  effect: 'read',
  allow: 'guest',
  async load(read, { assignee, state, after }, ctx) {
    const who = assignee ? await memberNamed(read, ctx.pod, assignee) : undefined;
    const states = state === 'all' ? LISTED : state === 'active' ? ACTIVE : [state];
    const scope = { pod: ctx.pod, ...(who ? { assignee: who.id } : {}) };
    const { tasks, more } = await tasksByNumber(read, scope, { states, after });
    const [names, progress] = await Promise.all([
      namesOfAll(
        read,
        tasks.flatMap((task) => [task.assignee, ...namedIn(task)]),
      ),
      progressOf(read, tasks),
    ]);
    const files = new Map(
      await Promise.all(tasks.map(async (task) => [task.id, await attachedFiles(read, task)] as const)),
    );
    return { tasks, more, names, progress, files };
  },
  decide({ tasks, more, names, progress, files }, _input, ctx) {
    requirePod(ctx, { archived: true });
    return {
      changes: [],
      result: {
        tasks: tasks.map((task) => {
          const attached = files.get(task.id) ?? [];
          return {
            ...shownTask(task, names, progress.get(task.id)),
            ...(attached.length ? { files: attached.map(({ name, labels }) => quoted(name, labels?.hash)) } : {}),
          };
        }),
        ...(more ? { next: tasks.at(-1)?.number } : {}),
        ...marked([
          ...tasks.map(({ labels }) => labels?.titleRef),
          ...[...files.values()].flat().map(({ labels }) => labels?.hash),
        ]),
      },
      shows: { part: tasks.slice(-MOST_HELD).map(({ id, seq }) => ({ kind: TASKS.name, id, seq })) },
    };
  },
});

const LISTED: readonly TaskState[] = [...ACTIVE, 'done', 'dropped'];

/** Reads each state along its index, so that a page costs the same however many tasks there are. */
async function tasksByNumber(
  read: Reader,
  scope: { pod: string; assignee?: ParticipantId },
  { states, after }: { states: readonly TaskState[]; after: number | undefined },
): Promise<{ tasks: TaskDoc[]; more: boolean }> {
  const number = { gt: after ?? 0 };
  const found = await Promise.all(
    states.map((state) =>
      read.find(TASKS, { where: { ...scope, state, number }, sort: [['number', 'asc']], limit: MOST_LISTED + 1 }),
    ),
  );
  const all = found.flat().sort((a, b) => a.number - b.number);
  return { tasks: all.slice(0, MOST_LISTED).filter((task) => !task.erased), more: all.length > MOST_LISTED };
}
