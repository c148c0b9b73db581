// A collection of the port, stored in a table. Reads run at once, between two group commits. A write runs in the next
// group commit.
import { checkQuery } from '../indexed.ts';
import type { Collection, Condition, Doc, Lease, Leased, Query, Sort, Where } from '../port.ts';
import { type Question, questionOf } from './cache/answers.ts';
import { type Arg, type Database, prepare, preparing } from './database.ts';
import type { Group } from './group.ts';
import { docOf, type Rows, shown, tableRows } from './rows.ts';
import { afterSql, allOf, orderSql, type Sql, whereSql } from './select.ts';
import type { Table } from './table.ts';

/** Answers with so many documents go into the cache. */
const FEW = 8;
const PLAIN = /^[\x20-\x7e]*$/;

export interface EmbeddedCollection<D extends Doc> extends Collection<D> {
  readonly rows: Rows;
}

export function embeddedCollection<D extends Doc>(db: Database, group: Group, table: Table): EmbeddedCollection<D> {
  const { spec, name, recent, answers } = table;
  const rows = tableRows(db, group, table);
  const remove = prepare(db, `DELETE FROM ${name} WHERE id = ?`);
  const removeSide = prepare(db, `DELETE FROM ${table.side} WHERE n = ?`);
  const numberOf = prepare(db, `SELECT n FROM ${name} WHERE id = ?`);
  const prepared = preparing(db);

  return {
    rows,

    // The cast is safe, because all documents of a collection have its type.
    get: async (id) => rows.get(id) as D | undefined,

    async find(query: Query<D>) {
      const question = questionOf(query);
      const answer = question ? answered(question) : atHand(query);
      if (answer) return answer as D[];
      checkQuery(spec, query);
      const { where, sort = [], limit = Number.POSITIVE_INFINITY, after } = query;
      const matching = whereSql(table, where);
      const stretches = after ? afterSql(sort, after).map((each) => allOf([matching, each])) : [matching];
      const rows: unknown[][] = [];
      for (const { text, args } of stretches) {
        if (rows.length >= limit) break;
        const sql = `SELECT ${shown}, id, octet_length(id) FROM ${name} WHERE ${text} ORDER BY ${orderSql(sort)}`;
        for (const row of rowsOf(sql, args, limit - rows.length)) rows.push(row);
      }
      // Few documents are often asked for again, or one of them is replaced next, and then need not be read again.
      const few = rows.length <= FEW;
      const found = rows.map((row) => known(row) ?? (few ? recent.keep(docOf(row), charsIn(row)) : docOf(row))) as D[];
      if (few && question)
        answers.keep(
          question,
          found.map(({ id }) => id),
        );
      return found;
    },

    async count(where: Where<D>, most: number) {
      checkQuery(spec, { where });
      const { text, args } = whereSql(table, where);
      const counted = prepared(`SELECT count(*) FROM (SELECT 1 FROM ${name} WHERE ${text} LIMIT ?)`).get([
        ...args,
        most,
      ]);
      return counted?.[0] as number;
    },

    async insert(docs: readonly D[]) {
      const inserts = docs.map((doc) => rows.inserting(doc));
      return group.write(spec.kind, () => inserts.map((insert) => insert()));
    },

    // A change to an existing document needs no flush of its own, even in a journal: see `CollectionSpec`.
    async replace(doc: D, expectedRev: number) {
      return group.write(spec.kind === 'tally' ? 'tally' : 'view', rows.replacing(doc, expectedRev));
    },

    async replaceEach(docs: readonly D[]) {
      const works = docs.map((doc) => rows.replacing(doc, doc.rev));
      const kind = spec.kind === 'tally' ? 'tally' : 'view';
      return (await Promise.all(works.map((work) => group.write(kind, work)))).every(Boolean);
    },

    async claim(this: Collection<D & Leased>, query: { where: Where<D>; sort: Sort<D> }, lease: Lease) {
      checkQuery(spec, query);
      const free = () => freeSql(table, query, lease.now);
      // Nearly every poll finds nothing: it only reads, and makes no transaction. A write that waits may make something free; whoever
      // made it does not always await it before they claim.
      const first = free();
      if (group.isIdle() && !prepared(first.text).get(first.args)) return undefined;
      return group.write('view', () => {
        // Built again, because a field may have become an array field since.
        const { text, args } = free();
        const sql = `UPDATE ${name} SET "f_leaseBy" = ?, "f_leaseUntil" = ?, rev = rev + 1 WHERE n = (${text}) RETURNING ${shown}`;
        const row = prepared(sql).get([lease.by, lease.until, ...args]);
        const doc = row && docOf<D>(row);
        if (doc) {
          recent.forget(doc.id);
          answers.dropAll();
        }
        return doc;
      });
    },

    async delete(id) {
      return group.erase('view', () => {
        recent.forget(id);
        answers.dropAll();
        const n = numberOf.get([id])?.[0] as number | undefined;
        if (n === undefined) return;
        removeSide.run([n]);
        remove.run([id]);
      });
    },
  };

  /** Returns the answer to a question that was asked before, if it holds and all its documents are in the cache. */
  function answered(question: Question): Doc[] | undefined {
    const docs = answers.get(question)?.map((id) => recent.get(id));
    return docs?.every((doc) => doc != null) ? docs : undefined;
  }

  /** Returns the answer to a query for documents by their ids, if all of them are in the cache. */
  function atHand({ where, sort, limit, after }: Query<D>): Doc[] | undefined {
    const { id: ids, ...others } = where as Readonly<Record<string, Condition | undefined>>;
    if (typeof ids !== 'object' || !('in' in ids) || sort?.length || after || Object.keys(others).length)
      return undefined;
    const docs: Doc[] = [];
    // SQLite orders by bytes, and sort by halves of characters: both are the same for these.
    for (const id of [...new Set(ids.in)].sort()) {
      const doc = typeof id === 'string' && PLAIN.test(id) ? recent.get(id) : undefined;
      if (doc === undefined) return undefined;
      if (doc) docs.push(doc);
    }
    return docs.slice(0, limit);
  }

  /** Returns the document of a row, if it is in the cache. libsql cuts an id off at its first NUL: it is then another's. */
  function known([rev, , , , id, bytes]: unknown[]): Doc | undefined {
    const doc = Buffer.byteLength(id as string) === bytes ? recent.get(id as string) : undefined;
    return doc && doc.rev === rev ? doc : undefined;
  }

  /**
   * Runs a query for at most `most` rows. For one row it uses `get`, because `all` costs libsql twice as much, and most
   * queries ask for one row.
   */
  function rowsOf(sql: string, args: readonly Arg[], most: number): unknown[][] {
    if (most === Number.POSITIVE_INFINITY) return prepared(sql).all(args);
    if (most > 1) return prepared(`${sql} LIMIT ?`).all([...args, most]);
    const only = prepared(`${sql} LIMIT 1`).get(args);
    return only ? [only] : [];
  }
}

/** The length of the JSON text of a row that has the columns `shown`. */
function charsIn([, , , json]: readonly unknown[]): number {
  return (json as string).length;
}

/** Returns the SQL for the number of the first document that may be claimed at `now`. */
function freeSql<D extends Doc>(table: Table, { where, sort }: { where: Where<D>; sort: Sort<D> }, now: number): Sql {
  const { text, args } = whereSql(table, where);
  return {
    // The plus keeps the planner from using the lease's index and sorting afterwards: almost every document is free.
    text: `SELECT n FROM ${table.name} WHERE ${text} AND +"f_leaseUntil" <= ? ORDER BY ${orderSql(sort)} LIMIT 1`,
    args: [...args, now],
  };
}
