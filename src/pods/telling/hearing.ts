// An item that a person hears of, in their own log, where only Skein acts. They are told of it once, on one surface.
import { idOf } from '../../log/ids.ts';
import type { Reason } from '../../log/needs/need.ts';
import type { PersonId } from '../../log/participant.ts';
import { type Meta, type Own, ref, type ViewDoc } from '../../log/view.ts';

/** `mention`: a message of the conversation that names them. */
export type Surface = 'slack' | 'email' | 'digest' | 'mention';

/** `dropped`: before they were told it was settled, or they had left the pod. */
export type HearingState = 'waiting' | 'told' | 'dropped';

export interface HearingDoc extends ViewDoc {
  need: string;
  /** The pod of the item. */
  of: string;
  /** The round of the item (pods/needs/need.ts) that they hear of. */
  round: number;
  reason: Reason;
  state: HearingState;
  /** When it came, in milliseconds since 1970. */
  at: number;
  surface?: Surface;
  toldAt?: number;
}

export const HEARINGS = ref<HearingDoc>('hearings');

export type HearingChange = { v: 1; on: 'hearings'; id: string } & (
  | { type: 'need_heard'; need: string; of: string; round: number; reason: Reason }
  | { type: 'need_told'; surface: Surface }
  | { type: 'hearing_dropped' }
);

export function ownLog(person: PersonId): string {
  return person;
}

export function hearingId(need: string): string {
  return idOf('h', need);
}

export function evolveHearing(
  doc: HearingDoc | undefined,
  change: HearingChange,
  meta: Meta,
): Own<HearingDoc> | undefined {
  switch (change.type) {
    case 'need_heard': {
      const { need, of, round, reason } = change;
      return { need, of, round, reason, state: 'waiting', at: meta.at };
    }
    case 'need_told':
      return doc && { ...doc, state: 'told', surface: change.surface, toldAt: meta.at };
    case 'hearing_dropped':
      return doc && { ...doc, state: 'dropped' };
    default:
      change satisfies never;
      return doc;
  }
}
