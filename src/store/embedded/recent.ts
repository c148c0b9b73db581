// The documents of a collection that were read last, as they stand: one process writes the file, so none is ever out of date.
import type { Doc } from '../port.ts';

export interface Recent {
  get(id: string): Doc | undefined;
  /** Freezes the document, because several readers share it. */
  keep<D extends Doc>(doc: D): D;
  /** It is about to say something else. */
  forget(id: string): void;
  forgetAll(): void;
}

/** What a few hundred runs at once come back to; with documents of a kilobyte it is a megabyte for each collection. */
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
