// The words on which a verdict is due, and the verdict on each: a wish for something else conflicts, and all others fit. Pure.
import type { Element } from './elements.ts';

/** A word on which a verdict is due. `text` is empty if only its name is known. */
export interface Due {
  name: string;
  text: string;
}

const DUE = /^due: (i\d+)[^:\n]*(?:: “([^\n]*)”)?/gm;
const ELSE = /\b(?:instead|rather)\b/i;

/** `messages`: the texts of messages by the names that they have for verdicts. */
export function dueIn({ name, body }: Element, messages: ReadonlyMap<string, string>): Due[] {
  if (name !== 'verdicts') return [];
  return [...body.matchAll(DUE)].map(([, of = '', quote = '']) => ({ name: of, text: messages.get(of) ?? quote }));
}

export function verdictsOn(due: readonly Due[]): { verdicts?: Record<string, string> } {
  if (!due.length) return {};
  return { verdicts: Object.fromEntries(due.map(({ name, text }) => [name, wantsElse(text) ? 'conflicts' : 'fits'])) };
}

/** True for a wish for something else than was to be done. */
export function wantsElse(text: string): boolean {
  return ELSE.test(text);
}
