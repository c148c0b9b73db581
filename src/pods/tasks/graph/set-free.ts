// Sets an agent to work on its task when that waits for no other any more.
import type { Reader } from '../../../log/action.ts';
import { ERASED } from '../../../log/body.ts';
import { isAgent, isPerson } from '../../../log/participant.ts';
import type { Ctx } from '../../action.ts';
import { cardOf } from '../cards/card.ts';
import { type Calling, callingOf, type SetToWork, setToWork } from '../set-to-work.ts';
import { TASKS, type TaskDoc } from '../task.ts';
import type { Added } from './edge.ts';
import { isActive } from './ready.ts';
import { listed } from './waits-words.ts';

/** The facts for setting one agent to work. */
export interface Freeing {
  doc: TaskDoc;
  calling: Calling | undefined;
  title: string;
  /** Which of its dependencies are done: “#3 and #4 are done”. */
  freed?: string;
  /** The dependencies whose end wakes it beside the limits of its cause. */
  woke: string[];
}

/** True if it waited, and waits no more. */
export function becomesReady(before: TaskDoc, after: Pick<TaskDoc, 'waitsFor'>): boolean {
  return isActive(before) && Boolean(before.waitsFor?.length) && !after.waitsFor?.length;
}

/** `n`: tells apart the agents that one act wakes. */
export async function freeing(
  read: Reader,
  ctx: Ctx,
  doc: TaskDoc,
  { moved, n, dependsOn = doc.dependsOn }: { moved: readonly Added[]; n: number; dependsOn?: string[] | undefined },
): Promise<Freeing | undefined> {
  const { assignee, conversation } = doc;
  // Its session is at work already, and hears of it by the result.
  const isHere = assignee === ctx.actor && conversation === ctx.conversation;
  if (!isAgent(assignee) || isHere) return undefined;
  const [calling, titles, freed] = await Promise.all([
    callingOf(read, ctx, { assignee, conversation, fresh: !cardOf(doc), why: 'unblocked', self: true, n }),
    read.texts([doc.titleRef]),
    freedWords(read, dependsOn, moved),
  ]);
  return {
    ...{ doc, calling, title: titles.get(doc.titleRef) ?? ERASED, woke: wokeBy(ctx, doc, moved) },
    ...(freed ? { freed } : {}),
  };
}

/** Pure. */
export function setFree(ctx: Ctx, { doc, calling, title, freed, woke }: Freeing, n: number): SetToWork {
  const task = { ...doc, title, label: doc.labels?.titleRef };
  const { assignee } = doc;
  const given = { why: 'unblocked' as const, task, freed, ...(woke.length ? { free: true as const } : {}) };
  return setToWork(ctx, isAgent(assignee) ? calling : undefined, { ...given, to: assignee as `agent:${string}` }, n);
}

/**
 * An edge of a graph that a person began wakes once beside the limits, so that a long chain comes to its end. Once more it
 * counts, so that two agents do not go round.
 */
function wokeBy(ctx: Ctx, { createdBy, givenBy, freedBy = [] }: TaskDoc, moved: readonly Added[]): string[] {
  if (!isAgent(ctx.actor) || !(isPerson(createdBy) || givenBy)) return [];
  const done = moved.flatMap(({ task, done: isDone }) => (isDone ? [task] : []));
  return done.some((task) => !freedBy.includes(task)) ? done : [];
}

async function freedWords(
  read: Reader,
  dependsOn: readonly string[] = [],
  moved: readonly Added[],
): Promise<string | undefined> {
  const now = new Map(moved.map((one) => [one.task, one]));
  const others = dependsOn.filter((id) => !now.has(id));
  const found = others.length ? await read.find(TASKS, { where: { id: { in: others } } }) : [];
  const done = [...moved.filter((one) => one.done), ...found.filter(({ state }) => state === 'done')]
    .map(({ number }) => number)
    .sort((a, b) => a - b);
  if (!done.length) return undefined;
  return `${listed(done.map((number) => `#${number}`))} ${done.length > 1 ? 'are' : 'is'} done`;
}
