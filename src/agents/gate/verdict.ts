// The gate's verdict on a call, and the contract of the rules that give it.
import type { LockedBy } from '../../errors.ts';
import type { Reader } from '../../log/action.ts';
import type { Call } from '../../pods/decide.ts';

/** A refusal holds the reason, and says what to do or whom to ask instead. */
export type Verdict = { kind: 'run' } | Hold | Locked | Refusal;

/** The run has to hear the commit `word` first. Then it may ask for the same call again. */
export interface Hold {
  kind: 'held';
  word: number;
}

/**
 * Different people want things of the run: it has to say whether both fit, or people have to. Or somebody goes with every step,
 * and has to say yes. Then it may ask again.
 */
export type Locked = { kind: 'locked' } & LockedBy;

export interface Refusal {
  kind: 'refuse';
  why: string;
  whoMay: string;
  /** Set if nobody else has to do it: the agent may decide by itself. */
  left?: true;
}

/** One check of the gate. `F`: the facts on which the check decides. `V`: the verdicts that it may give. */
export interface Rule<F, V extends Hold | Locked | Refusal = Refusal> {
  name: string;
  /**
   * Loads the facts from the same snapshot as the action. Undefined: the rule does not apply to this call. Every act asks
   * all rules, so a rule that reads nothing returns no promise.
   */
  load(read: Reader, call: Call): F | undefined | Promise<F | undefined>;
  /** Pure. Undefined: the rule allows the call. */
  judge(facts: F): V | undefined;
}

// biome-ignore lint/suspicious/noExplicitAny: the list of rules holds facts of every shape
export type AnyRule = Rule<any, Hold | Locked | Refusal>;

/** Returns the definition unchanged, and lets TypeScript infer `F` from it. */
export function rule<F, V extends Hold | Locked | Refusal = Refusal>(definition: Rule<F, V>): Rule<F, V> {
  return definition;
}

export function refuse(why: string, whoMay = ''): Refusal {
  return { kind: 'refuse', why, whoMay };
}
