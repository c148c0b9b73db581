// The card of a task: the post in Slack that shows the task as it is now. It is the first line about the task, in the
// thread in which its people talk, or that of another task which was given just before.
import type { Reader } from '../../../log/action.ts';
import type { Ctx, Decision } from '../../action.ts';
import type { DeliveryWish } from '../../deliveries.ts';
import { STARTED_WORKFLOWS } from '../../workflows/started.ts';
import { TASKS, type TaskDoc, type TaskLine } from '../task.ts';
import type { TaskChange } from '../task-change.ts';

export function cardOf({ card, lines = [] }: Pick<TaskDoc, 'card' | 'lines'>): TaskLine | undefined {
  return card ?? lines[0];
}

/**
 * Adds the deliveries that update the cards of the tasks that this decision changes, one for each card; those of the tasks of
 * which they are parts, which show how many are done; and the lists of the workflows of which they are steps.
 */
export async function withCards<R>(read: Reader, decision: Decision<R>, ctx: Ctx): Promise<Decision<R>> {
  if (ctx.podDoc?.place.kind !== 'slack') return decision;
  const shown = decision.changes.flatMap((change) =>
    change.on === 'tasks' && changesCard(change) && !ctx.isNew(change.id) ? [change.id] : [],
  );
  const added = decision.changes.flatMap((change) =>
    change.on === 'tasks' && change.type === 'task_created' && change.parent && !ctx.isNew(change.parent)
      ? [change.parent]
      : [],
  );
  if (!shown.length && !added.length) return decision;
  const tasks = await tasksOf(read, shown);
  const counted = new Set(
    decision.changes.flatMap((change) => (change.on === 'tasks' && changesCount(change) ? [change.id] : [])),
  );
  const wholes = await tasksOf(read, [
    ...added,
    ...tasks.flatMap((task) => (task?.parent && counted.has(task.id) ? [task.parent] : [])),
  ]);
  const cards = new Map(
    [...[...tasks, ...wholes].map((task) => task && cardOf(task)), ...(await listsOf(read, tasks))].flatMap((card) =>
      card ? [[card.message, card] as const] : [],
    ),
  );
  const updates = [...cards.values()].map((card): DeliveryWish => ({ kind: 'update', ...card }));
  return updates.length ? { ...decision, deliveries: [...(decision.deliveries ?? []), ...updates] } : decision;
}

function tasksOf(read: Reader, ids: readonly string[]): Promise<(TaskDoc | undefined)[]> {
  return Promise.all([...new Set(ids)].map((id) => read.get(TASKS, id)));
}

async function listsOf(read: Reader, tasks: readonly (TaskDoc | undefined)[]): Promise<(TaskLine | undefined)[]> {
  const wholes = [...new Set(tasks.flatMap((task) => task?.parent ?? []))];
  return Promise.all(
    wholes.map(async (id) => {
      const workflow = (await read.get(TASKS, id))?.workflow;
      return workflow ? (await read.get(STARTED_WORKFLOWS, workflow))?.list : undefined;
    }),
  );
}

const SHOWN: readonly TaskChange['type'][] = [
  ...([
    'task_updated',
    'task_assigned',
    'task_moved',
    'task_attached',
    'task_detached',
    'task_took_in',
    'task_gave_up',
    'dependencies_changed',
    'dependencies_moved',
    'review_asked',
    'review_moved',
    'review_given',
  ] as const),
];

/** True if one part more is done, or one less. */
function changesCount({ type }: TaskChange): boolean {
  return type === 'task_moved';
}

/** An erasure removes the whole post instead. */
function changesCard({ type }: TaskChange): boolean {
  return SHOWN.includes(type);
}
