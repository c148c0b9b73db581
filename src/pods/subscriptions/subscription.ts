// What a person wants of the daily digest, and how far the last one went in each pod.

import type { PersonId } from '../../log/participant.ts';
import { type Meta, type Own, ref, type ViewDoc } from '../../log/view.ts';

export const DEFAULT_TIME = '09:00';

export type SubscriptionState = 'on' | 'paused' | 'off';

/** Its id is the person's. Who never changed anything and got no digest yet has none: that is `on`. */
export interface SubscriptionDoc extends ViewDoc {
  person: PersonId;
  /** HH:MM, by the person's clock. */
  time: string;
  /** An IANA name; the person's own zone when absent. */
  timeZone?: string;
  state: SubscriptionState;
  /** By pod: the newest commit that a digest has taken in. */
  positions: Record<string, number>;
  /** The local date of the last digest. */
  lastDay?: string;
  /** When the person last set something, in milliseconds since 1970; 0: never. */
  changedAt: number;
}

export const SUBSCRIPTIONS = ref<SubscriptionDoc>('subscriptions');

export interface DigestSettings {
  time?: string;
  /** Null: the person's own again. */
  timeZone?: string | null;
  state?: SubscriptionState;
}

export type SubscriptionChange = { v: 1; on: 'subscriptions'; id: PersonId } & (
  | ({ type: 'digest_set' } & DigestSettings)
  /** Without a day it was asked for, and does not count as that day's. */
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

/** Who stops it altogether begins anew with the next one. */
function withSettings(doc: Own<SubscriptionDoc>, settings: DigestSettings): Own<SubscriptionDoc> {
  const { time = doc.time, state = doc.state } = settings;
  const { timeZone: own, ...rest } = doc;
  const timeZone = settings.timeZone === undefined ? own : settings.timeZone;
  const positions = state === 'off' ? {} : doc.positions;
  return { ...rest, time, state, positions, ...(timeZone ? { timeZone } : {}) };
}
