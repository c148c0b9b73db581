// An item that a person hears of. It is stored in the person's own log, where only Skein acts. The person is told of it
// once, on one surface.
import { idOf } from '../../log/ids.ts';
import type { Reason } from '../../log/needs/need.ts';
import type { PersonId } from '../../log/participant.ts';
import { type Meta, type Own, ref, type ViewDoc } from '../../log/view.ts';
import type { NeedDoc } from '../needs/need.ts';
import { noticeId } from './notices/notice.ts';

/** `mention`: the person was told by a message of the conversation that names them. */
export type Surface = 'slack' | 'email' | 'digest' | 'mention';

/**
 * `dropped`: the item was settled, or the person left the pod, before they were told. `put_off`: the person wants to
 * hear of it later.
 */
export type HearingState = 'waiting' | 'told' | 'dropped' | 'put_off';

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
  /** The time until which the person has put the item off, in milliseconds since 1970. */
  until?: number;
  /** Set if the person named the hour until which they put it off: they are told then, outside their hours too. */
  exact?: true;
  /** Set once the item was put off and that time has come. */
  again?: true;
  /** The ids of the newest notices in Slack that show the item. */
  notices?: string[];
  toldAt?: number;
  /** The time since which the message that was to tell the person could not be sent, in milliseconds since 1970. */
  since?: number;
}

export const HEARINGS = ref<HearingDoc>('hearings');

export type HearingChange = { v: 1; on: 'hearings'; id: string } & (
  | { type: 'need_heard'; need: string; of: string; round: number; reason: Reason; for?: PersonId }
  | { type: 'hearing_passed'; to: PersonId }
  | { type: 'need_told'; surface: Surface }
  | {
      type: 'hearing_put_off';
      need: string;
      of: string;
      round: number;
      reason: Reason;
      until: number;
      exact?: true;
      for?: PersonId;
    }
  | { type: 'hearing_resumed'; since?: number }
  /** A digest in Slack shows the item. */
  | { type: 'need_shown'; notice: string }
  | { type: 'hearing_dropped' }
);

/** The most notices of an item that are remembered. Older ones are far up in Slack, where nobody looks. */
const MOST_NOTICES = 5;

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

/**
 * Returns the changes by which a person is told of an item. Its words are those of its newest round, so that one counts as told
 * and is not told a second time when it is heard of. A newer message that names the person tells them itself.
 */
export function toldOf(
  { id, need, of, round: heard, for: absent }: HearingDoc,
  { round, reason, live }: Pick<NeedDoc, 'round' | 'reason' | 'live'>,
  surface: Surface,
): HearingChange[] {
  const newer: HearingChange = {
    ...{ v: 1, on: 'hearings', id, type: 'need_heard', need, of, round, reason },
    ...(absent ? { for: absent } : {}),
  };
  return [...(round > heard && !live ? [newer] : []), { v: 1, on: 'hearings', id, type: 'need_told', surface }];
}

export function evolveHearing(
  doc: HearingDoc | undefined,
  change: HearingChange,
  meta: Meta,
): Own<HearingDoc> | undefined {
  switch (change.type) {
    case 'need_heard': {
      const { need, of, round, reason, for: absent } = change;
      return {
        need,
        of,
        round,
        reason,
        state: 'waiting',
        at: meta.at,
        ...(absent ? { for: absent } : {}),
        ...(doc?.notices ? { notices: doc.notices } : {}),
      };
    }
    case 'hearing_passed':
      return doc && { ...doc, passedTo: change.to };
    case 'need_told': {
      if (!doc) return undefined;
      const { until: _until, exact: _exact, since: _since, ...rest } = doc;
      const sent = change.surface === 'slack' ? [noticeId(meta.pod, meta.seq)] : [];
      const notices = [...(doc.notices ?? []), ...sent].slice(-MOST_NOTICES);
      return {
        ...rest,
        ...{ state: 'told', surface: change.surface, toldAt: meta.at },
        ...(notices.length ? { notices } : {}),
      };
    }
    case 'need_shown':
      return doc && { ...doc, notices: [...(doc.notices ?? []), change.notice].slice(-MOST_NOTICES) };
    case 'hearing_put_off': {
      const { need, of, round, reason, until, exact, for: absent } = change;
      const { again: _again, exact: _exact, ...rest } = doc ?? { at: meta.at };
      return {
        ...{ ...rest, need, of, round, reason, state: 'put_off', until },
        ...(exact ? { exact } : {}),
        ...(absent ? { for: absent } : {}),
      };
    }
    case 'hearing_resumed': {
      if (!doc) return undefined;
      const { until, surface: _surface, since: _since, ...rest } = doc;
      const { since } = change;
      return {
        ...{ ...rest, state: 'waiting', at: meta.at },
        ...(until ? { again: true } : {}),
        ...(since === undefined ? {} : { since }),
      };
    }
    case 'hearing_dropped': {
      if (!doc) return undefined;
      // Without a time, so that it is not found as due for ever.
      const { until: _until, ...rest } = doc;
      return { ...rest, state: 'dropped' };
    }
    default:
      change satisfies never;
      return doc;
  }
}
