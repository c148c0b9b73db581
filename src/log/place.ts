// Where a pod, a conversation or a message stands outside: in Slack, or in a mail.

import { idOf } from './ids.ts';
import type { AgentId, ParticipantId, PersonId } from './participant.ts';

/** Nobody we know, where `who` is absent: a group, everybody, or somebody who is not here. */
export interface Mentioned {
  /** In lower case, without the `@`. */
  name: string;
  who?: ParticipantId;
}

export type Place =
  | { kind: 'none' }
  /** `thread` is the ts of the thread's first message; absent: the channel itself. */
  | { kind: 'slack'; team: string; channel: string; thread?: string };

/** A door's facts about something that exists outside already. A person or a model can't set them. */
export type Origin =
  | {
      kind: 'slack';
      team: string;
      channel: string;
      /** Slack's ts of the message, absent when a channel itself is meant. */
      ts?: string;
      thread?: string;
      /** When it was said, in milliseconds since 1970. */
      at?: number;
      /** A one-to-one conversation with the app. */
      direct?: boolean;
      /** The people and agents that its mentions name, outside code and quotes. */
      mentioned?: readonly Mentioned[];
      /** What came with it and was not written by its author. */
      outside?: string;
      /** Names of the files that were shared with it. */
      files?: readonly string[];
    }
  | {
      kind: 'email';
      /** Its Message-ID; of a mail without one, something made of its content. */
      messageId: string;
      /** The ids that it refers to itself, oldest first. */
      references?: string[];
      /** When it was sent, in milliseconds since 1970. */
      at?: number;
      /** The mail as it came: the hash of a blob that the pod holds. */
      raw?: string;
      /** What came with it and was not written by its sender. */
      outside?: string;
      /** Names of files of the pod that came with it. */
      files?: string[];
      /** Skein's sentences about how the mail was read. */
      notes?: string[];
      /** Nothing is to come back to its sender by mail. */
      quiet?: true;
      /** Members who got a copy from its sender: they follow, and need no other. */
      reached?: PersonId[];
      /** The people who get Skein's notice about this mail, by mail. They follow the conversation from then on. */
      notifies?: PersonId[];
      /** The agent whom it was sent to alone, by its own address. */
      agent?: AgentId;
      /** To an agent itself: one person's own pod. */
      direct?: boolean;
    }
  | { kind: 'manifest'; hash: string };

/** The one text that names a place: equal places have equal keys. */
export function placeKey(place: Place): string {
  if (place.kind === 'none') return '';
  return place.thread ? `slack:${place.team}:${place.channel}:${place.thread}` : `slack:${place.team}:${place.channel}`;
}

/** The pod that lives in a Slack channel: whoever creates it, whenever, gets the same id, so there is only ever one. */
export function slackPodId(team: string, channel: string): string {
  return idOf('p', 'slack', team, channel);
}

/** The key of a mail among the places of a message. */
export function mailKey(messageId: string): string {
  return `mail:${messageId}`;
}

/** The pod in which a person and the agents write mails to each other. */
export function mailPodId(person: string): string {
  return idOf('p', 'email', person);
}

/** A pod that lives nowhere outside yet. */
export function freePodId(key: string): string {
  return idOf('p', 'free', key);
}
