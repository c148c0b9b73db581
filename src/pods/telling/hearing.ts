// An item that a person hears of. It is stored in the person's own log, where only Skein acts. The person is told of it
// once, on one surface.
import { idOf } from '../../log/ids.ts';
import type { Reason } from '../../log/needs/need.ts';
import type { PersonId } from '../../log/participant.ts';
import { type Meta, type Own, ref, type ViewDoc } from '../../log/view.ts';

/** `mention`: the person was told by a message of the conversation that names them. */
export type Surface = 'slack' | 'email' | 'digest' | 'mention';

/** `dropped`: the item was settled, or the person left the pod, before they were told. */
export type HearingState = 'waiting' | 'told' | 'dropped';

export interface HearingDoc extends ViewDoc {
  need: string;
  /** The id of the pod to which the item belongs. */
  of: string;
  /** The round of the item (pods/needs/need.ts) of which the person hears. */
  round: number;
  reason: Reason;
  state: HearingState;
  /** The absent person who is needed. Set if this log is their deputy's. */
  for?: PersonId;
  /** The deputy who hears of the item, because the person is away. */
  passedTo?: PersonId;
  /** When the item arrived in this log, in milliseconds since 1970. */
  at: number;
  surface?: Surface;
  toldAt?: number;
}

export const HEARINGS = ref<HearingDoc>('hearings');

export type HearingChange = { v: 1; on: 'hearings'; id: string } & (
  | { type: 'need_heard'; need: string; of: string; round: number; reason: Reason; for?: PersonId }
  | { type: 'hearing_passed'; to: PersonId }
  | { type: 'need_told'; surface: Surface }
  | { type: 'hearing_dropped' }
);

export function ownLog(person: PersonId): string {
  return person;
}

/**
 * Returns the id. It contains the person, because several people may hear of one item: the owners of a pod, or a
 * deputy.
 */
export function hearingId(person: string, need: string): string {
  return idOf('h', person, need);
}

export function evolveHearing(
  doc: HearingDoc | undefined,
  change: HearingChange,
  meta: Meta,
): Own<HearingDoc> | undefined {
  switch (change.type) {
    case 'need_heard': {
      const { need, of, round, reason, for: absent } = change;
      return { need, of, round, reason, state: 'waiting', at: meta.at, ...(absent ? { for: absent } : {}) };
    }
    case 'hearing_passed':
      return doc && { ...doc, passedTo: change.to };
    case 'need_told':
      return doc && { ...doc, state: 'told', surface: change.surface, toldAt: meta.at };
    case 'hearing_dropped':
      return doc && { ...doc, state: 'dropped' };
    default:
      change satisfies never;
      return doc;
  }
}
