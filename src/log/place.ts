// Where a pod, a conversation or a message is outside of Skein: a channel, a thread, a message of Slack, or a mail.

import { idOf } from './ids.ts';
import type { Label } from './labels/label.ts';
import type { AgentId, ParticipantId, PersonId } from './participant.ts';

/** A name in a text that calls a participant. `who` is absent for a group, for everybody, and for an unknown name. */
export interface Mentioned {
  /** The name in lower case, without the `@`. */
  name: string;
  who?: ParticipantId;
}

export type Place =
  | { kind: 'none' }
  /** `thread`: the ts of the thread's first message. If it is absent, the place is the channel itself. */
  | { kind: 'slack'; team: string; channel: string; thread?: string };

/**
 * Facts from a door about a thing that exists beyond Skein, such as a message in Slack. People and models can't set
 * them.
 */
export type Origin =
  | {
      kind: 'slack';
      team: string;
      channel: string;
      /** Slack's ts of the message. Absent if the channel itself is meant. */
      ts?: string;
      thread?: string;
      /** When the message was written, in milliseconds since 1970. */
      at?: number;
      /** True in a DM with the app. */
      direct?: boolean;
      /** The agent with whose own app the DM is. */
      app?: AgentId;
      /** Slack's id of the foreign app that posted the message. */
      foreign?: string;
      /** The people and agents that the text mentions. Mentions in code and quotes do not count. */
      mentioned?: readonly Mentioned[];
      /** The part of the message that its author did not write, such as a forwarded message. */
      outside?: string;
      files?: readonly string[];
      /** Set if the door does to a task what the message says: no agent is woken by it, and it answers no question. */
      command?: true;
      /** By field of the input: the label of words that somebody else wrote, and that the actor took over. */
      taken?: Readonly<Record<string, Label>>;
    }
  | {
      kind: 'email';
      /** The Message-ID. A mail without one gets an id derived from its content. */
      messageId: string;
      /** The Message-IDs in its References header, oldest first. */
      references?: string[];
      /** When it was sent, in milliseconds since 1970. */
      at?: number;
      /** The hash of the raw mail, stored as a blob of the pod. */
      raw?: string;
      /** The part of the mail that its sender did not write, such as a forwarded mail. */
      outside?: string;
      /** The names of the mail's attachments, which are files of the pod. */
      files?: string[];
      /** Skein's remarks on how the mail was read, as sentences. */
      notes?: string[];
      /** The commands in the mail's first lines that were refused, and answered. The message keeps them for people. */
      refused?: string[];
      /** Set if the sender must get no mail about this mail. */
      quiet?: true;
      /** Members to whom the mail itself was sent. They follow the conversation and need no further copy. */
      reached?: PersonId[];
      /** People who get Skein's notice about this mail by mail. They follow the conversation from then on. */
      notifies?: PersonId[];
      /** Set if the mail was sent only to the address of this agent. */
      agent?: AgentId;
      /** The conversation to which the rest of the mail is posted as a message, after its command. */
      speaksIn?: string;
      /** The agents that the mail's commands set to work. The mail's message wakes them, so that they are woken once. */
      wakes?: AgentId[];
      /** True for a mail to an agent in a person's own pod. */
      direct?: boolean;
      /** True for the mail that opens a pod for its mail thread. */
      thread?: boolean;
      /** Those of the members whom the mail has in its Cc. The pod's answers have them there too. */
      copied?: PersonId[];
    }
  | { kind: 'manifest'; hash: string };

/** Returns the place as text. Equal places have equal keys. */
export function placeKey(place: Place): string {
  if (place.kind === 'none') return '';
  return place.thread ? `slack:${place.team}:${place.channel}:${place.thread}` : `slack:${place.team}:${place.channel}`;
}

/** Returns the id of the pod of a Slack channel. It is derived from the channel, so a channel never has two pods. */
export function slackPodId(team: string, channel: string): string {
  return idOf('p', 'slack', team, channel);
}

/** Returns the key of a mail, as one of the places of a message. */
export function mailKey(messageId: string): string {
  return `mail:${messageId}`;
}

/** Returns the id of the pod in which a person and the agents write mails to each other. */
export function mailPodId(person: string): string {
  return idOf('p', 'email', person);
}

/**
 * Returns the id of the pod of a mail thread. It contains the person who opened it, so that nobody else can take the
 * pod of a Message-ID. `parts`: the Message-ID of the thread's first mail, and what tells two mails with one id apart.
 */
export function threadPodId(starter: string, ...parts: string[]): string {
  return idOf('p', 'mail-thread', starter, ...parts);
}

/** Returns the id of a pod that has no channel and no mail yet. `key`: the key of the act that creates it. */
export function freePodId(key: string): string {
  return idOf('p', 'free', key);
}
