// The shared budgets: all runs of one request (the same root) share one, and all runs of a pod on one day share
// another.

import type { Reader } from '../../log/action.ts';
import { isPerson } from '../../log/participant.ts';
import { asksToGoOn } from '../../pods/conversations/words/stop-words.ts';
import { changesOf } from '../../pods/kinds.ts';
import { MEMBERS, memberId } from '../../pods/members/member.ts';
import type { RunDoc } from '../../pods/runs/run.ts';

/** The budget of all runs of one request, in uncached tokens: five times the default budget of one agent. */
export const ROOT_TOKENS = 2_000_000;
/**
 * The budget of all runs of a pod on one day (UTC): about a hundred usual requests. It stops a run that loops all
 * night.
 */
export const DAY_TOKENS = 10_000_000;
/** The share of a budget from which the agent is warned. */
const NEARLY = 0.8;

/** Uncached tokens used by all runs of the root, and by all runs of the pod on that day. */
export interface Shared {
  root: number;
  day: number;
}

/** A budget, or the used part of one. `tokens` are uncached tokens. */
interface Budget {
  turns: number;
  tokens: number;
}

/**
 * Pure. Returns the first budget that is used up: the run's own, that of its root, or the day's. Undefined if all have
 * something left.
 */
export function usedUp(budget: Budget, spent: Budget, shared: Shared): 'run' | 'root' | 'day' | undefined {
  if (spent.turns >= budget.turns || spent.tokens >= budget.tokens) return 'run';
  if (shared.root >= rootBudget(budget)) return 'root';
  return shared.day >= DAY_TOKENS ? 'day' : undefined;
}

/** Pure. Returns the warning for the agent near the end of a budget; an empty text before that. */
export function budgetWords(budget: Budget, spent: Budget, shared: Shared): string {
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

/** Returns the budget of a request, in tokens: ROOT_TOKENS, or the agent's own budget if that is larger. */
export function rootBudget({ tokens }: Budget): number {
  return Math.max(ROOT_TOKENS, tokens);
}

/** True if an owner's “go on” started the run. Such a run may exceed the day's budget, but not that of its root. */
export async function isOwnersApproval(read: Reader, { pod, root }: RunDoc): Promise<boolean> {
  const seq = Number(root.slice(root.lastIndexOf(':') + 1));
  const [commit] = Number.isInteger(seq) ? await read.commits(pod, seq, seq) : [];
  if (!commit || !isPerson(commit.actor)) return false;
  const member = await read.get(MEMBERS, memberId(pod, commit.actor));
  const said = changesOf(commit).find((change) => change.type === 'message_posted');
  if (member?.state !== 'in' || member.role !== 'owner' || !said) return false;
  return asksToGoOn((await read.texts([said.body])).get(said.body) ?? '');
}
