// A cache of recently read documents, and of ids that have no document. It is always current, because only this process writes the file.
import type { Doc } from '../port.ts';

export interface Recent {
  /** Returns null if there is no document with this id, and undefined if the cache does not know. */
  get(id: string): Doc | null | undefined;
  /** Caches the document and freezes it, because several readers share it. */
  keep<D extends Doc>(doc: D): D;
  /** Remembers that there is no document with this id. */
  keepAbsent(id: string): void;
  /** Removes an id from the cache. Call it before its document is inserted, changes or is deleted. */
  forget(id: string): void;
  forgetAll(): void;
}

/**
 * Enough for a few hundred runs at the same time. With documents of a kilobyte this is about a megabyte per collection.
 */
const MOST = 1000;

export function makeRecent(most = MOST): Recent {
  const docs = new Map<string, Doc | null>();

  function put(id: string, doc: Doc | null): void {
    const [oldest] = docs.size < most ? [] : docs.keys();
    if (oldest !== undefined) docs.delete(oldest);
    docs.set(id, doc);
  }

  return {
    get(id) {
      const doc = docs.get(id);
      if (doc === undefined) return undefined;
      docs.delete(id);
      docs.set(id, doc);
      return doc;
    },
    keep(doc) {
      put(doc.id, frozen(doc));
      return doc;
    },
    keepAbsent: (id) => put(id, null),
    forget: (id) => void docs.delete(id),
    forgetAll: () => docs.clear(),
  };
}

function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const each of Object.values(value)) frozen(each);
  return Object.freeze(value);
}
