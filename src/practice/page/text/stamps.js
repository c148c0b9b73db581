// Slack's own tokens for points in time, <!date^seconds^format^link|fallback>, in the reader's words. Pure: `now` is given.
// docs.slack.dev/messaging/formatting-message-text, “Date formatting”.

const DAY_MS = 86_400_000;
const day = (options) => (at) => at.toLocaleDateString('en-GB', options);
const clock = (options) => (at) => at.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', ...options });

const long = day({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const plain = day({ day: 'numeric', month: 'long', year: 'numeric' });
const short = day({ day: 'numeric', month: 'short', year: 'numeric' });

/** “today”, “yesterday” or “tomorrow” where it is one of them. */
const pretty = (otherwise) => (at, now) => {
  const midnight = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
  const days = Math.round((midnight(at) - midnight(now)) / DAY_MS);
  return { '-1': 'yesterday', 0: 'today', 1: 'tomorrow' }[days] ?? otherwise(at);
};

const FORMATS = {
  date_num: (at) => [at.getFullYear(), pad(at.getMonth() + 1), pad(at.getDate())].join('-'),
  date_slash: day({ day: '2-digit', month: '2-digit', year: 'numeric' }),
  date: plain,
  date_pretty: pretty(plain),
  date_short: short,
  date_short_pretty: pretty(short),
  date_long: long,
  date_long_full: long,
  date_long_pretty: pretty(long),
  day_divider_pretty: pretty(long),
  time: clock({}),
  time_secs: clock({ second: '2-digit' }),
  ago,
};

const pad = (number) => String(number).padStart(2, '0');

function ago(at, now) {
  const seconds = Math.round((at.getTime() - now.getTime()) / 1_000);
  const words = new Intl.RelativeTimeFormat('en-GB', { numeric: 'auto' });
  const [size, unit] = [
    [86_400, 'day'],
    [3_600, 'hour'],
    [60, 'minute'],
    [1, 'second'],
  ].find(([least]) => Math.abs(seconds) >= least) ?? [1, 'second'];
  return words.format(Math.trunc(seconds / size), unit);
}

/** Undefined for what is no time, or has a token that Slack does not know: then the fallback stands. @param {string} seconds @param {string} format @param {Date} now */
export function stampText(seconds, format, now) {
  const at = new Date(Number(seconds) * 1_000);
  if (Number.isNaN(at.getTime())) return undefined;
  const tokens = [...format.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  if (!tokens.every((name) => Object.hasOwn(FORMATS, name))) return undefined;
  const text = format.replace(/\{(\w+)\}/g, (_, name) => FORMATS[name](at, now));
  // Slack begins a line's own words with a capital letter.
  return format.startsWith('{') ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}
