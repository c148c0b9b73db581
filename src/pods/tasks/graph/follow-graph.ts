// Adds to a decision what it means for other tasks: those that waited are set free or asked how they go on, and whoever has
// the whole hears what became of a part.
import { z } from 'zod';
import type { Reader } from '../../../log/action.ts';
import { isAgent, type Named, type ParticipantId } from '../../../log/participant.ts';
import { action, type Ctx, type Decision } from '../../action.ts';
import type { DeliveryWish } from '../../deliveries.ts';
import type { Change } from '../../kinds.ts';
import { called, namesOfAll } from '../../people/directory.ts';
import { TASKS, type TaskDoc } from '../task.ts';
import type { TaskChange } from '../task-change.ts';
import { type Added, MOST_EDGES, type PartTurn } from './edge.ts';
import { evolveEdges } from './evolve-edges.ts';
import { type PartNews, partNews, partTold } from './part-news.ts';
import { isActive, lost } from './ready.ts';
import { becomesReady, type Freeing, freeing, setFree } from './set-free.ts';

/** The messages of one act have numbers; these leave room for those that the act itself posts. */
const FIRST_FREED = 1000;
const APART = 10;

interface Turn {
  task: TaskDoc;
  /** The task as what waits for it sees it now. */
  now: Added;
  became: PartTurn | undefined;
}

interface Dependent {
  doc: TaskDoc;
  moved: Added[];
  ready: boolean;
  /** Set if the same commit drops it too, or opens it again. */
  along: boolean;
  freeing?: Freeing | undefined;
}

interface Facts {
  dependents: Dependent[];
  parts: PartNews[];
  /** Dependents that one commit has no room for: those of this task, after this number. */
  rest: { task: string; after: number }[];
  names: ReadonlyMap<ParticipantId, Named>;
}

export async function withGraph<R>(read: Reader, decision: Decision<R>, ctx: Ctx): Promise<Decision<R>> {
  const turns = await turnsIn(read, decision.changes, ctx);
  if (!turns.length) return decision;
  const gone = new Set(decision.changes.flatMap(({ type, id }) => (type === 'task_erased' ? [id] : [])));
  const along = new Set(decision.changes.flatMap((one) => (one.type === 'task_moved' && one.along ? [one.id] : [])));
  const followed = follow(ctx, await factsOf(read, ctx, turns, { gone, along, after: 0 }));
  if (!followed.changes.length && !followed.deliveries.length) return decision;
  return {
    ...decision,
    changes: [...decision.changes, ...followed.changes],
    deliveries: [...(decision.deliveries ?? []), ...followed.deliveries],
    result: { ...decision.result, ...followed.said },
  };
}

/** The dependents that the commit which ended the task had no room for. */
export const followGraph = action({
  name: 'follow_graph',
  title: 'Set further tasks free',
  description: 'Tells further tasks that wait for a task what became of it.',
  /** `by`, `conversation`: who changed the task, and from where. */
  input: z.strictObject({
    task: z.string(),
    after: z.number(),
    by: z.string(),
    conversation: z.string().optional(),
  }),
  effect: 'write',
  internal: true,
  allow: (_view, _input, ctx) => ctx.role === 'skein' || 'Only Skein follows the graph.',
  async load(read, { task: id, after, by, conversation }, ctx) {
    const task = await read.get(TASKS, id);
    const from = { ...ctx, actor: by as ParticipantId, ...(conversation ? { conversation } : {}) };
    const turns = task ? [{ task, now: seenAs(task), became: undefined }] : [];
    return { from, facts: await factsOf(read, from, turns, { gone: new Set(), along: new Set(), after }) };
  },
  decide({ from, facts }) {
    const { changes, deliveries } = follow(from, facts);
    return { changes, deliveries, result: {} };
  },
});

function seenAs({ id, number, state, dropped }: Pick<TaskDoc, 'id' | 'number' | 'state' | 'dropped'>): Added {
  const named = { task: id, number };
  if (state === 'erased') return { ...named, erased: true };
  if (state === 'dropped') return { ...named, dropped: { by: dropped?.by ?? 'skein' } };
  return state === 'done' ? { ...named, done: true } : named;
}

/** Returns the tasks that end by these changes, or are open again. Most changes are neither, and read nothing. */
async function turnsIn(read: Reader, changes: readonly Change[], ctx: Ctx): Promise<Turn[]> {
  const moves = changes.flatMap((change) =>
    !ctx.isNew(change.id) && (change.type === 'task_moved' || change.type === 'task_erased') ? [change] : [],
  );
  const turns = await Promise.all(
    moves.map(async (change): Promise<Turn[]> => {
      const task = await read.get(TASKS, change.id);
      // A task that joined another goes on there: merge_tasks says what that means for those who wait.
      if (!task || (change.type === 'task_moved' && change.merged)) return [];
      const state = change.type === 'task_erased' ? 'erased' : change.state;
      const now = seenAs({
        ...task,
        state,
        ...(state === 'dropped' ? { dropped: { by: ctx.actor, at: ctx.at } } : {}),
      });
      if (kindOf(task.state) === kindOf(state)) return [];
      return [{ task, now, became: BECAME[state] }];
    }),
  );
  return turns.flat();
}

const BECAME: Partial<Record<TaskDoc['state'], PartTurn>> = { done: 'done', dropped: 'dropped', open: 'reopened' };

function kindOf(state: TaskDoc['state']): string {
  return state === 'started' ? 'open' : state;
}

async function factsOf(
  read: Reader,
  ctx: Ctx,
  turns: readonly Turn[],
  { gone, along, after }: { gone: ReadonlySet<string>; along: ReadonlySet<string>; after: number },
): Promise<Facts> {
  const found = await Promise.all(
    turns.map(async ({ task, now }) => {
      const where = { dependsOn: task.id, number: { gt: after } };
      const docs = await read.find(TASKS, {
        where: where as never,
        sort: [['number', 'asc']],
        limit: MOST_EDGES + 1,
      });
      return { task, now, docs };
    }),
  );
  const all = new Map<string, Dependent>();
  for (const { now, docs } of found)
    for (const doc of docs.slice(0, MOST_EDGES)) {
      if (gone.has(doc.id) || doc.erased) continue;
      const one = all.get(doc.id) ?? { doc, moved: [], ready: false, along: along.has(doc.id) };
      all.set(doc.id, { ...one, moved: [...one.moved, now] });
    }
  const dependents = await Promise.all(
    [...all.values()].map(async (one, n): Promise<Dependent> => {
      const ready = becomesReady(one.doc, afterwards(one));
      const facts = { moved: one.moved, n: FIRST_FREED + APART * n };
      return { ...one, ready, ...(ready ? { freeing: await freeing(read, ctx, one.doc, facts) } : {}) };
    }),
  );
  const [parts, names] = await Promise.all([
    partsOf(read, ctx, turns, dependents),
    namesOfAll(
      read,
      dependents.map(({ doc }) => doc.assignee),
    ),
  ]);
  const rest = found.flatMap(({ task, docs }) =>
    docs.length > MOST_EDGES ? [{ task: task.id, after: docs[MOST_EDGES - 1]?.number ?? 0 }] : [],
  );
  return { dependents, parts, rest, names };
}

function afterwards({ doc, moved }: Pick<Dependent, 'doc' | 'moved'>): Pick<TaskDoc, 'state' | 'waitsFor'> {
  return evolveEdges(doc, { type: 'dependencies_moved', moved }, { pod: doc.pod, seq: doc.seq, at: 0, actor: 'skein' });
}

async function partsOf(
  read: Reader,
  ctx: Ctx,
  turns: readonly Turn[],
  dependents: readonly Dependent[],
): Promise<PartNews[]> {
  const dropped = new Set(turns.flatMap(({ task, became }) => (became === 'dropped' ? [task.id] : [])));
  // A part that is dropped with its whole is no news for whoever has the whole.
  const ended = turns.flatMap(({ task, became }) =>
    became && !dropped.has(task.parent ?? '') ? [{ part: task, became }] : [],
  );
  const blocked = dependents.flatMap(({ doc, moved, along }) => {
    if (along) return [];
    const isLost = lost(afterwards({ doc, moved })).length > lost(doc).length;
    return isLost ? [{ part: doc, became: 'blocked' as const }] : [];
  });
  const news = await Promise.all([...ended, ...blocked].map((one, n) => partNews(read, ctx, one, n)));
  return news.flatMap((one) => one ?? []);
}

/** Pure. */
function follow(ctx: Ctx, { dependents, parts, rest, names }: Facts) {
  const changes: Change[] = [];
  const deliveries: DeliveryWish[] = [];
  const fresh = isAgent(ctx.actor) ? {} : { fresh: true as const };
  for (const [n, { doc, moved, along, freeing: facts }] of dependents.entries()) {
    const set = facts && setFree(ctx, facts, FIRST_FREED + APART * n);
    const woke = facts?.woke.length && set?.deliveries.length ? { woke: facts.woke } : {};
    const change: TaskChange = {
      ...{ v: 1, on: 'tasks', id: doc.id, type: 'dependencies_moved', moved },
      ...fresh,
      ...woke,
      ...(along ? { along } : {}),
      ...set?.told,
    };
    changes.push(change, ...(set?.changes ?? []));
    deliveries.push(...(set?.deliveries ?? []));
  }
  for (const [n, news] of parts.entries()) {
    const told = partTold(ctx, news, n);
    changes.push(...told.changes);
    deliveries.push(...told.deliveries);
  }
  const from = { by: ctx.actor, ...(ctx.conversation ? { conversation: ctx.conversation } : {}) };
  for (const [n, input] of rest.entries())
    deliveries.push({
      ...{ kind: 'act', in: ctx.pod, action: 'follow_graph', input: { ...input, ...from }, actor: 'skein' },
      key: ctx.id('g', n),
    });
  return { changes, deliveries, said: saidOf(ctx, dependents, names) };
}

/** The fields of the result: which tasks can begin, and which wait for one that will not be done. “you” is whoever reads it. */
function saidOf({ actor }: Ctx, dependents: readonly Dependent[], names: Facts['names']) {
  const holder = (who: ParticipantId | undefined) => {
    if (who === actor) return 'you';
    return who ? called(names, who).name : 'nobody';
  };
  const line = ({ doc: { number, assignee } }: Dependent) => `#${number}, with ${holder(assignee)}`;
  const free = dependents.filter(({ ready }) => ready).map(line);
  const stuck = dependents
    .filter(
      ({ doc, moved, along }) => !along && isActive(doc) && moved.some(({ dropped, erased }) => dropped || erased),
    )
    .map(line);
  return { ...(free.length ? { sets_free: free } : {}), ...(stuck.length ? { wait_for_it: stuck } : {}) };
}
