// Words from outside in what an action answers: whoever takes them in is told, and an agent's session is tied by them.
import { kindOf } from '../../log/participant.ts';

/** Came with words that no member wrote, or another app or somebody of another organisation said it. */
export function isOutside(thing: object): boolean {
  const said = thing as { outside?: unknown; outsideText?: unknown; foreign?: unknown; by?: unknown };
  const { outside, outsideText, foreign, by } = said;
  return Boolean(outside || outsideText || foreign) || (typeof by === 'string' && kindOf(by) === 'app');
}

/** What an answer says once any of these does. */
export function someOutside(all: readonly object[]): { outside?: true } {
  return all.some(isOutside) ? { outside: true } : {};
}
