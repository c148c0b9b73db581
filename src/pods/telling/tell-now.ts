// Decides which of the waiting items a person is told now, and when to decide again. Pure.
import { localDay } from '../local-time.ts';
import type { NeedDoc } from '../needs/need.ts';
import type { OwnHours } from '../preferences/preference.ts';
import { MOST_A_DAY, nextDay, SOON_MS, withinHours } from './hours.ts';
import type { TellingDoc } from './telling.ts';

type Item = Pick<NeedDoc, 'id' | 'neededBy' | 'joins'>;

export interface TellInput {
  at: number;
  hours: OwnHours;
  timing: Pick<TellingDoc, 'day' | 'sent'>;
  /**
   * When the person's next digest has come, which contains all waiting items. In milliseconds since 1970; absent for a
   * person without a digest.
   */
  digestAt?: number | undefined;
}

export interface TellChoice<I extends Item> {
  now: readonly I[];
  /** When to decide again, in milliseconds since 1970. Absent if no item is left. */
  again?: number;
  /**
   * True if the message does not count for the day's number, because it contains an item that is needed within the
   * hour.
   */
  uncounted: boolean;
}

/**
 * Chooses the items to tell now. Outside the person's hours, these are only items that are needed before the next hours
 * begin. Items that join others are told with these alone. Once the day's number of messages is reached, nothing is told unless an item is needed within the hour.
 */
export function tellNow<I extends Item>(items: readonly I[], when: TellInput): TellChoice<I> {
  const { at, hours } = when;
  const begins = withinHours(at, hours, hours.timeZone);
  const ready = begins === at ? items : items.filter((item) => neededBy(item) <= begins);
  const uncounted = ready.some((item) => neededBy(item) <= at + SOON_MS);
  const enough = isEnough(when) && !uncounted;
  const now = enough || !ready.some((item) => !item.joins) ? [] : ready;
  // An item that joins others sets no time of its own.
  const left = items.filter((item) => !now.includes(item) && !item.joins);
  if (!left.length) return { now, uncounted };
  if (!enough) return { now, again: begins, uncounted };
  // The next decision comes at the latest an hour before an item is needed.
  return { now, again: Math.min(afterToday(when), ...left.map((item) => neededBy(item) - SOON_MS)), uncounted };
}

export function isEnough({ at, hours, timing }: TellInput): boolean {
  const sent = timing.day === localDay(hours.timeZone, at) ? timing.sent : 0;
  return sent >= (hours.most ?? MOST_A_DAY);
}

function afterToday({ at, hours, digestAt = at }: TellInput): number {
  return withinHours(Math.max(nextDay(at, hours.timeZone), digestAt), hours, hours.timeZone);
}

function neededBy({ neededBy = Number.POSITIVE_INFINITY }: Item): number {
  return neededBy;
}
