// Deliveries: the things that a commit asks to have done outside the log. Each kind is carried by its file in outbox/kinds.
import type { Commit } from '../log/commit.ts';
import type { ParticipantId } from '../log/participant.ts';
import type { Origin } from '../log/place.ts';

/** An action in another pod. */
export interface ActWish {
  in: string;
  action: string;
  input: unknown;
  actor: ParticipantId;
  origin?: Origin;
  key: string;
}

/**
 * Every wish by the name of its kind, with what it says: ids and references only, never words. A thing declares its own
 * beside it, in its `wishes.ts`, by adding to this interface; outbox/kinds.ts has to carry each, or it does not compile.
 */
export interface Wishes {
  act: ActWish;
}

export type WishKind = keyof Wishes;

export type Wish<K extends WishKind> = { kind: K } & Wishes[K];

export type DeliveryWish = { [K in WishKind]: Wish<K> }[WishKind];

/** A wish of one of these kinds, as the commit has it. */
export type DeliveryOf<K extends WishKind> = K extends WishKind ? Wish<K> & { id: string; pod: string } : never;

export type Delivery = DeliveryOf<WishKind>;

/** Every delivery was wished by an action of this house. */
export function deliveriesOf({ deliveries }: Pick<Commit, 'deliveries'>): readonly Delivery[] {
  return deliveries as unknown as readonly Delivery[];
}
