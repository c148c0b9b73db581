// An open item: one thing that a pod needs of a person, or of its owners, until it is settled.
import { idOf } from '../../log/ids.ts';
import type { Need, NeededOf, Subject } from '../../log/needs/need.ts';
import type { ParticipantId } from '../../log/participant.ts';
import { type Meta, type Own, ref, type ViewDoc } from '../../log/view.ts';

/** `withdrawn`: nobody needs it any more, and nobody did it. */
export type NeedState = 'open' | 'settled' | 'withdrawn';

export interface NeedDoc extends ViewDoc, Need {
  state: NeedState;
  /** The participant who raised the item last. */
  by: ParticipantId;
  /** When the item was last raised, in milliseconds since 1970. */
  at: number;
  /** The number of the commit that raised the item last. A person who was told of an earlier round is told again. */
  round: number;
  /** How often the item was raised since it was last settled. */
  count: number;
  settledBy?: ParticipantId;
  settledAt?: number;
}

export const NEEDS = ref<NeedDoc>('needs');

export type NeedChange = { v: 1; on: 'needs'; id: string } & (
  | ({ type: 'need_opened' } & Need)
  | { type: 'need_settled'; withdrawn?: true }
);

/** Returns the id of the item. It is derived from person and subject, so that the item is found without a query. */
export function needId(pod: string, who: NeededOf, { on, id }: Subject): string {
  return idOf('n', pod, who, on, id);
}

export function evolveNeed(doc: NeedDoc | undefined, change: NeedChange, meta: Meta): Own<NeedDoc> | undefined {
  switch (change.type) {
    case 'need_opened': {
      const { v: _v, on: _on, id: _id, type: _type, ...need } = change;
      const count = doc?.state === 'open' ? doc.count + 1 : 1;
      return { ...need, state: 'open', by: meta.actor, at: meta.at, round: meta.seq, count };
    }
    case 'need_settled':
      if (doc?.state !== 'open') return doc;
      return { ...doc, state: change.withdrawn ? 'withdrawn' : 'settled', settledBy: meta.actor, settledAt: meta.at };
    default:
      change satisfies never;
      return doc;
  }
}
