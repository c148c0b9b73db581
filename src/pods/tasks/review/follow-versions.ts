// Adds to a decision what a new version means for reviews: verdicts do not count for it, and whoever gave one is asked anew.
import type { Reader } from '../../../log/action.ts';
import type { Ctx, Decision } from '../../action.ts';
import type { DeliveryWish } from '../../deliveries.ts';
import type { Change } from '../../kinds.ts';
import { isActive } from '../graph/ready.ts';
import { TASKS, type TaskDoc } from '../task.ts';
import type { TaskChange } from '../task-change.ts';
import { toWake, wake } from './ask-reviewers.ts';
import { reviewersOf, reviewState, verdictOf } from './review-state.ts';
import { type Reviewed, versionOf } from './version.ts';

export async function withReview<R>(read: Reader, decision: Decision<R>, ctx: Ctx): Promise<Decision<R>> {
  const touched = await touchedIn(read, decision.changes, ctx);
  const changes: Change[] = [];
  const deliveries: DeliveryWish[] = [];
  for (const { task, version } of touched) {
    if (version === task.review?.version) continue;
    const ask = isActive(task) ? reviewersOf(task).filter((who) => who !== ctx.actor && verdictOf(task, who)) : [];
    const woken = wake(ctx, await toWake(read, ctx, task, ask), task, { why: 'review', round: 'a new version' });
    const change: TaskChange = { v: 1, on: 'tasks', id: task.id, type: 'review_moved', version, ask };
    changes.push({ ...change, ...woken.told }, ...woken.changes);
    deliveries.push(...woken.deliveries);
  }
  if (!changes.length) return decision;
  return {
    ...decision,
    changes: [...decision.changes, ...changes],
    deliveries: [...(decision.deliveries ?? []), ...deliveries],
  };
}

/** Returns the tasks whose review is about what these changes change. Most changes touch none, and read nothing. */
async function touchedIn(read: Reader, changes: readonly Change[], ctx: Ctx) {
  const puts = changes.flatMap((change) => (change.type === 'file_put' && change.version > 1 ? [change] : []));
  const now = new Map(puts.map(({ id, version }) => [id, version]));
  const found = await Promise.all([...now.keys()].map((file) => read.find(TASKS, { where: { files: file } as never })));
  const edits = changes.flatMap((change) => (change.on === 'tasks' && !ctx.isNew(change.id) ? [change] : []));
  const own = edits.filter((one) => after(one, NOTHING) !== NOTHING);
  const edited = await Promise.all([...new Set(own.map(({ id }) => id))].map((id) => read.get(TASKS, id)));
  const tasks = new Map(
    [...found.flat(), ...edited].flatMap((task) => (task && mayMove(task) ? [[task.id, task]] : [])),
  );
  return Promise.all(
    [...tasks.values()].map(async (task) => {
      const reviewed = edits.filter(({ id }) => id === task.id).reduce<Reviewed>((one, edit) => after(edit, one), task);
      return { task, version: await versionOf(read, reviewed, now) };
    }),
  );
}

const NOTHING: Reviewed = { titleRef: '' };

/** While its author mends it, they ask themselves when they have. */
function mayMove(task: TaskDoc): boolean {
  const stands = reviewState(task);
  return stands === 'asked' || stands === 'approved';
}

/** Returns what is reviewed as it is after the change; the same object if the change does not touch it. */
function after(change: TaskChange, reviewed: Reviewed): Reviewed {
  switch (change.type) {
    case 'task_updated': {
      const { titleRef, body } = change;
      return titleRef || body
        ? { ...reviewed, ...(titleRef ? { titleRef } : {}), ...(body ? { body } : {}) }
        : reviewed;
    }
    case 'task_attached':
      return { ...reviewed, files: [...(reviewed.files ?? []), change.file] };
    case 'task_detached':
      return { ...reviewed, files: (reviewed.files ?? []).filter((file) => file !== change.file) };
    default:
      return reviewed;
  }
}
