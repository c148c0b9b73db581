// A person's hours, and when Skein may write to them unasked. Pure.
import { addDays, instantOf, isTimeZone, wallClock } from '../local-time.ts';

export interface Hours {
  /** HH:MM in the person's zone; `until` is the first minute outside. */
  from: string;
  until: string;
  /** 1 is Monday, 7 Sunday. */
  days: readonly number[];
}

export const DEFAULT_HOURS: Hours = { from: '08:00', until: '19:00', days: [1, 2, 3, 4, 5] };

/** Notices that come together within this time are one message, in milliseconds. */
export const TOGETHER_MS = { slack: 120_000, email: 600_000 } as const;

/** The most messages to a person on one local day that they have not asked for, beside the digest. */
export const MOST_A_DAY = 4;

/** An item that is needed within this time, in milliseconds, is told beyond the number of the day. */
export const SOON_MS = 3_600_000;

/** The instant itself where it lies in the hours, else the beginning of the next ones. */
export function withinHours(at: number, hours: Hours, timeZone = 'UTC'): number {
  const wall = wallClock(isTimeZone(timeZone) ? timeZone : 'UTC');
  const [today = '', time = ''] = wall(at).split('T');
  for (let ahead = 0; ahead <= 8; ahead++) {
    const day = addDays(today, ahead);
    if (!hours.days.includes(weekday(day))) continue;
    if (ahead === 0 && time >= hours.from && time < hours.until) return at;
    const begins = instantOf(wall, day, hours.from);
    if (begins !== undefined && begins > at) return begins;
  }
  // A person without any working day is told at once rather than never.
  return at;
}

function weekday(day: string): number {
  return new Date(`${day}T00:00Z`).getUTCDay() || 7;
}
