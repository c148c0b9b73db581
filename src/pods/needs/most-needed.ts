// Orders open items: the item that is due or needed first comes first. Pure.
import type { NeedDoc } from './need.ts';

type Urgency = Pick<NeedDoc, 'neededBy' | 'due' | 'at'>;

/** Compares two items for sorting. Items without a time come last, the oldest of them first. */
export function mostNeededFirst(a: Urgency, b: Urgency): number {
  return timeOf(a) - timeOf(b) || a.at - b.at;
}

/** Returns the time at which the item is needed. A due day counts from its beginning, in UTC. */
function timeOf({ neededBy, due }: Urgency): number {
  const day = due ? Date.parse(`${due}T00:00Z`) : Number.MAX_SAFE_INTEGER;
  return Math.min(neededBy ?? Number.MAX_SAFE_INTEGER, day);
}
