// Parses the commands about a person's daily digest and makes their answers, for Slack and for mail. Pure.
import { InvalidInput } from '../errors.ts';
import { localDay, shownDate } from '../pods/local-time.ts';
import type { Texts } from '../texts/texts.ts';

export type Wish = { action: 'send_digest' | 'set_digest'; input: Record<string, unknown> };

/** Formats a command as people write it: after `/skein digest`, or in a line of a reply. */
export type Written = (words: string) => string;

/** Parses a command. @throws InvalidInput with a sentence that lists all commands */
export function wishOf(words: readonly string[], written: Written): Wish {
  const said = words.map((word) => word.toLowerCase());
  const from = said.findIndex((word) => !EACH_DAY.has(word));
  const [verb = 'now', ...rest] = from < 0 ? said : said.slice(from);
  const set = (input: Record<string, unknown>): Wish => ({ action: 'set_digest', input });
  switch (verb) {
    case 'now':
      return { action: 'send_digest', input: {} };
    case 'at':
      return set({ time: timeOf(rest.join('')), state: 'on' });
    case 'zone':
      return set({ time_zone: rest[0] === 'mine' ? null : zoneOf(words[1], written) });
    case 'pause':
      return set({ state: 'paused' });
    case 'resume':
    case 'on':
    case 'start':
      return set({ state: 'on' });
    case 'stop':
    case 'off':
    case 'unsubscribe':
      return set({ state: 'off' });
    default:
      if (/^\d/.test(verb)) return set({ time: timeOf([verb, ...rest].join('')), state: 'on' });
      throw new InvalidInput(
        `There is no “${written(verb.slice(0, 30))}”. Write ${written('at 08:30')}; or instead of “at 08:30”: now, zone Europe/Berlin, zone mine, pause, resume or stop.`,
      );
  }
}

/** A digest comes each day, so these say nothing. */
const EACH_DAY: ReadonlySet<string> = new Set(['daily', 'every', 'each', 'day', 'morning']);

/** Returns the time as HH:MM. Accepts “noon”, `8:30`, `08.30`, `8`, `5pm` and `5:30 pm`. */
export function timeOf(text: string): string {
  if (text === 'noon') return '12:00';
  const [, hours = '', minutes = '00', half] = /^(\d{1,2})(?:[:.h](\d{2}))?(am|pm)?$/.exec(text) ?? [];
  const hour = half ? (Number(hours) % 12) + (half === 'pm' ? 12 : 0) : Number(hours);
  const wrong = !hours || hour > 23 || Number(minutes) > 59 || (half && (Number(hours) > 12 || hours === '0'));
  if (wrong) throw new InvalidInput(`“${text.slice(0, 30)}” is no time. Write one such as 08:30 or 17:00.`);
  return `${String(hour).padStart(2, '0')}:${minutes}`;
}

function zoneOf(name: string | undefined, written: Written): string {
  if (name) return name;
  throw new InvalidInput(
    `Which time zone? Write one such as ${written('zone Europe/Berlin')}, or zone mine for your own.`,
  );
}

export interface ShownDigest {
  state: 'on' | 'paused' | 'off';
  time: string;
  timeZone: string;
  /** The local date of the next digest. */
  day?: string;
}

export function digestAnswer(
  texts: Texts,
  { state, time, timeZone, day = '' }: ShownDigest,
  at: number,
  written: Written,
): string {
  const { fill } = texts;
  switch (state) {
    case 'on':
      return fill('digest-settings', 'on', { time, zone: timeZone, day: dayWords(texts, day, timeZone, at) });
    case 'paused':
      return fill('digest-settings', 'paused', { resume: written('resume') });
    case 'off':
      return fill('digest-settings', 'off', { resume: written('resume') });
    default:
      return state satisfies never;
  }
}

function dayWords({ fill }: Texts, day: string, timeZone: string, at: number): string {
  if (day === localDay(timeZone, at)) return fill('digest-settings', 'today');
  if (day === localDay(timeZone, at, 1)) return fill('digest-settings', 'tomorrow');
  return fill('digest-settings', 'later', { day: shownDate(day) });
}
