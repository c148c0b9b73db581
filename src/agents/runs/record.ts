// The run's document: what it does and has used, written by whoever holds it. Each turn counts once, read off the transcript.
import type { Reader } from '../../log/action.ts';
import { CONVERSATIONS } from '../../pods/conversations/conversation.ts';
import { type Ending, LIVE, RUNS, type RunDoc, type RunStep } from '../../pods/runs/run.ts';
import type { Collection, CollectionSpec, Store } from '../../store/port.ts';
import { USE_TOOL } from '../../tools/use-tool.ts';
import type { TurnDoc } from '../sessions/session.ts';
import { toolUses } from '../sessions/transcript.ts';
import type { RunDeps, Wake } from './deps.ts';
import type { Run } from './load-run.ts';

export const RUN_SPEC: CollectionSpec = {
  name: RUNS.name,
  // As far as the transcript leads, it is counted again.
  kind: 'view',
  indexes: [
    { fields: ['pod', 'at'] },
    { fields: ['conversation', 'at'] },
    { fields: ['state', 'pod'] },
    { fields: ['root'] },
    { fields: ['at'] },
  ],
};

/** Runs of one root and day are read together at each turn: a document stays small. */
const MOST_STEPS = 12;
const MOST_TOOLS = 8;

export function runsIn(store: Store): Collection<RunDoc> {
  return store.collection<RunDoc>(RUNS.name);
}

/** Before anything is read for the run: from then on it is seen to be at work. */
export async function begin(
  deps: { store: Store; read: Reader; clock(): number },
  { id, pod, seq, conversation, agent }: Wake,
): Promise<RunDoc> {
  const runs = runsIn(deps.store);
  const root = (await deps.read.get(CONVERSATIONS, conversation))?.root ?? conversation;
  const none = { turns: 0, tokens: 0, cached: 0, steps: [] };
  const fresh: RunDoc = {
    id,
    rev: 1,
    pod,
    seq,
    conversation,
    agent,
    root,
    at: deps.clock(),
    state: 'working',
    ...none,
  };
  if ((await runs.insert([fresh]))[0] === 'inserted') return fresh;
  return (await change(deps.store, id, atWork)) ?? fresh;
}

/** The run, working again. It keeps its ending until its next step, unless the ending is a failure. */
function atWork(run: RunDoc): RunDoc {
  if (run.state === 'working') return run;
  const { waits: _waits, endedAt: _endedAt, ending, ...rest } = run;
  return { ...rest, state: 'working', ...(ending && ending.as !== 'failed' ? { ending } : {}) };
}

/** Changes the document however often others write it meanwhile; undefined when there is none. */
async function change(
  store: Store,
  id: string,
  make: (run: RunDoc) => RunDoc,
  known?: RunDoc,
): Promise<RunDoc | undefined> {
  const runs = runsIn(store);
  for (let run = known ?? (await runs.get(id)); run; run = await runs.get(id)) {
    const next = make(run);
    if (next === run) return run;
    if (await runs.replace(next, run.rev)) return { ...next, rev: run.rev + 1 };
  }
  return undefined;
}

/** Changes what the run knows of itself; one write, and none where nothing changes. */
export async function keep(deps: Pick<RunDeps, 'store'>, run: Run, make: (record: RunDoc) => RunDoc): Promise<Run> {
  const record = await change(deps.store, run.wake.id, make, run.record);
  // One that was forgotten meanwhile still comes to an end.
  return { ...run, record: record ?? make(run.record) };
}

/** The model's turns that stand and were not counted yet: after each turn, and those of a run that a crash cut off. */
export function count(deps: Pick<RunDeps, 'store' | 'actions'>, run: Run): Promise<Run> {
  return keep(deps, run, (record) => counting(record, run.turns, isToolIn(deps.actions)));
}

export function isToolIn(actions: RunDeps['actions']): (name: string) => boolean {
  return (name) => name === USE_TOOL || actions.has(name);
}

/** The run is over: whatever was not counted is, and how it ended. */
export async function finish(deps: Pick<RunDeps, 'store' | 'actions' | 'clock'>, run: Run): Promise<void> {
  await keep(deps, run, (record) => {
    if (record.state === 'ended') return record;
    const { message = run.record.message, ...all } = atWork(counting(record, run.turns, isToolIn(deps.actions)));
    const ending: Ending = run.record.ending ?? all.ending ?? { as: message ? 'answered' : 'silent' };
    return { ...all, ...(message ? { message } : {}), state: 'ended', endedAt: deps.clock(), ending };
  });
}

/** Pure: the same document where nothing is new. What the model calls a tool is kept only if there is such a tool. */
export function counting(record: RunDoc, turns: readonly TurnDoc[], known: (name: string) => boolean): RunDoc {
  const { epoch = 0, n = 0 } = record.counted ?? {};
  const fresh = turns.filter(
    (turn) =>
      turn.run === record.id &&
      turn.role === 'assistant' &&
      !turn.silent &&
      (turn.epoch > epoch || (turn.epoch === epoch && turn.n > n)),
  );
  const last = fresh.at(-1);
  if (!last) return record;
  const steps = fresh.map((turn, i): RunStep => {
    const tools = [...new Set(toolUses(turn).map(({ name }) => (known(name) ? name : '?')))].slice(0, MOST_TOOLS);
    return { n: record.turns + i + 1, at: turn.at, tools, tokens: uncached(turn) };
  });
  const { ending: _ending, ...rest } = record;
  return {
    ...rest,
    turns: record.turns + fresh.length,
    tokens: record.tokens + steps.reduce((sum, { tokens }) => sum + tokens, 0),
    cached: record.cached + fresh.reduce((sum, { usage }) => sum + (usage?.cacheRead ?? 0), 0),
    counted: { epoch: last.epoch, n: last.n },
    steps: [...record.steps, ...steps].slice(-MOST_STEPS),
  };
}

function uncached({ usage }: TurnDoc): number {
  return usage ? usage.input + usage.output + usage.cacheWrite : 0;
}

/** It is tried again later. */
export async function waitsUntil(store: Store, id: string, what: NonNullable<RunDoc['waits']>): Promise<void> {
  await change(store, id, (run) => (run.state === 'ended' ? run : { ...run, state: 'waiting', waits: what }));
}

/** Nothing works on it any more, nor waits to. */
export async function giveUp(store: Store, id: string, at: number): Promise<void> {
  await change(store, id, (run) => {
    if (run.state === 'ended') return run;
    const { waits: _waits, ...rest } = run;
    return { ...rest, state: 'ended', endedAt: at, ending: { as: 'failed', why: 'gave_up' } };
  });
}

/** The runs of a conversation that are not over. */
export function liveIn(store: Store, conversation: string): Promise<RunDoc[]> {
  return runsIn(store).find({ where: { conversation, state: { in: LIVE } } });
}

const NEWEST = 50;

/** The newest runs of a conversation, over or not. */
export function newestIn(store: Store, conversation: string): Promise<RunDoc[]> {
  return runsIn(store).find({ where: { conversation }, sort: [['at', 'desc']], limit: NEWEST });
}
