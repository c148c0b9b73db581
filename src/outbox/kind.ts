// The contract of a kind of delivery: where it waits, what a process must hold to carry it, what it promises, and how it is carried.
import type { DeliveryOf, WishKind } from '../pods/deliveries.ts';
import type { Parts } from './parts.ts';

/** The lease of the main Slack app: only its holder posts, so that Slack's limits are kept in one memory. */
export const SLACK_APP = 'slack:main';

/** Sending mail needs no lease: any process may. */
export const MAIL_OUT = 'mail:out';

export type Resource = typeof SLACK_APP | typeof MAIL_OUT | 'any';

/**
 * How often it happens outside when a crash or a lost reply makes it be carried again. `idempotent`: as if once. `look-up`:
 * once, for the outside is asked before it is sent again. `byte-identical`: perhaps twice, and then the same to the byte.
 * `at-most-once`: perhaps never.
 */
export type Promised = 'idempotent' | 'look-up' | 'byte-identical' | 'at-most-once';

export interface Wait {
  /** This one included. */
  attempts: number;
  waitMs: number;
}

export interface DeliveryKind<K extends WishKind> {
  /** Deliveries of one lane are carried in the log's order, one after the other; lanes go side by side. */
  lane(delivery: DeliveryOf<K>): string;
  resource: Resource | ((delivery: DeliveryOf<K>) => Resource);
  /** One for each way that it can go. */
  promises: readonly [Promised, ...Promised[]];
  /** The newest that waits in a lane about a thing is carried, the others are dropped. Absent: each is carried. */
  about?(delivery: DeliveryOf<K>): string;
  /** The lane need not wait any longer for what waits before it. */
  hastens?: true;
  /** @throws NotYet to be asked again later, Retryable to be tried again, UserFacingError to be put aside */
  carry(parts: Parts, delivery: DeliveryOf<K>, signal: AbortSignal): Promise<void>;
  /** It was put aside. */
  onAside?(parts: Parts, delivery: DeliveryOf<K>, error: unknown): Promise<void>;
  /** It failed, and is tried again. */
  onRetry?(parts: Parts, delivery: DeliveryOf<K>, error: unknown, wait: Wait): Promise<void>;
}
