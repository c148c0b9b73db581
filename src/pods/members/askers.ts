// Names the people for whom an agent acts. Pure.

import type { ActRequest } from '../../log/act.ts';
import type { PersonId } from '../../log/participant.ts';

/** Returns for whom an act is done: the person who wrote last, with the rights that all of the people have. */
export function askersOf(heard: readonly PersonId[]): Pick<ActRequest, 'onBehalfOf' | 'heard'> {
  const newest = heard.at(-1);
  if (!newest) return {};
  return { onBehalfOf: newest, ...(heard.length > 1 ? { heard: heard.slice(0, -1) } : {}) };
}
