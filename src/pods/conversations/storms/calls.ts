// Counts how often one account has called agents in a row in a conversation. Pure.
import { isPerson, type ParticipantId } from '../../../log/participant.ts';

/** The most task states that are remembered. The oldest are dropped first. */
export const MOST_STATES = 20;

/** The number of times that one account has called agents in a row, while no other person wrote. */
export interface Calls {
  by: ParticipantId;
  n: number;
  /** The states of the conversation's tasks, as they were each time Skein checked them. */
  states?: string[];
  /** Set if this account wakes no agents any more. */
  parked?: true;
}

export interface Storm {
  /** True if this call wakes no agents. */
  parked: boolean;
  /** Set if this is the first call that wakes no agents, so that people are told. */
  begins?: true;
  /** The states of the conversation's tasks now. */
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
