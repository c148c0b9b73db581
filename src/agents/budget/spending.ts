// What runs have used, by what set them off and by day: agents share an end, however many of them work.

import type { Reader } from '../../log/action.ts';
import { isPerson } from '../../log/participant.ts';
import { asksToGoOn } from '../../pods/conversations/addressing.ts';
import { changesOf } from '../../pods/kinds.ts';
import { MEMBERS, memberId } from '../../pods/members/member.ts';
import { RUNS, type RunDoc } from '../../pods/runs/run.ts';
import type { Store } from '../../store/port.ts';

/** All runs of one request together, in tokens that were not read from the cache: five times what one agent may by default. */
export const ROOT_TOKENS = 2_000_000;
/** All runs of a pod within a day (UTC): some hundred requests of the usual length, and an end to what goes wrong at night. */
export const DAY_TOKENS = 10_000_000;
/** The agent is told when so much of any budget is used. */
const NEARLY = 0.8;

export interface SpendingDeps {
  store: Store;
  clock(): number;
}

/** Tokens of all runs together. */
export interface Shared {
  root: number;
  day: number;
  /** When the day was added up, in milliseconds since 1970. */
  at: number;
}

/** A pod has many runs a day. Until its budget is nearly used up, they are added up this often, not at each turn. */
const DAY_READ_MS = 20_000;

/** Tokens used by all runs of the same root, and by all runs of the pod today. `known`: the numbers of the run's turn before. */
export async function sharedWith(
  { store, clock }: SpendingDeps,
  { root, pod }: Pick<RunDoc, 'root' | 'pod'>,
  known?: Shared,
): Promise<Shared> {
  const runs = store.collection<RunDoc>(RUNS.name);
  const now = clock();
  const today = Date.parse(dayOf(now));
  const [ofRoot, ofDay] = await Promise.all([
    runs.find({ where: { root } }),
    known && stillGood(known, now) ? undefined : runs.find({ where: { pod, at: { gte: today } } }),
  ]);
  return ofDay || !known ? { root: sum(ofRoot), day: sum(ofDay ?? []), at: now } : { ...known, root: sum(ofRoot) };
}

/** Near the end of the day's budget every turn counts. */
function stillGood({ day, at }: Shared, now: number): boolean {
  return !near(day, DAY_TOKENS) && Math.abs(now - at) < DAY_READ_MS && dayOf(at) === dayOf(now);
}

function sum(docs: readonly RunDoc[]): number {
  return docs.reduce((total, { tokens }) => total + tokens, 0);
}

export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** The budget of a run, or its use of it: turns of the model, and tokens that were not read from the cache. */
interface Budget {
  turns: number;
  tokens: number;
}

/** Pure: which budget is used up. */
export function usedUp(
  budget: Budget,
  spent: Budget,
  shared: Pick<Shared, 'root' | 'day'>,
): 'run' | 'root' | 'day' | undefined {
  if (spent.turns >= budget.turns || spent.tokens >= budget.tokens) return 'run';
  if (shared.root >= rootBudget(budget)) return 'root';
  return shared.day >= DAY_TOKENS ? 'day' : undefined;
}

/** Pure: what the agent is told near the end of a budget; nothing before. */
export function budgetWords(budget: Budget, spent: Budget, shared: Pick<Shared, 'root' | 'day'>): string {
  const words = [
    ...(near(spent.turns, budget.turns) || near(spent.tokens, budget.tokens)
      ? [`${Math.max(budget.turns - spent.turns, 0)} turns left.`]
      : []),
    ...(near(shared.root, rootBudget(budget)) ? ['All agents together have nearly used what this request may.'] : []),
    ...(near(shared.day, DAY_TOKENS) ? ['The agents of this pod have nearly used what they may today.'] : []),
  ];
  if (!words.length) return '';
  return `<budget>Nearly used up: ${words.join(' ')} Finish, and say what is open.</budget>`;
}

function near(used: number, all: number): boolean {
  return used >= all * NEARLY;
}

/** An agent that may use more by itself is not held back by those it works with. */
export function rootBudget({ tokens }: Budget): number {
  return Math.max(ROOT_TOKENS, tokens);
}

/** Whether the run was set off by an owner's “go on”. It may pass the day's budget, but not the request's. */
export async function isOwnersApproval(read: Reader, { pod, root }: RunDoc): Promise<boolean> {
  const seq = Number(root.slice(root.lastIndexOf(':') + 1));
  const [commit] = Number.isInteger(seq) ? await read.commits(pod, seq, seq) : [];
  if (!commit || !isPerson(commit.actor)) return false;
  const member = await read.get(MEMBERS, memberId(pod, commit.actor));
  const said = changesOf(commit).find((change) => change.type === 'message_posted');
  if (member?.state !== 'in' || member.role !== 'owner' || !said) return false;
  return asksToGoOn((await read.texts([said.body])).get(said.body) ?? '');
}
