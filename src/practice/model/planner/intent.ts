// What an intent is: it hears a wish, and then talks: yields calls, gets their outcomes, returns its answer.

import type { Outcome, Situation, Wish } from './situation.ts';

export interface Call {
  tool: string;
  input: Readonly<Record<string, unknown>>;
  /** Without it the talk ends when the call fails or has to wait, and the person is told. */
  optional?: true;
}

/** Pure, and run again from its start at every turn: the same outcomes lead to the same calls. */
export type Talk = Generator<readonly Call[], string, readonly Outcome[]>;

export interface Intent {
  /** Acts on the pod: several such sentences in one message are heard one by one. */
  acts?: true;
  hear(wish: Wish, situation: Situation): (() => Talk) | undefined;
}

export function call(tool: string, input: Call['input'] = {}): Call {
  return { tool, input };
}

export function tryCall(tool: string, input: Call['input'] = {}): Call {
  return { tool, input, optional: true };
}

/** A property of a result, when the call went well and its result has it. */
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
