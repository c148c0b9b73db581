// A line of Skein in a conversation: it tells what happened to a task, and is no message of those who talk there.
import type { BodyRef } from '../../../log/body.ts';
import type { AgentId, ParticipantId } from '../../../log/participant.ts';

export type LineReason = 'given' | 'reopened' | 'rescheduled' | 'due' | 'overdue';

/** A message with a line wakes the agent in `to`, and its session reads the task with it. */
export interface Line {
  why: LineReason;
  /** The id of the task. */
  task: string;
  /** Skein where only time has passed. */
  by: ParticipantId;
  to: AgentId;
  /** The assignee before. */
  from?: ParticipantId;
  /** The body of what was said with it. */
  noteRef?: BodyRef;
}

/** A person named agents that are not in the pod. The message is heard by each that somebody brings in by this offer. */
export interface Offer {
  /** Those that nobody has brought in yet. */
  agents: AgentId[];
  message: string;
}
