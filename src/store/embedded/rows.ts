// Writes the rows of a collection within a transaction: a single write, or several that succeed or fail together.
import { Conflict } from '../../errors.ts';
import { indexedFields } from '../indexed.ts';
import type { CollectionSpec, Doc, Leased, Scalar } from '../port.ts';
import type { Columns } from './cache/recent.ts';
import { type Arg, type Database, prepare, preparing } from './database.ts';
import type { Group } from './group.ts';
import { column, rereadArrayFields, rowOf, sideWriter, type Table } from './table.ts';

/**
 * Each function returns work for a later transaction. It copies the document at the call, because the caller may change
 * it afterwards.
 */
export interface Rows {
  readonly spec: CollectionSpec;
  inserting(doc: Doc): () => 'inserted' | 'exists';
  replacing(doc: Doc, expectedRev: number): () => boolean;
  changing(id: string, next: (doc: Doc | undefined) => Doc): () => boolean;
  /** Reads at once: from the cache, else from the table. */
  get(id: string): Doc | undefined;
}

export function tableRows(db: Database, group: Group, table: Table): Rows {
  const { spec, name, recent, answers } = table;
  const kept = indexedFields(spec).map(column);
  const columns = ['id', 'rev', 'json', ...kept];
  const insert = prepare(
    db,
    `INSERT INTO ${name} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')}) ON CONFLICT DO NOTHING`,
  );
  const select = prepare(db, `SELECT ${shown} FROM ${name} WHERE id = ?`);
  const stands = prepare(db, `SELECT n, ${kept.join(', ')} FROM ${name} WHERE id = ? AND rev = ?`);
  const number = prepare(db, `SELECT n FROM ${name} WHERE id = ?`);
  const writeSide = sideWriter(db, table);
  const prepared = preparing(db);
  // Used if no column has an index: then only the JSON text can have changed.
  const bare =
    spec.indexes.length === 0 && prepare(db, `UPDATE ${name} SET rev = ?, json = ? WHERE id = ? AND rev = ?`);
  group.onUndone(() => {
    rereadArrayFields(db, table);
    recent.forgetAll();
    answers.dropAll();
  });

  function get(id: string): Doc | undefined {
    const known = recent.get(id);
    if (known !== undefined) return known ?? undefined;
    const row = select.get([id]);
    if (row) return recent.keep(docOf(row), (row[3] as string).length);
    recent.keepAbsent(id);
    return undefined;
  }

  const self: Rows = {
    spec,
    get,

    inserting(doc) {
      const { args, values } = rowOf(spec, doc);
      const { id, rev } = doc;
      const json = JSON.stringify(doc);
      const row = [id, rev, json, ...args];
      return () => {
        recent.forget(id);
        const { changes, lastInsertRowid } = insert.run(row);
        if (changes === 0) return 'exists';
        answers.drop(values);
        writeSide(() => Number(lastInsertRowid), values);
        // Documents of a trail are seldom read by their ids.
        if (spec.kind !== 'trail') recent.keepWritten(id, json, { rev, args, values });
        return 'inserted';
      };
    },

    replacing(doc, expectedRev) {
      const { id } = doc;
      const rev = expectedRev + 1;
      const { args: next, values } = rowOf(spec, doc);
      const json = JSON.stringify({ ...doc, rev });
      return () => {
        const known = recent.columnsOf(id) ?? columnsOf(spec, recent.get(id));
        recent.forget(id);
        if (bare && !('leaseUntil' in doc)) {
          const replaced = bare.run([rev, json, id, expectedRev]).changes > 0;
          if (replaced) {
            answers.dropAll();
            recent.keepWritten(id, json, { rev, args: next, values });
          }
          return replaced;
        }
        return update(known, { id, rev, json, args: next, values });
      };
    },

    changing(id, next) {
      return () => {
        const before = get(id);
        const after = next(before);
        if (after === before) return true;
        const doc = { ...after, rev: (before?.rev ?? 0) + 1 };
        return before ? self.replacing(doc, before.rev)() : self.inserting(doc)() === 'inserted';
      };
    },
  };
  return self;

  function update(known: Columns | undefined, { id, rev, json, args, values }: Row): boolean {
    // A document in `recent` is equal to its row, so the row need not be read.
    const before: Before | undefined = known?.rev === rev - 1 ? known : asStored(id, rev - 1);
    if (!before) return false;
    // Sets only the columns that changed: SQLite rewrites an index for every column that is set, even if the value is
    // the same.
    const changed = [...kept.keys()].filter((i) => !isSame(before.args[i], args[i]));
    const set = ['rev', 'json', ...changed.map((i) => kept[i])].map((each) => `${each} = ?`).join(', ');
    const statement = prepared(`UPDATE ${name} SET ${set} WHERE id = ? AND rev = ?`);
    const given = [rev, json, ...changed.map((i) => args[i] ?? null), id, rev - 1];
    if (!refusingDuplicates(spec.name, id, () => statement.run(given).changes > 0)) return false;
    if (before.values) answers.dropChanged(before.values, values);
    else answers.dropAll();
    writeSide(() => before.n ?? numberOf(id), values, before);
    recent.keepWritten(id, json, { rev, args, values });
    return true;
  }

  function asStored(id: string, rev: number): Before | undefined {
    const [n, ...args] = stands.get([id, rev]) ?? [];
    return n === undefined ? undefined : { n: n as number, args };
  }

  function numberOf(id: string): number {
    return number.get([id])?.[0] as number;
  }
}

interface Row {
  id: string;
  rev: number;
  json: string;
  args: readonly Arg[];
  values: Map<string, Scalar | Scalar[]>;
}

/** The row before its replacement. `values` is absent if the document was not in `recent`. */
interface Before {
  n?: number;
  args: readonly unknown[];
  values?: Map<string, Scalar | Scalar[]>;
}

function columnsOf(spec: CollectionSpec, doc: Doc | null | undefined): Columns | undefined {
  return doc ? { rev: doc.rev, ...rowOf(spec, doc) } : undefined;
}

/** The columns that `docOf` needs, in its order. */
export const shown = 'rev, "f_leaseBy", "f_leaseUntil", json';

/** Revision and lease come from their columns, because a claim changes those without writing the JSON again. */
export function docOf<D extends Doc>([rev, leaseBy, leaseUntil, json]: unknown[]): D {
  const doc = JSON.parse(json as string) as D & Partial<Leased>;
  doc.rev = rev as number;
  if (leaseBy !== null) doc.leaseBy = leaseBy as string;
  if (leaseUntil !== null) doc.leaseUntil = leaseUntil as number;
  return doc;
}

/** True if two column values are equal. Booleans are stored as blobs, so blobs are compared byte by byte. */
function isSame(a: unknown, b: unknown): boolean {
  return a === b || (a instanceof Uint8Array && b instanceof Uint8Array && Buffer.compare(a, b) === 0);
}

function refusingDuplicates<T>(name: string, id: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'SQLITE_CONSTRAINT_UNIQUE') throw error;
    throw new Conflict(`${id} can't be saved in ${name}: another document has the same unique values.`, {
      cause: error,
    });
  }
}
