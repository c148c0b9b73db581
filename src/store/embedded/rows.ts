// Writes the rows of a collection within a transaction: one write, or several as one.
import { Conflict } from '../../errors.ts';
import { indexedFields } from '../indexed.ts';
import type { CollectionSpec, Doc } from '../port.ts';
import { type Database, prepare, preparing } from './database.ts';
import type { Group } from './group.ts';
import { column, rereadArrayFields, rowOf, sideWriter, type Table } from './table.ts';

/** Each function copies the document at the call, because the caller may change it, and returns work for a later transaction. */
export interface Rows {
  readonly spec: CollectionSpec;
  inserting(doc: Doc): () => 'inserted' | 'exists';
  replacing(doc: Doc, expectedRev: number): () => boolean;
}

export function tableRows(db: Database, group: Group, table: Table): Rows {
  const { spec, name, recent } = table;
  const kept = indexedFields(spec).map(column);
  const columns = ['id', 'rev', 'json', ...kept];
  const insert = prepare(
    db,
    `INSERT INTO ${name} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')}) ON CONFLICT DO NOTHING`,
  );
  const stands = prepare(db, `SELECT n, ${kept.join(', ')} FROM ${name} WHERE id = ? AND rev = ?`);
  const writeSide = sideWriter(db, table);
  const prepared = preparing(db);
  // No column differs, so only the JSON text can have changed.
  const bare =
    spec.indexes.length === 0 && prepare(db, `UPDATE ${name} SET rev = ?, json = ? WHERE id = ? AND rev = ?`);
  group.onUndone(() => {
    rereadArrayFields(db, table);
    recent.forgetAll();
  });

  return {
    spec,

    inserting(doc) {
      const { args, values } = rowOf(spec, doc);
      const row = [doc.id, doc.rev, JSON.stringify(doc), ...args];
      return () => {
        const { changes, lastInsertRowid } = insert.run(row);
        if (changes === 0) return 'exists';
        writeSide(Number(lastInsertRowid), values, true);
        return 'inserted';
      };
    },

    replacing(doc, expectedRev) {
      const { id } = doc;
      const rev = expectedRev + 1;
      const { args: next, values } = rowOf(spec, doc);
      const json = JSON.stringify({ ...doc, rev });
      return () => {
        recent.forget(id);
        if (bare && !('leaseUntil' in doc)) return bare.run([rev, json, id, expectedRev]).changes > 0;
        const [n, ...before] = stands.get([id, expectedRev]) ?? [];
        if (n === undefined) return false;
        // Sets changed columns only: SQLite rewrites an index for every column that is set, even to the same value.
        const changed = [...kept.keys()].filter((i) => !isSame(before[i], next[i]));
        const set = ['rev', 'json', ...changed.map((i) => kept[i])].map((each) => `${each} = ?`).join(', ');
        const update = prepared(`UPDATE ${name} SET ${set} WHERE n = ?`);
        const given = [rev, json, ...changed.map((i) => next[i] ?? null), n as number];
        refusingDuplicates(spec.name, id, () => update.run(given));
        writeSide(n as number, values, false);
        return true;
      };
    },
  };
}

/** Compares two column values. Booleans are stored as blobs. */
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
