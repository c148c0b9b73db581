// A cache of recently read documents. It is always current, because only this process writes the file.
import type { Doc } from '../port.ts';

export interface Recent {
  get(id: string): Doc | undefined;
  /** Caches the document and freezes it, because several readers share it. */
  keep<D extends Doc>(doc: D): D;
  /** Removes a document from the cache. Call it before the document changes. */
  forget(id: string): void;
  forgetAll(): void;
}

/**
 * Enough for a few hundred runs at the same time. With documents of a kilobyte this is about a megabyte per collection.
 */
const MOST = 1000;

export function makeRecent(most = MOST): Recent {
  const docs = new Map<string, Doc>();
  return {
    get(id) {
      const doc = docs.get(id);
      if (!doc) return undefined;
      docs.delete(id);
      docs.set(id, doc);
      return doc;
    },
    keep(doc) {
      const [oldest] = docs.size < most ? [] : docs.keys();
      if (oldest !== undefined) docs.delete(oldest);
      docs.set(doc.id, frozen(doc));
      return doc;
    },
    forget: (id) => void docs.delete(id),
    forgetAll: () => docs.clear(),
  };
}

function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const each of Object.values(value)) frozen(each);
  return Object.freeze(value);
}
