// The contract of intents. An intent recognises a wish and returns a talk: a generator that yields calls, receives
// their outcomes and returns the answer.

import type { Situation, Wish } from './situation.ts';
import type { Outcome } from './step.ts';

export interface Call {
  tool: string;
  input: Readonly<Record<string, unknown>>;
  /** Set if the talk continues when the call fails. Otherwise the talk ends, and the person gets the error. */
  optional?: true;
}

/**
 * A talk must be pure: it is run again from its start at each turn, and the same outcomes must lead to the same calls.
 */
export type Talk = Generator<readonly Call[], string, readonly Outcome[]>;

export interface Intent {
  /**
   * Set if the intent changes the pod. If a message has several sentences with such intents, each sentence is a
   * separate wish.
   */
  acts?: true;
  hear(wish: Wish, situation: Situation): (() => Talk) | undefined;
}

export function call(tool: string, input: Call['input'] = {}): Call {
  return { tool, input };
}

export function tryCall(tool: string, input: Call['input'] = {}): Call {
  return { tool, input, optional: true };
}

/** Returns a property of the call's result. Undefined if the call failed or the result lacks the property. */
export function part<T>(outcome: Outcome | undefined, name: string): T | undefined {
  if (outcome?.kind !== 'ok' || typeof outcome.json !== 'object' || outcome.json === null) return undefined;
  return (outcome.json as Record<string, T | undefined>)[name];
}

export function list<T>(outcome: Outcome | undefined, name: string): readonly T[] {
  const found = part<unknown>(outcome, name);
  return Array.isArray(found) ? found : [];
}

/** Makes a talk of one call. */
export function* once(made: Call, answer: (outcome: Outcome) => string): Talk {
  const [outcome] = yield [made];
  return outcome ? answer(outcome) : '';
}

/** Makes a talk without a call. */
// biome-ignore lint/correctness/useYield: every talk is a generator.
export function* say(text: string): Talk {
  return text;
}

export function troubleOf(outcome: Outcome): string | undefined {
  if (outcome.kind === 'failed') return `That did not work: ${outcome.text}`;
  if (outcome.kind === 'pending') return `That is waiting for an answer first (${outcome.text.trim()}).`;
  return undefined;
}
