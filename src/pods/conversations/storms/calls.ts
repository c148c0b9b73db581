// Counts how often one account has called agents in a row in a conversation. Pure.
import { isPerson, type ParticipantId } from '../../../log/participant.ts';

/** The most task states that are remembered; the oldest are forgotten first. */
export const MOST_STATES = 20;

/** Calls of agents by one account in a row, with nobody else speaking. */
export interface Calls {
  by: ParticipantId;
  n: number;
  /** The states of the conversation's tasks as they were at each look. */
  states?: string[];
  /** Agents are not woken by this account any more. */
  parked?: true;
}

export interface Storm {
  /** Agents are not woken by this call. */
  parked: boolean;
  /** It is parked by this very call, so people are told. */
  begins?: true;
  /** The tasks as they are now. */
  state?: string;
}

export function callsAfter(
  calls: Calls | undefined,
  {
    by,
    calling,
    lifts,
    storm,
  }: { by: ParticipantId; calling: boolean; lifts?: boolean; storm?: Omit<Storm, 'begins'> },
): { calls?: Calls } {
  if (!isPerson(by)) return calls ? { calls } : {};
  if (lifts) return {};
  if (calls?.by !== by) return calling ? { calls: { by, n: 1 } } : {};
  const states = storm?.state === undefined ? calls.states : [...(calls.states ?? []), storm.state].slice(-MOST_STATES);
  const parked = calls.parked || storm?.parked;
  return {
    calls: {
      ...{ by, n: calls.n + (calling ? 1 : 0) },
      ...(states ? { states } : {}),
      ...(parked ? { parked: true as const } : {}),
    },
  };
}
