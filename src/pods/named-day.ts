// Finds the day by which a text wants something, as “by Friday”. It is only ever proposed. Pure.
import { comingDay, type SpokenDay } from './spoken-day.ts';

const BY = /\b(?:by|until|till|before|due(?: on)?)\s+((?:[\p{L}\d.-]+\s+){0,3}[\p{L}\d.-]+)/giu;
/** A day in full: “by sun and rain” names none. */
const IN_FULL = /\d|day\b|tomorrow|tonight/i;
const MOST_CHARS = 10_000;

/** Returns the first such day. `today`: the author's day when they wrote it. */
export function namedDay(text: string, today: string): SpokenDay | undefined {
  for (const [, said = ''] of text.slice(0, MOST_CHARS).matchAll(BY)) {
    const words = said.split(/\s+/);
    for (let count = words.length; count > 0; count -= 1) {
      // A day of another year is not that day of this year.
      if (/^\d{4}$/.test(words[count] ?? '')) break;
      const tried = words.slice(0, count).join(' ');
      const day = IN_FULL.test(tried) ? comingDay(tried, today) : undefined;
      if (day) return day;
    }
  }
  return undefined;
}
