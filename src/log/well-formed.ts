// Repairs and truncates texts without splitting a surrogate pair. Models' APIs and databases refuse half a pair. Pure.

/** Replaces every unpaired surrogate, in texts at any depth and in field names. Returns the same value if it has none. */
export function wellFormed<T>(value: T): T {
  return mended(value) as T;
}

/** Truncates to at most `most` UTF-16 units, never inside a character. */
export function head(text: string, most: number): string {
  return text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '');
}

/** Truncates as `head`, and ends what it truncated with “…”, which is not counted. */
export function clipped(text: string, most: number): string {
  return text.length > most ? `${head(text, most)}…` : text;
}

/**
 * Truncates to at most `longest` UTF-16 units and appends a line that says so. `more`: a sentence that says how to get
 * the rest.
 */
export function shorten(text: string, longest: number, more: string): string {
  if (text.length <= longest) return text;
  const kept = head(text, longest);
  return `${kept}\n… cut here: ${text.length - kept.length} more characters. ${more}`;
}

function mended(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed();
  if (Array.isArray(value)) {
    const items: unknown[] = value.map(mended);
    return items.every((item, n) => item === value[n]) ? value : items;
  }
  if (!isPlain(value)) return value;
  const fields = Object.entries(value);
  const whole = fields.map(([name, field]) => [name.toWellFormed(), mended(field)] as const);
  return whole.every(([name, field], n) => name === fields[n]?.[0] && field === fields[n]?.[1])
    ? value
    : Object.fromEntries(whole);
}

/** True for a plain object. Bytes, dates and other objects contain no texts. */
function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
