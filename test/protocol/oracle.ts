// The expected results: the same acts one after another on plain maps, without processes. The product must agree.

import type { Reader } from '../../src/log/action.ts';
import type { Commit } from '../../src/log/commit.ts';
import { fold } from '../../src/log/fold.ts';
import { idOf } from '../../src/log/ids.ts';
import type { ViewDoc } from '../../src/log/view.ts';
import type { AnyAction, Ctx, Decision } from '../../src/pods/action.ts';
import { KINDS } from '../../src/pods/kinds.ts';
import { withNeeds } from '../../src/pods/needs/raise.ts';
import type { PodDoc } from '../../src/pods/pod/pod.ts';
import { withRuns } from '../../src/pods/runs/hold.ts';
import { withInstructions } from '../../src/pods/runs/steering/follow-instructions.ts';
import { withFreed } from '../../src/pods/runs/steps/free-steps.ts';
import { withStepsHandedOn } from '../../src/pods/runs/steps/hand-steps-on.ts';
import { withoutStopped } from '../../src/pods/runs/stopped-wakes.ts';
import { withGraph } from '../../src/pods/tasks/graph/follow-graph.ts';
import { withReview } from '../../src/pods/tasks/review/follow-versions.ts';
import { compareDocs, matches } from '../store/memory.ts';
import { MODEL_ACTIONS } from './actions.ts';
import { NOW } from './stage.ts';
import type { Wish } from './wishes.ts';

/** The view documents of a pod by `<view> <id>`. */
export type State = ReadonlyMap<string, ViewDoc>;

/** The state before the first commit, and after each. */
export function statesOf(commits: readonly Commit[]): State[] {
  const states: State[] = [new Map()];
  for (const commit of commits) states.push(after(states.at(-1) ?? new Map(), commit));
  return states;
}

function after(state: State, commit: Commit): State {
  const next = new Map(state);
  for (const at of new Set(commit.changes.map(({ on, id }) => `${on} ${id}`))) {
    const changes = commit.changes.filter(({ on, id }) => `${on} ${id}` === at);
    const doc = fold(KINDS, state.get(at), changes, commit);
    if (doc) next.set(at, doc);
  }
  return next;
}

export type Verdict = { kind: 'done'; decision: Decision<unknown> } | { kind: 'refused'; reason: string };

/** The expected outcome of the act in this state. */
export async function decideIn(state: State, wish: Wish): Promise<Verdict> {
  const definition = MODEL_ACTIONS.get(wish.action) as AnyAction;
  const input: unknown = definition.input.parse(wish.input);
  const ctx = contextOf(state, wish);
  try {
    const view: unknown = await definition.load(readerOf(state), input, ctx);
    const read = readerOf(state);
    const reviewed = await withReview(read, definition.decide(view, input, ctx), ctx);
    const followsGraph = await withGraph(read, reviewed, ctx);
    const decided = await withInstructions(read, followsGraph, ctx);
    const followed = await withStepsHandedOn(read, await withFreed(read, decided, ctx), ctx);
    const needed = await withNeeds(read, await withoutStopped(read, followed, ctx), ctx);
    return { kind: 'done', decision: await withRuns(read, needed, ctx, undefined) };
  } catch (error) {
    return { kind: 'refused', reason: String(error) };
  }
}

function contextOf(state: State, { pod, key }: Wish): Ctx {
  const podDoc = state.get(`pods ${pod}`) as PodDoc | undefined;
  return {
    pod,
    key,
    actor: 'skein',
    via: 'skein',
    at: NOW,
    role: 'skein',
    ...(podDoc ? { podDoc } : {}),
    id: (prefix, n = 0) => idOf(prefix, pod, key, n),
    isNew: () => false,
    alsoNew() {},
    text: (words) => `b_${words}`,
    blob: unused,
  };
}

/** The actions of the model read only documents, not the log. */
function unused(): never {
  throw new Error('The oracle does not know this.');
}

function readerOf(state: State): Reader {
  return {
    get: async (view, id) => state.get(`${view.name} ${id}`) as never,
    find: async (view, { where, sort = [], limit }) =>
      [...state]
        .flatMap(([at, doc]) => (at.startsWith(`${view.name} `) && matches(doc, where) ? [doc] : []))
        .sort((a, b) => compareDocs(sort, a, b))
        .slice(0, limit) as never,
    count: unused,
    texts: unused,
    labelled: unused,
    blob: unused,
    commits: unused,
    head: unused,
    search: unused,
  };
}
