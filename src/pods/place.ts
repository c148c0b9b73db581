// Where a pod, a conversation or a message stands outside: today Slack; a mail thread is the next kind.
import { idOf } from './ids.ts';

export type Place =
  | { kind: 'none' }
  /** `thread` is the ts of the thread's first message; absent: the channel itself. */
  | { kind: 'slack'; team: string; channel: string; thread?: string };

/** What a door knows about something that already stands outside; never part of what a person or a model can write. */
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
    }
  | { kind: 'manifest'; digest: string };

/** The one text that names a place: equal places have equal keys. */
export function placeKey(place: Place): string {
  if (place.kind === 'none') return '';
  return place.thread ? `slack:${place.team}:${place.channel}:${place.thread}` : `slack:${place.team}:${place.channel}`;
}

/** The pod that lives in a Slack channel: whoever creates it, whenever, gets the same id, so there is only ever one. */
export function slackPodId(team: string, channel: string): string {
  return idOf('p', 'slack', team, channel);
}

/** A pod that lives nowhere outside yet. */
export function freePodId(key: string): string {
  return idOf('p', 'free', key);
}
