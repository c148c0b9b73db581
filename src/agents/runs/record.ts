// Writes the run's document: its state, steps and tokens. Turns are counted from the transcript, each once.
import type { ConversationDoc } from '../../pods/conversations/conversation.ts';
import { type Ending, LIVE, RUNS, type RunDoc, type RunStep } from '../../pods/runs/run.ts';
import type { Collection, CollectionSpec, Store, Write } from '../../store/port.ts';
import { GO_AHEAD } from '../../tools/go-ahead.ts';
import { STAY_SILENT } from '../../tools/stay-silent.ts';
import { USE_TOOL } from '../../tools/use-tool.ts';
import { type Charge, charge, charging } from '../budget/totals.ts';
import type { TurnDoc } from '../sessions/session.ts';
import { toolUses } from '../sessions/transcript.ts';
import type { RunDeps, Wake } from './deps.ts';
import type { Run } from './load-run.ts';

export const RUN_SPEC: CollectionSpec = {
  name: RUNS.name,
  kind: 'tally',
  indexes: [
    { fields: ['pod', 'at'] },
    { fields: ['pod', 'state', 'at'] },
    { fields: ['conversation', 'state', 'at'] },
    { fields: ['conversation', 'at'] },
    { fields: ['state', 'pod'] },
    { fields: ['root'] },
    { fields: ['at'] },
  ],
};

/** The document is written at each turn, so it keeps few steps. */
const MOST_STEPS = 12;
const MOST_TOOLS = 8;

export function runsIn(store: Store): Collection<RunDoc> {
  return store.collection<RunDoc>(RUNS.name);
}

/** Creates the run's document, or sets an existing one to working again. From this moment people can see the run. */
export async function begin(
  deps: { store: Store; clock(): number },
  { id, pod, seq, conversation, agent }: Wake,
  doc: ConversationDoc | undefined,
): Promise<RunDoc> {
  const runs = runsIn(deps.store);
  const root = doc?.root ?? conversation;
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

/** Returns the run, set to working again. An ending that is not a failure stays until the next step. */
function atWork(run: RunDoc): RunDoc {
  if (run.state === 'working') return run;
  const { waits: _waits, endedAt: _endedAt, ending, ...rest } = run;
  return { ...rest, state: 'working', ...(ending && ending.as !== 'failed' ? { ending } : {}) };
}

/** Updates the run's document with optimistic locking. Returns undefined if there is no such document. */
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

/** Updates the run's document in one write; writes nothing if nothing changes. Returns the run with the new document. */
export async function keep(deps: Pick<RunDeps, 'store'>, run: Run, make: (record: RunDoc) => RunDoc): Promise<Run> {
  const record = await change(deps.store, run.wake.id, make, run.record);
  // The document may have been pruned meanwhile. The run goes on without it.
  return { ...run, record: record ?? make(run.record) };
}

/**
 * Counts the model's turns that were not counted yet, also those from before a crash, and charges them to the budgets
 * that the run shares.
 */
export async function count(deps: CountDeps, run: Run): Promise<Run> {
  const charges = uncounted(run.record, run.turns).map((turn) => ({ id: turn.id, tokens: uncached(turn) }));
  if (!charges.length) return { ...run, totals: await charge(deps, run.record, charges, run.totals) };
  const { writeAll } = deps.store;
  if (writeAll) return countAtOnce(deps, run, charges, writeAll);
  // Charged first, since what is counted in the run's document is not charged any more.
  const totals = await charge(deps, run.record, charges, run.totals);
  return { ...(await keep(deps, run, (record) => counting(record, run.turns, isToolIn(deps.actions)))), totals };
}

type CountDeps = Pick<RunDeps, 'store' | 'actions' | 'clock'>;

/**
 * Charges and counts in one transaction, which also commits the turns. So if the next step kills the process, these turns are
 * neither asked for again nor left uncharged, however often that happens.
 */
async function countAtOnce(
  deps: CountDeps,
  run: Run,
  charges: readonly Charge[],
  writeAll: NonNullable<Store['writeAll']>,
): Promise<Run> {
  const { writes, totals } = await charging(deps, run.record, charges);
  for (let stands: RunDoc | undefined = run.record; ; stands = await runsIn(deps.store).get(run.record.id)) {
    const before = stands ?? run.record;
    const record = counting(before, run.turns, isToolIn(deps.actions));
    // The document may have been pruned meanwhile. The run goes on without it.
    const replaces = stands !== undefined && record !== before;
    const replace: Write = { kind: 'replace', collection: RUNS.name, doc: record, expectedRev: before.rev };
    if (await writeAll([...(replaces ? [replace] : []), ...writes]))
      return { ...run, record: replaces ? { ...record, rev: before.rev + 1 } : record, totals: totals() };
  }
}

export function isToolIn(actions: RunDeps['actions']): (name: string) => boolean {
  return (name) => name === USE_TOOL || name === STAY_SILENT || name === GO_AHEAD || actions.has(name);
}

/** Ends the run: counts the turns that were not counted yet, and records how the run ended. */
export async function finish(deps: Pick<RunDeps, 'store' | 'actions' | 'clock'>, run: Run): Promise<void> {
  await keep(deps, run, (record) => {
    if (record.state === 'ended') return record;
    const { message = run.record.message, ...all } = atWork(counting(record, run.turns, isToolIn(deps.actions)));
    const ending: Ending = run.record.ending ?? all.ending ?? { as: message ? 'answered' : 'silent' };
    return { ...all, ...(message ? { message } : {}), state: 'ended', endedAt: deps.clock(), ending };
  });
}

/** Pure. Returns the run's document with all its steps counted and the state “waiting for these questions”. */
export function waitsForQuestions(
  deps: Pick<RunDeps, 'actions'>,
  run: Run,
  record: RunDoc,
  questions: string[],
): RunDoc {
  const { message = run.record.message, ...all } = atWork(counting(record, run.turns, isToolIn(deps.actions)));
  const { ending: _ending, ...rest } = all;
  return { ...rest, ...(message ? { message } : {}), state: 'waiting', waits: { for: 'questions', questions } };
}

/** Pure. As above, for a run that people have paused, or whose work a person has taken over. */
export function waitsForPeople(deps: Pick<RunDeps, 'actions'>, run: Run, record: RunDoc): RunDoc {
  const { ending: _ending, ...rest } = atWork(counting(record, run.turns, isToolIn(deps.actions)));
  return { ...rest, state: 'waiting', waits: { for: 'people' } };
}

/**
 * Pure. Counts the turns that are not in `record` yet; returns the same object if there are none. The name of a tool
 * that does not exist is recorded as `?`.
 */
export function counting(record: RunDoc, turns: readonly TurnDoc[], known: (name: string) => boolean): RunDoc {
  const fresh = uncounted(record, turns);
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

function uncounted(
  { id, counted: { epoch = 0, n = 0 } = { epoch: 0, n: 0 } }: RunDoc,
  turns: readonly TurnDoc[],
): TurnDoc[] {
  return turns.filter(
    (turn) =>
      turn.run === id &&
      turn.role === 'assistant' &&
      !turn.silent &&
      (turn.epoch > epoch || (turn.epoch === epoch && turn.n > n)),
  );
}

function uncached({ usage }: TurnDoc): number {
  return usage ? usage.input + usage.output + usage.cacheWrite : 0;
}

/** The message shows what the run does from now on. */
export async function keepCard(store: Store, id: string, card: string): Promise<void> {
  await change(store, id, (run) => (run.card === card ? run : { ...run, card }));
}

/** Sets the run to waiting, because its wake is retried later. */
export async function waitsUntil(
  store: Store,
  id: string,
  what: NonNullable<RunDoc['waits']>,
): Promise<RunDoc | undefined> {
  return change(store, id, (run) => (run.state === 'ended' ? run : { ...run, state: 'waiting', waits: what }));
}

/** Ends the run as failed, because its wake was set aside. */
export async function giveUp(store: Store, id: string, at: number): Promise<RunDoc | undefined> {
  return change(store, id, (run) => {
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
