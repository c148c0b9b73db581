// A person's own preferences: when Skein may write to the person unasked, and whether the person is away.
import type { PersonId } from '../../log/participant.ts';
import { type Meta, type Own, ref, type ViewDoc } from '../../log/view.ts';
import { isTimeZone } from '../local-time.ts';
import type { PersonDoc } from '../people/person.ts';
import { DEFAULT_HOURS, DEFAULT_ZONE, type Hours } from '../telling/hours.ts';

/** The id is the person's id. There is no document for a person who has set nothing. */
export interface PreferenceDoc extends ViewDoc, Partial<Hours> {
  person: PersonId;
  /** An IANA name. Absent: the zone that Slack reports for the person. */
  timeZone?: string;
  away?: Away;
  /** The deputy named in `away`, indexed so that a deputy finds those for whom they stand in. */
  deputy?: PersonId;
  /** The most messages a day that come unasked. Absent: the usual number. */
  most?: number;
}

export interface Away {
  /** When the person is back, in milliseconds since 1970. Absent: the absence lasts until the person ends it. */
  until?: number;
  /** The person who is told of the open items meanwhile. */
  deputy?: PersonId;
}

export const PREFERENCES = ref<PreferenceDoc>('preferences');

export type PreferenceChange = { v: 1; on: 'preferences'; id: PersonId } & (
  | ({ type: 'hours_set'; timeZone?: string | null; most?: number | null } & Partial<Hours>)
  | ({ type: 'away_set' } & Away)
  | { type: 'away_ended' }
);

export function evolvePreference(
  doc: PreferenceDoc | undefined,
  change: PreferenceChange,
  _meta: Meta,
): Own<PreferenceDoc> | undefined {
  const now: Own<PreferenceDoc> = doc ?? { person: change.id };
  switch (change.type) {
    case 'hours_set':
      return withHours(now, change);
    case 'away_set': {
      const { until, deputy } = change;
      const { deputy: _deputy, ...rest } = now;
      const named = deputy ? { deputy } : {};
      return { ...rest, away: { ...(until === undefined ? {} : { until }), ...named }, ...named };
    }
    case 'away_ended': {
      if (!doc) return undefined;
      const { away: _away, deputy: _deputy, ...rest } = doc;
      return rest;
    }
    default:
      change satisfies never;
      return doc;
  }
}

function withHours(
  doc: Own<PreferenceDoc>,
  {
    from,
    until,
    days,
    timeZone,
    most,
  }: Omit<Extract<PreferenceChange, { type: 'hours_set' }>, 'v' | 'on' | 'id' | 'type'>,
): Own<PreferenceDoc> {
  const { timeZone: own, most: before, ...rest } = doc;
  const zone = timeZone === undefined ? own : timeZone;
  const number = most === undefined ? before : most;
  return {
    ...rest,
    ...(from === undefined ? {} : { from }),
    ...(until === undefined ? {} : { until }),
    ...(days === undefined ? {} : { days }),
    ...(zone ? { timeZone: zone } : {}),
    ...(number === undefined || number === null ? {} : { most: number }),
  };
}

export interface OwnHours extends Hours {
  timeZone: string;
  /** Set if neither the person nor Slack has named a time zone. */
  zoneUnknown?: true;
  /** The most messages a day that come unasked, if the person has set a number. */
  most?: number;
}

/**
 * Returns when Skein may write to a person unasked: the hours that the person has set, else the usual hours, in the
 * person's zone.
 */
export function hoursOf(
  preference: Partial<Hours & Pick<PreferenceDoc, 'timeZone' | 'most'>> | undefined,
  person: Pick<Partial<PersonDoc>, 'timeZone'> | undefined,
): OwnHours {
  const { from = DEFAULT_HOURS.from, until = DEFAULT_HOURS.until, days = DEFAULT_HOURS.days } = preference ?? {};
  const zone = [preference?.timeZone, person?.timeZone].find((name) => name && isTimeZone(name));
  const most = preference?.most;
  return {
    ...{ from, until, days, timeZone: zone ?? DEFAULT_ZONE },
    ...(zone ? {} : { zoneUnknown: true as const }),
    ...(most === undefined ? {} : { most }),
  };
}

/** Returns the person's absence; undefined if the person is not away at this time. */
export function awayAt(preference: Pick<PreferenceDoc, 'away'> | undefined, at: number): Away | undefined {
  const away = preference?.away;
  return away && (away.until === undefined || away.until > at) ? away : undefined;
}
