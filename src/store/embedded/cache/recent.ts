// A cache of recently read and written documents, and of ids that have no document. It is always current, because only this process
// writes the file.
import type { Doc, Scalar } from '../../port.ts';
import type { Arg } from '../database.ts';
import { type Bounds, boundedMap } from './bounded-map.ts';

export interface Recent {
  /** Returns null if there is no document with this id, and undefined if the cache does not know. */
  get(id: string): Doc | null | undefined;
  /** Caches the document and freezes it, because several readers share it. `chars`: the length of its JSON text. */
  keep<D extends Doc>(doc: D, chars: number): D;
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

/** `doc` is undefined until a written document is parsed, and `json` from then on. All entries have the same shape. */
interface Entry {
  doc: Doc | null | undefined;
  json: string | undefined;
  columns: Columns | undefined;
}

/**
 * Enough for a few hundred runs at the same time. Documents mostly have about a kilobyte, which makes a megabyte per collection; some
 * are files and prompts.
 */
const MOST: Bounds = { entries: 1000, chars: 2_000_000 };
/** The longest JSON text of a written document, in characters: long ones are seldom read again. */
const LONGEST = 10_000;

export function makeRecent(most = MOST): Recent {
  const entries = boundedMap<Entry>(most);

  return {
    get(id) {
      const entry = entries.use(id);
      if (!entry) return undefined;
      if (entry.json !== undefined) {
        entry.doc = frozen(JSON.parse(entry.json) as Doc);
        entry.json = undefined;
      }
      return entry.doc;
    },
    keep(doc, chars) {
      entries.set(doc.id, { doc: frozen(doc), json: undefined, columns: undefined }, chars);
      return doc;
    },
    keepWritten(id, json, columns) {
      if (json.length <= LONGEST) entries.set(id, { doc: undefined, json, columns }, json.length);
    },
    columnsOf: (id) => entries.get(id)?.columns,
    keepAbsent: (id) => entries.set(id, { doc: null, json: undefined, columns: undefined }, id.length),
    forget: (id) => entries.delete(id),
    forgetAll: () => entries.clear(),
  };
}

function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const each of Object.values(value)) frozen(each);
  return Object.freeze(value);
}
