// Opens the parts again that were dropped together with a task, when the task is opened again.
import type { Reader } from '../../../log/action.ts';
import { ERASED } from '../../../log/body.ts';
import { isAgent, type Named, type ParticipantId } from '../../../log/participant.ts';
import type { Ctx } from '../../action.ts';
import type { DeliveryWish } from '../../deliveries.ts';
import type { Change } from '../../kinds.ts';
import { namesOfAll } from '../../people/directory.ts';
import { hoursAmong, nextDueAt, rearmed } from '../due/due-moments.ts';
import { lost, ready } from '../graph/ready.ts';
import { type Calling, callingOf, setToWork } from '../set-to-work.ts';
import type { TaskDoc } from '../task.ts';
import { MOST_AT_ONCE } from './parts-below.ts';
import { type Following, partsSaid, restOf } from './rest.ts';

/** The messages of one act have numbers; these leave room for those that the act itself posts. */
const FIRST = 4000;
const APART = 100;

interface Part {
  doc: TaskDoc;
  calling: Calling | undefined;
  dueAt: number | undefined;
  /** True if it waits for a task that will not be done, and is not opened again here. */
  stuck: boolean;
}

export interface Rising {
  parts: readonly Part[];
  rest: readonly TaskDoc[];
  titles: ReadonlyMap<string, string>;
  names: ReadonlyMap<ParticipantId, Named>;
}

/** Undefined if there are none. */
export async function risingOf(read: Reader, ctx: Ctx, all: readonly TaskDoc[]): Promise<Rising | undefined> {
  if (!all.length) return undefined;
  const docs = all.slice(0, MOST_AT_ONCE);
  const ids = new Set(all.map(({ id }) => id));
  const [parts, titles, names] = await Promise.all([
    Promise.all(docs.map((doc, n) => partOf(read, ctx, { doc, n, ids }))),
    read.texts(docs.map(({ titleRef }) => titleRef)),
    namesOfAll(
      read,
      docs.map(({ assignee }) => assignee),
    ),
  ]);
  return { parts, rest: all.slice(MOST_AT_ONCE), titles, names };
}

async function partOf(
  read: Reader,
  ctx: Ctx,
  { doc, n, ids }: { doc: TaskDoc; n: number; ids: ReadonlySet<string> },
): Promise<Part> {
  const now: TaskDoc = { ...doc, state: 'open' };
  const { assignee, conversation, due } = doc;
  const calls = { assignee, conversation, why: 'reopened' as const, n: FIRST + APART * n };
  const [calling, hours] = await Promise.all([
    ready(now) ? callingOf(read, ctx, calls) : undefined,
    due ? hoursAmong(read, [assignee, ctx.actor, ctx.onBehalfOf]) : undefined,
  ]);
  const dueAt = hours && nextDueAt(due, hours, ctx.at);
  return { doc, calling, dueAt, stuck: lost(now).some(({ task }) => !ids.has(task)) };
}

/** Pure. */
export function rise(ctx: Ctx, whole: Pick<TaskDoc, 'id' | 'number'>, { parts, rest, titles }: Rising): Following {
  const changes: Change[] = [];
  const deliveries: DeliveryWish[] = [];
  for (const [n, { doc, calling, dueAt, stuck }] of parts.entries()) {
    const { id, assignee } = doc;
    const task = { ...doc, title: titles.get(doc.titleRef) ?? ERASED, label: doc.labels?.titleRef };
    const set = isAgent(assignee)
      ? setToWork(ctx, calling, { why: 'reopened', task, to: assignee }, FIRST + APART * n)
      : undefined;
    const along = { task: whole.id, number: whole.number, ...(stuck ? { stuck: true as const } : {}) };
    changes.push(
      {
        ...{ v: 1, on: 'tasks', id, type: 'task_moved', state: 'open', along },
        ...rearmed(doc.dueAt, dueAt),
        ...set?.told,
      },
      ...(set?.changes ?? []),
    );
    deliveries.push(...(set?.deliveries ?? []));
  }
  const docs = parts.map(({ doc }) => doc);
  return { changes, deliveries: [...deliveries, ...restOf(ctx, whole, { parts: docs, rest })] };
}

/** Returns “#2, with Scribe” for each. */
export function reopenedSaid({ parts, rest, names }: Rising): string[] {
  return partsSaid([...parts.map(({ doc }) => doc), ...rest], names);
}
