// The gate: the one place that decides whether a call may run. Acts of people and of agents pass through it before
// `decide`.
import { Held, LeftToAgent, Locked, NotAllowed } from '../../errors.ts';
import type { Reader } from '../../log/action.ts';
import type { Call, Gate } from '../../pods/decide.ts';
import { RULES } from './rules.ts';
import type { AnyRule, Verdict } from './verdict.ts';

export const gate: Gate = async (read, call) => {
  const verdict = await verdictOn(read, call);
  switch (verdict.kind) {
    case 'run':
      return;
    case 'held':
      throw new Held(verdict.word);
    case 'locked':
      throw new Locked(verdict);
    case 'refuse': {
      const text = [verdict.why, verdict.whoMay].filter(Boolean).join(' ');
      throw verdict.left ? new LeftToAgent(text) : new NotAllowed(text);
    }
    default:
      verdict satisfies never;
  }
};

/** Returns the first verdict that is not `run`. The rules after it do not load their facts. */
export async function verdictOn(read: Reader, call: Call, rules: readonly AnyRule[] = RULES): Promise<Verdict> {
  for (const { load, judge } of rules) {
    const loading = load(read, call);
    const facts = loading instanceof Promise ? await loading : loading;
    const verdict = facts === undefined ? undefined : judge(facts);
    if (verdict) return verdict;
  }
  return { kind: 'run' };
}
