// The digest settings of a person, and how far the last digest went in each pod.

import type { PersonId } from '../../log/participant.ts';
import { type Meta, type Own, ref, type ViewDoc } from '../../log/view.ts';

export const DEFAULT_TIME = '09:00';

export type SubscriptionState = 'on' | 'paused' | 'off';

/**
 * The id is the person's id. The document is absent until the person changes a setting or gets a digest. While it is
 * absent, the digest is on.
 */
export interface SubscriptionDoc extends ViewDoc {
  person: PersonId;
  /** HH:MM, in the person's zone. */
  time: string;
  /** An IANA name. Absent: the zone that the person's account has. */
  timeZone?: string;
  state: SubscriptionState;
  /** The number of the newest commit that a digest covered, by pod. */
  positions: Record<string, number>;
  /** The local date of the last digest. */
  lastDay?: string;
  /** When the person last changed a setting, in milliseconds since 1970. 0: never. */
  changedAt: number;
}

export const SUBSCRIPTIONS = ref<SubscriptionDoc>('subscriptions');

export interface DigestSettings {
  time?: string;
  /** Null: the zone of the person's account counts again. */
  timeZone?: string | null;
  state?: SubscriptionState;
}

export type SubscriptionChange = { v: 1; on: 'subscriptions'; id: PersonId } & (
  | ({ type: 'digest_set' } & DigestSettings)
  /** If `day` is absent, the person asked for the digest, and it does not count as the digest of that day. */
  | { type: 'digest_closed'; day?: string; positions: Record<string, number> }
);

export function evolveSubscription(
  doc: SubscriptionDoc | undefined,
  change: SubscriptionChange,
  meta: Meta,
): Own<SubscriptionDoc> | undefined {
  const now = doc ?? { person: change.id, time: DEFAULT_TIME, state: 'on', positions: {}, changedAt: 0 };
  switch (change.type) {
    case 'digest_set':
      return { ...withSettings(now, change), changedAt: meta.at };
    case 'digest_closed': {
      const positions = { ...now.positions, ...change.positions };
      return { ...now, positions, ...(change.day ? { lastDay: change.day } : {}) };
    }
    default:
      change satisfies never;
      return doc;
  }
}

/**
 * Returns the settings after a change. Turning the digest off removes the positions, so that a later digest begins
 * anew.
 */
function withSettings(doc: Own<SubscriptionDoc>, settings: DigestSettings): Own<SubscriptionDoc> {
  const { time = doc.time, state = doc.state } = settings;
  const { timeZone: own, ...rest } = doc;
  const timeZone = settings.timeZone === undefined ? own : settings.timeZone;
  const positions = state === 'off' ? {} : doc.positions;
  return { ...rest, time, state, positions, ...(timeZone ? { timeZone } : {}) };
}
