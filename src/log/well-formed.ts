// Texts as Unicode has them: half a surrogate pair is no character, and no JSON that a model's API or a database takes. Pure.

/** The same value with every half pair replaced, in texts at any depth and in names of fields; the very same one where none is. */
export function wellFormed<T>(value: T): T {
  return mended(value) as T;
}

/** At most so many UTF-16 units of its beginning, and no half of a character at the end. */
export function head(text: string, most: number): string {
  return text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '');
}

/** Cut to at most `longest` units, with a line that says so; `more` says how to get at the rest. */
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

/** Bytes, dates and the like are no texts. */
function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
