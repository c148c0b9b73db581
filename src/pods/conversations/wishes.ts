// The deliveries of a conversation: messages posted in Slack and sent by mail, agents woken or stopped.
import type { AgentId, PersonId } from '../../log/participant.ts';

/** A message, in the version that it has when it is delivered. */
export interface MessageWish {
  conversation: string;
  message: string;
}

/** A mail to people who follow the conversation. It contains a message, or says that their mail became a task. */
export interface MailWish extends MessageWish {
  about: 'message' | 'acknowledgement';
  to: PersonId[];
  /** Set in an acknowledgement that waits for no answer, because the mail joined a task. */
  joins?: true;
}

export interface WakeWish {
  agent: AgentId;
  conversation: string;
  /** The message that called the agent. */
  because: string;
  /** Set if the message stands in Slack and carries a mark, which shows what the agent does about it. */
  marked?: true;
  /**
   * Set if the agent is asked for nothing: its run waits for a question that nobody needs to answer any more, so the run
   * ends. Nothing happens if no run waits.
   */
  ends?: true;
}

/** The mark on a person's Slack message: an emoji that shows what the agents that it woke do about it. */
export interface MarkWish extends MessageWish {
  agents: AgentId[];
  /** Those of the agents that the message calls by name, or that it is written to directly. */
  called?: AgentId[];
  /** Those of the agents that are at work and hear it at their next turn. It has not woken them. */
  heard?: AgentId[];
  /** The run of these agents that has taken the message in. Absent: none has. */
  run?: string;
  /** Set if the run counts only where no other run has taken the message in, or where that run failed. */
  weak?: true;
}

export interface HaltWish {
  agent: AgentId;
  conversation: string;
}

declare module '../deliveries.ts' {
  interface Wishes {
    post: MessageWish;
    update: MessageWish;
    unpost: MessageWish;
    mail: MailWish;
    wake: WakeWish;
    halt: HaltWish;
    mark: MarkWish;
  }
}
