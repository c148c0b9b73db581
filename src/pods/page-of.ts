// Keeps a page of entries short enough that its newest ones are never cut off, wherever the page is read. Pure.

/**
 * The most characters of a page, as JSON. A model gets at most 30,000 of a result (tools/cut-result.ts); text from
 * outside is framed there, which makes it longer.
 */
const MOST_CHARS = 20_000;

/** Returns as many entries from the end as fit, at least one. `entries`: oldest first. */
export function newestThatFit<T>(entries: readonly T[]): T[] {
  let [from, chars] = [entries.length, 0];
  while (from > 0) {
    chars += JSON.stringify(entries[from - 1]).length;
    if (chars > MOST_CHARS && from < entries.length) break;
    from--;
  }
  return entries.slice(from);
}
