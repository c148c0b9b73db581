// An open item: one thing that a pod needs of a person, or of its owners, until it is settled.
import { idOf } from '../../log/ids.ts';
import type { Need, NeededOf, Subject } from '../../log/needs/need.ts';
import type { ParticipantId } from '../../log/participant.ts';
import { type Meta, type Own, ref, type ViewDoc } from '../../log/view.ts';

/**
 * `withdrawn`: nobody needs it any more, and nobody did it; or the news is not so any more. `news`: nothing waits, but the person wants to be told of it.
 */
export type NeedState = 'open' | 'settled' | 'withdrawn' | 'news';

export interface NeedDoc extends ViewDoc, Omit<Need, 'asker'> {
  state: NeedState;
  /** The participant who asks: whoever raised the item last, or for whom Skein did. */
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

/** The reasons for which a person is only told. Nothing waits for them. */
const IS_NEWS: readonly Need['reason'][] = ['step', 'expired', 'part'];

/** The reasons for which somebody decides about a task. That takes a member: of a guest, or who has left, it passes to the owners. */
export const DECIDES: readonly Need['reason'][] = ['stuck', 'review', 'rounds'];

/** Returns the id of the item. It is derived from person and subject, so that the item is found without a query. */
export function needId(pod: string, who: NeededOf, { on, id }: Subject): string {
  return idOf('n', pod, who, on, id);
}

/** Returns the id of the task that an item is about. The steps of a task are a subject of their own. */
export function taskOfItem({ about: { on, id } }: Pick<Need, 'about'>): string | undefined {
  return OF_TASK.includes(on) ? id : undefined;
}

/** The name of the subject of a task's steps: a person may have an open item about the task itself too. */
export const STEPS = 'steps';

/** The name of the subject of whether a task goes on repeating. */
export const REPEATING = 'repeating';

/** The name of the subject of a task that waits for one that will not be done. */
export const LOST = 'lost';

/** The name of the subject of what became of a part, told to whoever has the whole. */
export const PARTS = 'parts';

/** The name of the subject of what a reviewer of a task is asked. */
export const REVIEWS = 'reviews';

/** The name of the subject of how a task goes on after its last round of review. */
export const DECIDING = 'deciding';

const OF_TASK: readonly string[] = ['tasks', STEPS, REPEATING, LOST, PARTS, REVIEWS, DECIDING];

/** True if its person is to be told of it, unless they were. */
export function isToTell(item: NeedDoc | undefined): item is NeedDoc {
  return item?.state === 'open' || item?.state === 'news';
}

export function evolveNeed(doc: NeedDoc | undefined, change: NeedChange, meta: Meta): Own<NeedDoc> | undefined {
  switch (change.type) {
    case 'need_opened': {
      const { v: _v, on: _on, id: _id, type: _type, asker, ...need } = change;
      const state = IS_NEWS.includes(need.reason) ? 'news' : 'open';
      const count = doc?.state === state ? doc.count + 1 : 1;
      return { ...need, state, by: asker ?? meta.actor, at: meta.at, round: meta.seq, count };
    }
    case 'need_settled':
      if (doc?.state !== 'open' && !(doc?.state === 'news' && change.withdrawn)) return doc;
      return { ...doc, state: change.withdrawn ? 'withdrawn' : 'settled', settledBy: meta.actor, settledAt: meta.at };
    default:
      change satisfies never;
      return doc;
  }
}
