// Points in time, as people say them. Pure: `now` is given.

const DAY_MS = 86_400_000;
const hours = { hour: '2-digit', minute: '2-digit' };

/** “10:32”, “yesterday 10:32”, “Mon 16 Nov, 10:32”, “3 Feb 2025”. @param {Date} at @param {Date} now */
export function when(at, now) {
  const clock = at.toLocaleTimeString('en-GB', hours);
  const days = daysBetween(at, now);
  if (days === 0) return clock;
  if (days === 1) return `yesterday ${clock}`;
  if (at.getFullYear() !== now.getFullYear())
    return at.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
  return `${at.toLocaleDateString('en-GB', { weekday: 'short', day: 'numeric', month: 'short' })}, ${clock}`;
}

/** A due date: “today”, “tomorrow”, “Fri 27 Nov”. @param {string} day YYYY-MM-DD @param {Date} now */
export function dayWords(day, now) {
  const at = new Date(`${day}T00:00`);
  if (Number.isNaN(at.getTime())) return day;
  const days = daysBetween(at, now);
  if (days === 0) return 'today';
  if (days === -1) return 'tomorrow';
  if (days === 1) return 'yesterday';
  const year = at.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' };
  return at.toLocaleDateString('en-GB', { weekday: 'short', day: 'numeric', month: 'short', ...year }).replace(',', '');
}

/** @param {string} day YYYY-MM-DD @param {Date} now */
export const isPast = (day, now) => daysBetween(new Date(`${day}T00:00`), now) > 0;

/** Whole days from `at` to `now`, by the calendar. */
function daysBetween(at, now) {
  const midnight = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
  return Math.round((midnight(now) - midnight(at)) / DAY_MS);
}
