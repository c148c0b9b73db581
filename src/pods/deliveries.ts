// Deliveries: effects outside the log that a commit asks for. Each kind of delivery is carried out by its file in
// outbox/kinds.
import type { Commit } from '../log/commit.ts';
import type { ParticipantId } from '../log/participant.ts';
import type { Origin } from '../log/place.ts';

/** Does an action in another pod. */
export interface ActWish {
  in: string;
  action: string;
  input: unknown;
  actor: ParticipantId;
  origin?: Origin;
  key: string;
}

/**
 * All wishes, by the name of their kind. They contain ids and references, never text. Each kind of thing adds its own
 * in a `wishes.ts`. outbox/kinds.ts compiles only if it carries out each of them.
 */
export interface Wishes {
  act: ActWish;
}

export type WishKind = keyof Wishes;

export type Wish<K extends WishKind> = { kind: K } & Wishes[K];

export type DeliveryWish = { [K in WishKind]: Wish<K> }[WishKind];

/** A delivery of one of these kinds, as a commit contains it. */
export type DeliveryOf<K extends WishKind> = K extends WishKind ? Wish<K> & { id: string; pod: string } : never;

export type Delivery = DeliveryOf<WishKind>;

/**
 * Returns the deliveries of a commit with their type. The cast is safe, because an action of this program made each of
 * them.
 */
export function deliveriesOf({ deliveries }: Pick<Commit, 'deliveries'>): readonly Delivery[] {
  return deliveries as unknown as readonly Delivery[];
}
