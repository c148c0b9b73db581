// A map for caches. It is bounded by the number of its entries and by their characters, because one entry may hold very much.

export interface Bounds {
  entries: number;
  chars: number;
}

export interface BoundedMap<V> {
  readonly size: number;
  get(key: string): V | undefined;
  /** Sets the newest entry, and removes the oldest ones that have no room beside it. `chars`: how many characters it holds. */
  set(key: string, value: V, chars: number): void;
  /** Returns the value, and keeps its entry among the newest. */
  use(key: string): V | undefined;
  delete(key: string): void;
  clear(): void;
}

/** `onRemoved` is called for each entry that is deleted or has no room any more, but not by `clear`. */
export function boundedMap<V>(most: Bounds, onRemoved: (value: V, key: string) => void = () => {}): BoundedMap<V> {
  const entries = new Map<string, { value: V; chars: number; added: number }>();
  /** How many were added at the end so far. An entry that is used is moved there once a quarter of the others stand behind it. */
  let added = 0;
  let chars = 0;

  function remove(key: string): void {
    const entry = entries.get(key);
    if (!entry) return;
    entries.delete(key);
    chars -= entry.chars;
    onRemoved(entry.value, key);
  }

  return {
    get size() {
      return entries.size;
    },
    get: (key) => entries.get(key)?.value,
    set(key, value, length) {
      remove(key);
      // It would push out all the others, and then itself.
      if (length > most.chars) return onRemoved(value, key);
      entries.set(key, { value, chars: length, added: ++added });
      chars += length;
      for (const oldest of entries.keys()) {
        if (entries.size <= most.entries && chars <= most.chars) break;
        remove(oldest);
      }
    },
    use(key) {
      const entry = entries.get(key);
      if (!entry) return undefined;
      if (added - entry.added >= entries.size / 4) {
        entries.delete(key);
        entry.added = ++added;
        entries.set(key, entry);
      }
      return entry.value;
    },
    delete: remove,
    clear() {
      entries.clear();
      chars = 0;
    },
  };
}
