// A cache of recently read and written documents, and of ids that have no document. It is always current, because only this process
// writes the file.
import type { Doc, Scalar } from '../../port.ts';
import type { Arg } from '../database.ts';

export interface Recent {
  /** Returns null if there is no document with this id, and undefined if the cache does not know. */
  get(id: string): Doc | null | undefined;
  /** Caches the document and freezes it, because several readers share it. */
  keep<D extends Doc>(doc: D): D;
  /** Caches a document that was written, as its JSON text. It is parsed once somebody asks for it. */
  keepWritten(id: string, json: string, columns: Columns): void;
  /** Returns the columns of a document that was written, if the cache knows them. */
  columnsOf(id: string): Columns | undefined;
  /** Remembers that there is no document with this id. */
  keepAbsent(id: string): void;
  /** Removes an id from the cache. Call it before its document is inserted, changes or is deleted. */
  forget(id: string): void;
  forgetAll(): void;
}

/** The columns of a document's row, in the order of `indexedFields`, and the values of its index fields, arrays among them. */
export interface Columns {
  rev: number;
  args: readonly Arg[];
  values: Map<string, Scalar | Scalar[]>;
}

/** `doc` is absent until a written document is parsed. */
interface Entry {
  doc?: Doc | null;
  json?: string;
  columns?: Columns;
}

/**
 * Enough for a few hundred runs at the same time. With documents of a kilobyte this is about a megabyte per collection.
 */
const MOST = 1000;
/** The longest JSON text of a written document, in characters: long ones are seldom read again. */
const LONGEST = 10_000;

export function makeRecent(most = MOST): Recent {
  const entries = new Map<string, Entry>();

  function put(id: string, entry: Entry): void {
    const [oldest] = entries.size < most ? [] : entries.keys();
    if (oldest !== undefined) entries.delete(oldest);
    entries.set(id, entry);
  }

  return {
    get(id) {
      const entry = entries.get(id);
      if (!entry) return undefined;
      entries.delete(id);
      entries.set(id, entry);
      entry.doc ??= entry.json === undefined ? null : frozen(JSON.parse(entry.json) as Doc);
      return entry.doc;
    },
    keep(doc) {
      put(doc.id, { doc: frozen(doc) });
      return doc;
    },
    keepWritten(id, json, columns) {
      if (json.length <= LONGEST) put(id, { json, columns });
    },
    columnsOf: (id) => entries.get(id)?.columns,
    keepAbsent: (id) => put(id, { doc: null }),
    forget: (id) => void entries.delete(id),
    forgetAll: () => entries.clear(),
  };
}

function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const each of Object.values(value)) frozen(each);
  return Object.freeze(value);
}
