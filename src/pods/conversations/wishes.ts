// The wishes of a conversation: its messages shown in Slack and sent by mail, its agents set to work or stopped.
import type { AgentId, PersonId } from '../../log/participant.ts';

/** A message, as it is when this is carried. */
export interface MessageWish {
  conversation: string;
  message: string;
}

/** By mail to people who follow the conversation: what was said there, or that a mail was taken on. */
export interface MailWish extends MessageWish {
  about: 'message' | 'acknowledgement';
  to: PersonId[];
}

export interface WakeWish {
  agent: AgentId;
  conversation: string;
  /** The message that called. */
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
