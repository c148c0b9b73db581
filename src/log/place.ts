// Where a pod, a conversation or a message is outside of Skein: a channel, a thread, a message of Slack, or a mail.

import { idOf } from './ids.ts';
import type { AgentId, ParticipantId, PersonId } from './participant.ts';

/** A name in a text that addresses somebody. `who` is absent for a group, for everybody, and for somebody unknown. */
export interface Mentioned {
  /** In lower case, without the `@`. */
  name: string;
  who?: ParticipantId;
}

export type Place =
  | { kind: 'none' }
  /** `thread`: the ts of the thread's first message. Absent: the channel itself. */
  | { kind: 'slack'; team: string; channel: string; thread?: string };

/** Facts from a door about something that exists outside already. People and models can't set them. */
export type Origin =
  | {
      kind: 'slack';
      team: string;
      channel: string;
      /** Slack's ts of the message. Absent if the channel itself is meant. */
      ts?: string;
      thread?: string;
      /** When it was said, in milliseconds since 1970. */
      at?: number;
      /** True in a DM with the app. */
      direct?: boolean;
      /** The people and agents mentioned in the text, outside code and quotes. */
      mentioned?: readonly Mentioned[];
      /** The part of the message that its author did not write, such as a forwarded message. */
      outside?: string;
      files?: readonly string[];
    }
  | {
      kind: 'email';
      /** The Message-ID. A mail without one gets an id made of its content. */
      messageId: string;
      /** The Message-IDs in its References header, oldest first. */
      references?: string[];
      /** When it was sent, in milliseconds since 1970. */
      at?: number;
      /** The hash of the raw mail, stored as a blob of the pod. */
      raw?: string;
      /** The part of the mail that its sender did not write, such as a forwarded mail. */
      outside?: string;
      /** Names of files of the pod that came with it. */
      files?: string[];
      /** Skein's remarks on how the mail was read, as sentences. */
      notes?: string[];
      /** The sender must get no mail about it. */
      quiet?: true;
      /** Members who got the mail itself. They follow the conversation and need no further copy. */
      reached?: PersonId[];
      /** People who get Skein's notice about this mail, by mail. They follow the conversation from then on. */
      notifies?: PersonId[];
      /** The agent, if the mail went to its own address only. */
      agent?: AgentId;
      /** True for a mail to an agent in a person's own pod. */
      direct?: boolean;
    }
  | { kind: 'manifest'; hash: string };

/** The place as text: equal places have equal keys. */
export function placeKey(place: Place): string {
  if (place.kind === 'none') return '';
  return place.thread ? `slack:${place.team}:${place.channel}:${place.thread}` : `slack:${place.team}:${place.channel}`;
}

/** The id of the pod of a Slack channel. It is derived from the channel, so there is only ever one. */
export function slackPodId(team: string, channel: string): string {
  return idOf('p', 'slack', team, channel);
}

/** The key of a mail, as one of the places of a message. */
export function mailKey(messageId: string): string {
  return `mail:${messageId}`;
}

/** The pod in which a person and the agents write mails to each other. */
export function mailPodId(person: string): string {
  return idOf('p', 'email', person);
}

/** The id of a pod that has no channel and no mail yet. */
export function freePodId(key: string): string {
  return idOf('p', 'free', key);
}
