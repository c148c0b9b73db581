// A collection of the port over its table. Reads run at once, between two group commits; writes join the next one.
import { Conflict } from '../../errors.ts';
import { checkQuery, keptFields } from '../indexed.ts';
import type { Collection, Doc, Lease, Leased, Query, Sort, Where } from '../port.ts';
import { type Database, prepare, preparing } from './database.ts';
import type { Group } from './group.ts';
import { afterSql, allOf, orderSql, type Sql, whereSql } from './select.ts';
import { column, rereadArrayFields, rowOf, sideWriter, type Table } from './table.ts';

const shown = 'rev, "f_leaseBy", "f_leaseUntil", json';

export function embeddedCollection<D extends Doc>(db: Database, group: Group, table: Table): Collection<D> {
  const { spec, name } = table;
  const kept = keptFields(spec).map(column);
  const columns = ['id', 'rev', 'json', ...kept];
  const select = prepare(db, `SELECT ${shown} FROM ${name} WHERE id = ?`);
  const insert = prepare(
    db,
    `INSERT INTO ${name} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')}) ON CONFLICT DO NOTHING`,
  );
  const stands = prepare(db, `SELECT n, ${kept.join(', ')} FROM ${name} WHERE id = ? AND rev = ?`);
  const remove = prepare(db, `DELETE FROM ${name} WHERE id = ?`);
  const removeSide = prepare(db, `DELETE FROM ${table.side} WHERE n = ?`);
  const numberOf = prepare(db, `SELECT n FROM ${name} WHERE id = ?`);
  const writeSide = sideWriter(db, table);
  const prepared = preparing(db);
  group.onUndone(() => rereadArrayFields(db, table));

  return {
    async get(id) {
      const row = select.get([id]);
      return row && docOf<D>(row);
    },

    async find(query: Query<D>) {
      checkQuery(spec, query);
      const { where, sort = [], limit = -1, after } = query;
      const matching = whereSql(table, where);
      const stretches = after ? afterSql(sort, after).map((each) => allOf([matching, each])) : [matching];
      const found: D[] = [];
      for (const { text, args } of stretches) {
        if (limit >= 0 && found.length >= limit) break;
        const statement = prepared(`SELECT ${shown} FROM ${name} WHERE ${text} ORDER BY ${orderSql(sort)} LIMIT ?`);
        for (const row of statement.all([...args, limit < 0 ? -1 : limit - found.length])) found.push(docOf<D>(row));
      }
      return found;
    },

    async insert(docs: readonly D[]) {
      const rows = docs.map((doc) => rowFor(doc));
      return group.write(spec.kind, () =>
        rows.map(({ args, values }) => {
          const { changes, lastInsertRowid } = insert.run(args);
          if (changes === 0) return 'exists';
          writeSide(Number(lastInsertRowid), values, true);
          return 'inserted';
        }),
      );
    },

    // From here on nothing needs a flush of its own, in a journal neither: see `CollectionSpec`.
    async replace(doc: D, expectedRev: number) {
      const rev = expectedRev + 1;
      const { args, values } = rowFor({ ...doc, rev });
      const [, , json, ...next] = args;
      return group.write('view', () => {
        const [n, ...before] = stands.get([doc.id, expectedRev]) ?? [];
        if (n === undefined) return false;
        // SQLite writes an index anew for every column of it that is set, changed or not.
        const changed = [...kept.keys()].filter((i) => !isSame(before[i], next[i]));
        const set = ['rev', 'json', ...changed.map((i) => kept[i])].map((each) => `${each} = ?`).join(', ');
        const update = prepared(`UPDATE ${name} SET ${set} WHERE n = ?`);
        const given = [rev, json ?? null, ...changed.map((i) => next[i] ?? null), n as number];
        refusingDuplicates(spec.name, doc.id, () => update.run(given));
        writeSide(n as number, values, false);
        return true;
      });
    },

    async claim(this: Collection<D & Leased>, query: { where: Where<D>; sort: Sort<D> }, lease: Lease) {
      checkQuery(spec, query);
      const sql = claimSql(table, query, lease);
      return group.write('view', () => {
        const row = prepared(sql().text).get(sql().args);
        return row && docOf<D>(row);
      });
    },

    async delete(id) {
      return group.write('view', () => {
        const n = numberOf.get([id])?.[0] as number | undefined;
        if (n === undefined) return;
        removeSide.run([n]);
        remove.run([id]);
      });
    },
  };

  // Made when the write is called, not when it is committed: the caller may go on to change the document.
  function rowFor(doc: D) {
    const { args, values } = rowOf(spec, doc);
    return { args: [doc.id, doc.rev, JSON.stringify(doc), ...args], values };
  }
}

/** As a function, since array fields may be learned between the call and the commit. */
function claimSql<D extends Doc>(
  table: Table,
  { where, sort }: { where: Where<D>; sort: Sort<D> },
  lease: Lease,
): () => Sql {
  return () => {
    const { text, args } = whereSql(table, where);
    // The plus keeps the planner from reading by the lease and sorting: almost every document is free.
    const first = `SELECT n FROM ${table.name} WHERE ${text} AND +"f_leaseUntil" <= ? ORDER BY ${orderSql(sort)} LIMIT 1`;
    return {
      text: `UPDATE ${table.name} SET "f_leaseBy" = ?, "f_leaseUntil" = ?, rev = rev + 1 WHERE n = (${first}) RETURNING ${shown}`,
      args: [lease.by, lease.until, ...args, lease.now],
    };
  };
}

/** The columns hold the revision and the lease: a claim changes them without writing the text again. */
function docOf<D extends Doc>([rev, leaseBy, leaseUntil, json]: unknown[]): D {
  const doc = JSON.parse(json as string) as D & Partial<Leased>;
  doc.rev = rev as number;
  if (leaseBy !== null) doc.leaseBy = leaseBy as string;
  if (leaseUntil !== null) doc.leaseUntil = leaseUntil as number;
  return doc;
}

/** Of two values of a column; booleans are kept as blobs. */
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
