// The gate's verdict on a call, and the contract of the rules that give it.
import type { Reader } from '../../log/action.ts';
import type { Call } from '../../pods/decide.ts';

/** No rule has anything against it, or one refuses it with its reason and with who may do it, or what to do instead. */
export type Verdict = { kind: 'run' } | Refusal;

export interface Refusal {
  kind: 'refuse';
  why: string;
  whoMay: string;
}

/** One reason for which a call may not run. `F` are the facts that it judges by. */
export interface Rule<F> {
  name: string;
  /** Reads the facts, from what the act is decided on; undefined where the rule does not concern the call. */
  load(read: Reader, call: Call): Promise<F | undefined>;
  /** Pure; undefined: this rule has nothing against it. */
  judge(facts: F): Exclude<Verdict, { kind: 'run' }> | undefined;
}

// biome-ignore lint/suspicious/noExplicitAny: the list of rules holds facts of every shape
export type AnyRule = Rule<any>;

/** Ties the types of one rule together; adds nothing. */
export function rule<F>(definition: Rule<F>): Rule<F> {
  return definition;
}

export function refuse(why: string, whoMay = ''): Refusal {
  return { kind: 'refuse', why, whoMay };
}
