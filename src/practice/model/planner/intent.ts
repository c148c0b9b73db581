// The contract of intents: an intent recognises a wish and returns a talk, a generator that yields calls, gets their outcomes and returns the answer.

import type { Outcome, Situation, Wish } from './situation.ts';

export interface Call {
  tool: string;
  input: Readonly<Record<string, unknown>>;
  /** The talk goes on if the call fails. Without it, the talk ends and the person gets the error. */
  optional?: true;
}

/** Pure: it is run again from its start at each turn, and the same outcomes must lead to the same calls. */
export type Talk = Generator<readonly Call[], string, readonly Outcome[]>;

export interface Intent {
  /** Changes the pod. If a message has several such sentences, each is a wish of its own. */
  acts?: true;
  hear(wish: Wish, situation: Situation): (() => Talk) | undefined;
}

export function call(tool: string, input: Call['input'] = {}): Call {
  return { tool, input };
}

export function tryCall(tool: string, input: Call['input'] = {}): Call {
  return { tool, input, optional: true };
}

/** A property of the call's result. Undefined if the call failed or the result lacks it. */
export function part<T>(outcome: Outcome | undefined, name: string): T | undefined {
  if (outcome?.kind !== 'ok' || typeof outcome.json !== 'object' || outcome.json === null) return undefined;
  return (outcome.json as Record<string, T | undefined>)[name];
}

export function list<T>(outcome: Outcome | undefined, name: string): readonly T[] {
  const found = part<unknown>(outcome, name);
  return Array.isArray(found) ? found : [];
}

/** A talk of one call. */
export function* once(made: Call, answer: (outcome: Outcome) => string): Talk {
  const [outcome] = yield [made];
  return outcome ? answer(outcome) : '';
}

/** A talk that needs no call. */
// biome-ignore lint/correctness/useYield: every talk is a generator.
export function* say(text: string): Talk {
  return text;
}

export function troubleOf(outcome: Outcome): string | undefined {
  if (outcome.kind === 'failed') return `That did not work: ${outcome.text}`;
  if (outcome.kind === 'pending') return `That is waiting for an answer first (${outcome.text.trim()}).`;
  return undefined;
}
