// Orders open items: what is due or asked for soonest comes first. Pure.
import type { NeedDoc } from './need.ts';

type Urgency = Pick<NeedDoc, 'neededBy' | 'due' | 'at'>;

/** For sorting. Items without a time come last, the oldest of them first. */
export function mostNeededFirst(a: Urgency, b: Urgency): number {
  return timeOf(a) - timeOf(b) || a.at - b.at;
}

/** A due day counts from its beginning. */
function timeOf({ neededBy, due }: Urgency): number {
  const day = due ? Date.parse(`${due}T00:00Z`) : Number.MAX_SAFE_INTEGER;
  return Math.min(neededBy ?? Number.MAX_SAFE_INTEGER, day);
}
