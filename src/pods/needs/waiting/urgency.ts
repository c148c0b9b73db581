// The order in which things wait for a person: the most urgent first. Pure.
import type { Reason } from '../../../log/needs/need.ts';

export interface Urgent {
  reason: Reason | 'mails';
  /** Since when the thing waits, in milliseconds since 1970. */
  at: number;
  /** The due day, YYYY-MM-DD. */
  due?: string | undefined;
  neededBy?: number | undefined;
  /** The person has put it off until this time, in milliseconds since 1970. */
  until?: number | undefined;
  /** The person has nothing to do in it yet: it waits for another task, or is a workflow of which a part is not done. */
  held?: boolean;
}

/** Returns a comparison for sorting, the most urgent first. `today`: the person's local day. */
export function byUrgency(today: string): (a: Urgent, b: Urgent) => number {
  return (a, b) =>
    rank(a, today) - rank(b, today) ||
    (a.neededBy ?? Number.POSITIVE_INFINITY) - (b.neededBy ?? Number.POSITIVE_INFINITY) ||
    (a.due ?? '9').localeCompare(b.due ?? '9') ||
    a.at - b.at;
}

function rank({ reason, due, until, held }: Urgent, today: string): number {
  if (until !== undefined) return 9;
  if (reason === 'asked') return 0;
  // After all that can be done.
  if (held) return 6;
  if (due !== undefined && due < today) return 1;
  if (due === today) return 2;
  switch (reason) {
    case 'overdue':
      return 1;
    case 'due':
      return 2;
    case 'named':
    case 'answered':
    case 'unwoken':
    case 'stopped':
    case 'conflict':
    case 'made_from':
    case 'goes_on':
    case 'stuck':
    case 'app_lost':
    case 'app_over':
    case 'review':
    case 'rounds':
      return 3;
    case 'assigned':
    case 'reopened':
    case 'returned':
    case 'rescheduled':
    case 'repeated':
    case 'unblocked':
    case 'sent_back':
    case 'approved':
      return 4;
    case 'mails':
      return 5;
    case 'step':
    case 'expired':
    case 'part':
      return 8;
    default:
      reason satisfies never;
      return 5;
  }
}
