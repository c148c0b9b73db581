// Dates as mail programs print them: a pattern per program and language, names of days and months from the platform.

/**
 * Fills a pattern: `{wd}` `{wds}` weekday long and short, `{d}` `{dd}` day, `{M}` `{MM}` month, `{month}` `{mon}` its
 * name beside a day, `{y}` `{yy}` year, `{H}` `{HH}` `{h}` hour, `{mm}` `{ss}`, `{AP}` AM or PM.
 */
export function printDate(at: Date, language: string, pattern: string): string {
  const two = (n: number) => String(n).padStart(2, '0');
  const named = (options: Intl.DateTimeFormatOptions, type: string) =>
    new Intl.DateTimeFormat(language, { timeZone: 'UTC', calendar: 'gregory', numberingSystem: 'latn', ...options })
      .formatToParts(at)
      .find((part) => part.type === type)?.value ?? '';
  const hour = at.getUTCHours();
  const fields: Record<string, string> = {
    wd: named({ weekday: 'long' }, 'weekday'),
    wds: named({ weekday: 'short' }, 'weekday'),
    d: String(at.getUTCDate()),
    dd: two(at.getUTCDate()),
    M: String(at.getUTCMonth() + 1),
    MM: two(at.getUTCMonth() + 1),
    month: named({ day: 'numeric', month: 'long' }, 'month'),
    mon: named({ day: 'numeric', month: 'short' }, 'month'),
    y: String(at.getUTCFullYear()),
    yy: String(at.getUTCFullYear()).slice(2),
    H: String(hour),
    HH: two(hour),
    h: String(hour % 12 || 12),
    mm: two(at.getUTCMinutes()),
    ss: two(at.getUTCSeconds()),
    AP: hour < 12 ? 'AM' : 'PM',
  };
  return pattern.replace(/\{(\w+)\}/g, (_, name: string) => fields[name] ?? '');
}

const EN = 'en-US';

/** As in a Date header (RFC 5322). */
export const headerDate = (at: Date) => printDate(at, EN, '{wds}, {d} {mon} {y} {HH}:{mm}:{ss} +0100');
