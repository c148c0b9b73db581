// Tasks that one participant gives within two minutes share one post: the line of the first of them is the card of all,
// and is updated. Pure.
import type { AgentId, ParticipantId } from '../../../log/participant.ts';
import type { LineReason } from '../../conversations/lines/line.ts';
import { TOGETHER_MS } from '../../telling/hours.ts';

/** The post that further tasks may join. Stored with the pod. */
export interface Batch {
  /** The line of the first task. */
  message: string;
  conversation: string;
  by: ParticipantId;
  /** The agent whose tasks may join. Absent if the conversation was there before: then all that come up in it may. */
  to?: AgentId;
  /** Why its agents are set to work. Absent: they are given. Only tasks for the same reason share a post. */
  why?: LineReason;
  /** When the first task was given, in milliseconds since 1970. */
  at: number;
}

/** The most tasks of one post: with their buttons they fit into one message of Slack. */
export const MOST_TOGETHER = 10;

/** The most batches that a pod remembers. More participants seldom give tasks within the same two minutes. */
const MOST_OPEN = 5;

/** Returns the open batches of the pod with this one, without those that are over. */
export function batchesWith(before: readonly Batch[] = [], batch: Batch): Batch[] {
  return [...before.filter(({ at }) => isOpen(at, batch.at)), batch].slice(-MOST_OPEN);
}

/** Returns the newest batch that a task may join which this participant gives now. */
export function batchFor(
  batches: readonly Batch[] = [],
  task: { by: ParticipantId; to: AgentId; conversation: string | undefined; at: number; why?: LineReason },
): Batch | undefined {
  const { by, to, conversation, at, why = 'given' } = task;
  return batches.findLast(
    (one) =>
      one.by === by &&
      (one.why ?? 'given') === why &&
      isOpen(one.at, at) &&
      (conversation ? one.conversation === conversation : one.to === to),
  );
}

/** The clocks of two processes may differ. */
function isOpen(began: number, now: number): boolean {
  return Math.abs(now - began) < TOGETHER_MS.slack;
}
