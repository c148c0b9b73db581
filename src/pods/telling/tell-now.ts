// Decides which of the items that wait for a person are told now, and when to look again. Pure.
import { localDay } from '../local-time.ts';
import type { NeedDoc } from '../needs/need.ts';
import type { OwnHours } from '../preferences/preference.ts';
import { MOST_A_DAY, nextDay, SOON_MS, withinHours } from './hours.ts';
import type { TellingDoc } from './telling.ts';

type Item = Pick<NeedDoc, 'id' | 'neededBy'>;

export interface TellInput {
  at: number;
  hours: OwnHours;
  timing: Pick<TellingDoc, 'day' | 'sent'>;
  /** When their digest, which tells all that waits, has come next; absent for a person without one. */
  digestAt?: number | undefined;
}

export interface TellChoice<I extends Item> {
  now: readonly I[];
  /** Absent: nothing is left. */
  again?: number;
  /** The message does not count for the day: it says what is needed within the hour. */
  uncounted: boolean;
}

/** Outside their hours only what is needed before the next ones; beyond the number of the day only with what is needed soon. */
export function tellNow<I extends Item>(items: readonly I[], when: TellInput): TellChoice<I> {
  const { at, hours } = when;
  const begins = withinHours(at, hours, hours.timeZone);
  const ready = begins === at ? items : items.filter((item) => neededBy(item) <= begins);
  const uncounted = ready.some((item) => neededBy(item) <= at + SOON_MS);
  const enough = isEnough(when) && !uncounted;
  const now = enough ? [] : ready;
  const left = items.filter((item) => !now.includes(item));
  if (!left.length) return { now, uncounted };
  if (!enough) return { now, again: begins, uncounted };
  // Each is told an hour before it is needed at the latest.
  return { now, again: Math.min(afterToday(when), ...left.map((item) => neededBy(item) - SOON_MS)), uncounted };
}

export function isEnough({ at, hours, timing }: TellInput): boolean {
  return timing.day === localDay(hours.timeZone, at) && timing.sent >= MOST_A_DAY;
}

function afterToday({ at, hours, digestAt = at }: TellInput): number {
  return withinHours(Math.max(nextDay(at, hours.timeZone), digestAt), hours, hours.timeZone);
}

function neededBy({ neededBy = Number.POSITIVE_INFINITY }: Item): number {
  return neededBy;
}
