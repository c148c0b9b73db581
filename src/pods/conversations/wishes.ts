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
}

export interface WakeWish {
  agent: AgentId;
  conversation: string;
  /** The message that called the agent. */
  because: string;
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
  }
}
