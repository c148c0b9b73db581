// Parses the element that tells how a question of the agent was settled.

import { readElements, unescapeText } from './elements.ts';
import { unmarked } from './mailed.ts';

export interface SettledQuestion {
  number: string;
  asked: string;
  answers: { from: string; choice?: string; words?: string }[];
  /** The sentence of Skein that says how the question ended, if nobody answered it. */
  says: string;
}

export function settledIn(attributes: Readonly<Record<string, string>>, body: string): SettledQuestion {
  const { elements, rest } = readElements(body);
  const answers = elements
    .filter(({ name }) => name === 'answer')
    .map(({ attributes: { from = 'Somebody', choice }, body: said }) => {
      const words = unescapeText(unmarked(said)).trim();
      return { from, ...(choice ? { choice } : {}), ...(words && words !== choice ? { words } : {}) };
    });
  return { number: attributes.number ?? '', asked: attributes.asked ?? '', answers, says: unescapeText(rest) };
}
