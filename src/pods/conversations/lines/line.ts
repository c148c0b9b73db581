// A task line: a message of Skein in a conversation that says what happened to a task. It is no message of the people
// and agents who talk there.
import type { BodyRef } from '../../../log/body.ts';
import type { AgentId, ParticipantId } from '../../../log/participant.ts';

/**
 * `done`, `dropped`, `passed`, `failed`: what became of a task that the agent in `to` gave to somebody. `part`: what became
 * of a part of its task. `unblocked`: the task waits for no other any more.
 * `review`: the agent in `to` reviews the task. `sent_back`, `approved`: its reviewers have said so, and the agent has it.
 */
export type LineReason =
  | 'given'
  | 'reopened'
  | 'returned'
  | 'rescheduled'
  | 'merged'
  | 'due'
  | 'overdue'
  | 'repeated'
  | 'again'
  | 'done'
  | 'dropped'
  | 'passed'
  | 'failed'
  | 'part'
  | 'unblocked'
  | 'review'
  | 'sent_back'
  | 'approved';

const TELLS: readonly LineReason[] = ['done', 'dropped', 'passed', 'failed', 'part'];

/** True if the line tells the agent what became of a task that it gave, or of a part of its own, and gives it no work. */
export function tellsGiver(why: LineReason): boolean {
  return TELLS.includes(why);
}

/** Stored with the message. The message wakes the agent in `to`, whose session reads the task with it. */
export interface Line {
  why: LineReason;
  /** The id of the task. */
  task: string;
  /** The participant who changed the task; Skein if only time has passed. */
  by: ParticipantId;
  to: AgentId;
  /** The previous assignee. */
  from?: ParticipantId;
  /** The body of the note that was written with the change. */
  noteRef?: BodyRef;
}

/**
 * An offer to bring agents into the pod, stored with the message that makes it: a person has named agents that are not
 * there. An agent that is brought in by the offer hears the person's message.
 */
export interface Offer {
  /** The agents that nobody has brought in yet. */
  agents: AgentId[];
  message: string;
}
