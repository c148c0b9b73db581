// The contract of a kind of delivery: its lane, the lease that it needs, its guarantee, and how it is carried out.
import type { DeliveryOf, WishKind } from '../pods/deliveries.ts';
import type { Parts } from './parts.ts';

/** The lease of the main Slack app. Only its holder posts, so that one process counts the calls for Slack's limits. */
export const SLACK_APP = 'slack:main';

/** Sending mail needs no lease: any process may do it. */
export const MAIL_OUT = 'mail:out';

export type Resource = typeof SLACK_APP | typeof MAIL_OUT | 'any';

/**
 * The guarantee when a crash or a lost reply repeats a delivery. `idempotent`: as if done once. `look-up`: once, because
 * the outside is asked before it is sent again. `byte-identical`: perhaps twice, with equal bytes. `at-most-once`:
 * perhaps never.
 */
export type Promised = 'idempotent' | 'look-up' | 'byte-identical' | 'at-most-once';

export interface Wait {
  /** Including this one. */
  attempts: number;
  waitMs: number;
}

export interface DeliveryKind<K extends WishKind> {
  /** Deliveries in one lane are carried out one after the other, in the log's order. Lanes run in parallel. */
  lane(delivery: DeliveryOf<K>): string;
  resource: Resource | ((delivery: DeliveryOf<K>) => Resource);
  /** One for each way in which it can be delivered. */
  promises: readonly [Promised, ...Promised[]];
  /** The key of what it is about: of several waiting in a lane only the newest is carried out. Absent: all are. */
  about?(delivery: DeliveryOf<K>): string;
  /** It ends the waiting time of the deliveries before it in its lane. */
  hastens?: true;
  /** @throws NotYet to wait, Retryable to be retried, UserFacingError to be set aside */
  carry(parts: Parts, delivery: DeliveryOf<K>, signal: AbortSignal): Promise<void>;
  /** Called when it was set aside. */
  onAside?(parts: Parts, delivery: DeliveryOf<K>, error: unknown): Promise<void>;
  /** Called when it failed and will be retried. */
  onRetry?(parts: Parts, delivery: DeliveryOf<K>, error: unknown, wait: Wait): Promise<void>;
}
