// The contract of a kind of delivery: its lane, the lease that it needs, its guarantee, and the function that carries
// it out.
import type { DeliveryOf, WishKind } from '../pods/deliveries.ts';
import type { Parts } from './parts.ts';

/** The lease of the main Slack app. Only its holder posts, so that one process counts the calls that Slack limits. */
export const SLACK_APP = 'slack:main';

/**
 * The lease of an agent's own Slack app. Its process is that of the main app: the messages of a conversation go one after
 * the other through the apps of all who speak there, so one process needs all of them.
 */
export function agentAppLease(handle: string): string {
  return `slack:agent:${handle}`;
}

/** The resource of mail deliveries. It is no lease: any process may send mail. */
export const MAIL_OUT = 'mail:out';

export type Resource = typeof SLACK_APP | typeof MAIL_OUT | 'any';

/**
 * The guarantee when a delivery is repeated after a crash or a lost reply. `idempotent`: its effect occurs once.
 * `look-up`: once, because Skein first looks in Slack for the effect. `byte-identical`: perhaps twice, with equal
 * bytes. `at-most-once`: perhaps never.
 */
export type Promised = 'idempotent' | 'look-up' | 'byte-identical' | 'at-most-once';

export interface Wait {
  /** How often the delivery was attempted, including this attempt. */
  attempts: number;
  waitMs: number;
}

export interface DeliveryKind<K extends WishKind> {
  /**
   * Returns the delivery's lane. Deliveries in one lane are carried out one after the other, in the log's order. Lanes
   * run in parallel.
   */
  lane(delivery: DeliveryOf<K>): string;
  resource: Resource | ((delivery: DeliveryOf<K>) => Resource);
  /** The guarantees, one for each way in which the delivery can be sent. */
  promises: readonly [Promised, ...Promised[]];
  /**
   * Returns a key for the delivery's subject. If several deliveries with one key wait in a lane, only the newest is
   * carried out. Absent: all are.
   */
  about?(delivery: DeliveryOf<K>): string;
  /** True: the delivery ends the waiting time of earlier deliveries in its lane. */
  hastens?: true;
  /**
   * Carries the delivery out. `seen`: that of the NotYet with which it waited.
   * @throws NotYet to wait, Retryable to be retried, UserFacingError to be set aside
   */
  carry(parts: Parts, delivery: DeliveryOf<K>, signal: AbortSignal, seen?: string): Promise<void>;
  /** Returns how far the delivery has got, as text. Absent: it gets no further before it is carried out. */
  progress?(parts: Parts, delivery: DeliveryOf<K>): Promise<string>;
  /** Called before the delivery is set aside, perhaps again after a crash. @throws Retryable to be called again */
  onAside?(parts: Parts, delivery: DeliveryOf<K>, error: unknown): Promise<void>;
  /** Called when the delivery failed and will be retried. */
  onRetry?(parts: Parts, delivery: DeliveryOf<K>, error: unknown, wait: Wait): Promise<void>;
}
