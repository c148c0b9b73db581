// Whose word an act of an agent is. Pure.

import type { ActRequest } from '../../log/act.ts';
import type { PersonId } from '../../log/participant.ts';

/** Whose word an act is: done for the newest, within the rights of all. */
export function askersOf(heard: readonly PersonId[]): Pick<ActRequest, 'onBehalfOf' | 'heard'> {
  const newest = heard.at(-1);
  if (!newest) return {};
  return { onBehalfOf: newest, ...(heard.length > 1 ? { heard: heard.slice(0, -1) } : {}) };
}
