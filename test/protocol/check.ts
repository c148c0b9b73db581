// Checks the invariants after a history. Returns the violations as sentences.

import type { Reader } from '../../src/log/action.ts';
import type { Commit } from '../../src/log/commit.ts';
import { rebuild } from '../../src/log/heal/rebuild.ts';
import { worded } from '../../src/log/labels/seen.ts';
import { KINDS, VIEW_SPECS } from '../../src/pods/kinds.ts';
import { type MemoryData, memoryData } from '../store/memory.ts';
import { MODEL_ACTIONS } from './actions.ts';
import type { Answer, History } from './history.ts';
import { decideIn, type State, statesOf } from './oracle.ts';
import { appliedOf, commitsOf, storeOf, type Variant } from './stage.ts';
import { NEW_POD, OPEN_POD, type Wish } from './wishes.ts';

export async function faultsOf(history: History, variant: Variant): Promise<string[]> {
  const faults = history.unanswered.map(({ key, action }) => `${action} by ${key} was never answered.`);
  if (!history.quiet) faults.push('Sweeping finds no end.');
  for (const pod of [OPEN_POD, NEW_POD]) {
    const commits = commitsOf(history.data, pod);
    const answers = history.answers.filter(({ wish }) => wish.pod === pod);
    faults.push(...faultsOfLog(pod, commits, history), ...faultsOfDeliveries(pod, commits, history));
    if (faults.length) continue;
    const states = statesOf(commits);
    faults.push(...(await faultsOfDecisions(commits, states, history)));
    for (const answer of answers) faults.push(...(await faultsOfAnswer(answer, commits, states, history)));
    const first = answers.filter(({ said }) => said.kind === 'done' && said.outcome.commit && !said.outcome.repeated);
    const keys = first.map(({ wish }) => wish.key);
    if (new Set(keys).size < keys.length) faults.push(`${pod}: two were told that theirs was the first: ${keys}.`);
  }
  return [...faults, ...(await faultsOfViews(history, variant))];
}

function faultsOfLog(pod: string, commits: readonly Commit[], { data }: History): string[] {
  const seqs = commits.map(({ seq }) => seq);
  const keys = commits.map(({ key }) => key);
  const faults: string[] = [];
  if (seqs.some((seq, n) => seq !== n + 1)) faults.push(`${pod}: the numbers are ${seqs}.`);
  if (new Set(keys).size < keys.length) faults.push(`${pod}: a key is there twice: ${keys}.`);
  if (appliedOf(data, pod) !== commits.length)
    faults.push(`${pod}: ${commits.length} commits, but applied is ${appliedOf(data, pod)}.`);
  if (commits.some(({ pending }) => pending)) faults.push(`${pod}: a commit is still pending.`);
  return faults;
}

function faultsOfDeliveries(pod: string, commits: readonly Commit[], { handed }: History): string[] {
  const wanted = new Map(commits.flatMap((commit) => commit.deliveries.map((one) => [one.id, JSON.stringify(one)])));
  const got = handed.filter((one) => one.pod === pod);
  const ids = new Set(got.map(({ id }) => id));
  return [
    ...[...wanted.keys()].filter((id) => !ids.has(id)).map((id) => `${pod}: the delivery ${id} was never handed over.`),
    ...got
      .filter((one) => wanted.get(one.id) !== JSON.stringify(one))
      .map(({ id }) => `${pod}: the delivery ${id} was handed over, but no commit says so.`),
  ];
}

/** Each commit must be the expected outcome of its act after the commit before it. */
async function faultsOfDecisions(
  commits: readonly Commit[],
  states: State[],
  { wishes, data }: History,
): Promise<string[]> {
  const faults: string[] = [];
  for (const commit of commits) {
    const before = states[commit.seq - 1] ?? new Map();
    const asked = wishes.filter(
      ({ pod, key, action }) => pod === commit.pod && key === commit.key && action === commit.action,
    );
    const verdicts = await Promise.all(asked.map((wish) => decideIn(before, wish)));
    if (!verdicts.some((verdict) => verdict.kind === 'done' && saysSame(verdict.decision, commit, data)))
      faults.push(`${commit.id} (${commit.action}) was decided on another state than the one before it.`);
  }
  return faults;
}

type Says = Pick<Commit, 'changes' | 'result'>;

/** Ids of bodies are random here. The oracle derives them from the texts. */
function saysSame(decision: Says, commit: Commit, { bodies }: MemoryData): boolean {
  const said = ({ changes, result }: Says) =>
    JSON.stringify([changes, result]).replace(/b_\w{25}/g, (id) => `b_${bodies.get(id)?.text}`);
  return said(decision) === said(commit);
}

async function faultsOfAnswer(
  answer: Answer,
  commits: readonly Commit[],
  states: State[],
  { data }: History,
): Promise<string[]> {
  const { wish, said, from, to } = answer;
  const named = `${wish.pod}: ${wish.action} ${JSON.stringify(wish.input)} by ${wish.key}`;
  const first = commits.find(({ key }) => key === wish.key);
  if (MODEL_ACTIONS.get(wish.action)?.effect === 'read') return faultsOfReading(named, answer, states);
  if (said.kind === 'done') {
    const { commit, result } = said.outcome;
    if (!first || commit?.id !== first.id) return [`${named} was acknowledged, but is not on the log.`];
    if (first.action !== wish.action || !(await isWhat(wish, first, states, data)))
      return [`${named} was acknowledged with what somebody else wanted by that key.`];
    if (JSON.stringify(result) !== JSON.stringify(await worded(textsIn(data), first.result)))
      return [`${named} gave another result than its commit.`];
    return answer.applied < first.seq ? [`${named} was acknowledged before the views held it.`] : [];
  }
  const reason = String(said.error);
  if (reason.includes('was already used')) {
    const other = first && first.seq <= to && !(await isWhat(wish, first, states, data));
    return other ? [] : [`${named} was refused as another input, and is none.`];
  }
  // The answer is right if it was the expected one at some moment between question and answer, before the key was used.
  const end = first ? Math.min(to, first.seq - 1) : to;
  return (await someIn(states.slice(from, end + 1), wish, (verdict) => verdict === reason))
    ? []
    : [`${named} was refused without a reason: ${reason}`];
}

async function faultsOfReading(named: string, { wish, said, from, to }: Answer, states: State[]): Promise<string[]> {
  const heard = said.kind === 'done' ? JSON.stringify(said.outcome.result) : String(said.error);
  // The newest commit may not have been folded yet when it was read.
  const held = await someIn(states.slice(Math.max(0, from - 1), to + 1), wish, (verdict) => verdict === heard);
  return held ? [] : [`${named} read what never was: ${heard}`];
}

async function someIn(states: readonly State[], wish: Wish, is: (verdict: string) => boolean): Promise<boolean> {
  for (const state of states) {
    const verdict = await decideIn(state, wish);
    if (is(verdict.kind === 'done' ? JSON.stringify(verdict.decision.result) : verdict.reason)) return true;
  }
  return false;
}

async function isWhat(wish: Wish, commit: Commit, states: State[], data: MemoryData): Promise<boolean> {
  if (wish.action !== commit.action) return false;
  const verdict = await decideIn(states[commit.seq - 1] ?? new Map(), wish);
  return verdict.kind === 'done' && saysSame(verdict.decision, commit, data);
}

const textsIn = ({ bodies }: MemoryData): Pick<Reader, 'labelled'> => ({
  labelled: async (ids) =>
    new Map([...bodies.values()].filter(({ id }) => ids.includes(id)).map(({ id, text }) => [id, { text }])),
});

/** The views must be what a rebuild makes of the same commits in an empty store. */
async function faultsOfViews({ data }: History, variant: Variant): Promise<string[]> {
  const fresh = memoryData();
  fresh.docs.set('commits', new Map(data.docs.get('commits')));
  fresh.bodies = data.bodies;
  const store = storeOf(variant, { data: fresh });
  for (const pod of [OPEN_POD, NEW_POD]) if (appliedOf(data, pod) > 0) await rebuild({ store, kinds: KINDS }, pod);
  const faults = VIEW_SPECS.flatMap(({ name }) => differences(name, data.docs.get(name), fresh.docs.get(name)));
  return [...faults, ...differences('search', withLag(data.postings, fresh.postings), fresh.postings)];
}

/** A posting with the same text is not rewritten, so its number may lag behind its document's, but never lead. */
function withLag(live: MemoryData['postings'], rebuilt: MemoryData['postings']): MemoryData['postings'] {
  return new Map(
    [...live].map(([id, posting]) => [id, { ...posting, seq: Math.max(posting.seq, rebuilt.get(id)?.seq ?? 0) }]),
  );
}

type ById = ReadonlyMap<string, object>;

/** The content of a document, without its revision. */
const textOf = (doc: object | undefined) => doc && JSON.stringify({ ...doc, rev: undefined });

function differences(name: string, live: ById = new Map(), rebuilt: ById = new Map()): string[] {
  return [...new Set([...live.keys(), ...rebuilt.keys()])].flatMap((id) => {
    const [is, would] = [textOf(live.get(id)), textOf(rebuilt.get(id))];
    return is === would ? [] : [`${name} ${id} is ${is}; rebuilt it is ${would}.`];
  });
}
