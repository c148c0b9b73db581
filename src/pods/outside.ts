// Words from outside in what an action answers: whoever takes them in is told, and an agent's session is tied by them.
import { kindOf } from './participant.ts';

/** Came with words that no member wrote, or another app or somebody of another organisation said it. */
export function isOutside(thing: object): boolean {
  const { outside, foreign, by } = thing as { outside?: unknown; foreign?: unknown; by?: unknown };
  return Boolean(outside || foreign) || (typeof by === 'string' && kindOf(by) === 'app');
}

/** What an answer says once any of these does. */
export function someOutside(all: readonly object[]): { outside?: true } {
  return all.some(isOutside) ? { outside: true } : {};
}
