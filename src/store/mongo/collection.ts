// A collection of the port, stored in a MongoDB collection. Every change is one guarded write of one document.
import type { mongo } from 'mongoose';
import { Conflict } from '../../errors.ts';
import { checkQuery, readCondition, sortValue } from '../indexed.ts';
import type { Collection, CollectionSpec, Doc, Lease, Leased, Query, Sort, Where } from '../port.ts';
import { driver } from './driver.ts';
import { calling, isDuplicate } from './errors.ts';
import { afterFilter, allOf, type Filter, inOrder, neverTies, sortOf, whereFilter } from './filter.ts';
import type { GatheredRead, Wanted } from './gather-reads.ts';
import { docOf, type Row, rowOf, shown } from './row.ts';

export function mongoCollection<D extends Doc>(
  rows: mongo.Collection<Row>,
  spec: CollectionSpec,
  read: GatheredRead,
): Collection<D> {
  return {
    async get(id) {
      const [row] = await read<Row>(spec.name, shown, { ids: [id] });
      return row && docOf<D>(row);
    },

    async find(query: Query<D>) {
      checkQuery(spec, query);
      const { where, sort = [], limit, after } = query;
      if (limit === 0) return []; // to MongoDB 0 means no limit
      const docs = async (wanted: Wanted) =>
        (await read<Row>(spec.name, shown, wanted)).map((row) => docOf<D>(row)).sort(inOrder(sort));
      const ids = idsIn(query);
      if (ids) return docs({ ids });
      const filter = allOf([whereFilter(where), ...(after ? [afterFilter(sort, after)] : [])]);
      const first = (tieBreak: boolean) =>
        docs({ filter, sort: sortOf(sort, tieBreak), ...(limit === undefined ? {} : { limit }) });
      if (!neverTies(spec, where, sort)) return first(true);
      const found = await first(false);
      const mayTie = found.some((doc) => sort.some(([field]) => sortValue(doc, field) === undefined));
      return mayTie ? first(true) : found;
    },

    async count(where: Where<D>, most: number) {
      checkQuery(spec, { where });
      if (most === 0) return 0; // to MongoDB 0 means no limit
      return calling(() => rows.countDocuments(whereFilter(where), { limit: most }));
    },

    async insert(docs: readonly D[]) {
      if (docs.length === 0) return [];
      const given = docs.map((doc) => rowOf(spec, doc));
      const taken = await calling(() => insertEach(rows, given));
      return given.map((_, i) => (taken.has(i) ? 'exists' : 'inserted'));
    },

    async replace(doc: D, expectedRev: number) {
      const { _id, ...row } = rowOf(spec, { ...doc, rev: expectedRev + 1 });
      return calling(async () => {
        const { matchedCount } = await refusingDuplicates(spec.name, doc.id, () =>
          rows.replaceOne({ _id, rev: expectedRev }, row),
        );
        return matchedCount === 1;
      });
    },

    async replaceEach(docs: readonly D[]) {
      if (docs.length === 0) return true;
      const writes = docs.map((doc) => {
        const { _id, ...replacement } = rowOf(spec, { ...doc, rev: doc.rev + 1 });
        return { replaceOne: { filter: { _id, rev: doc.rev }, replacement } };
      });
      const ids = docs.map(({ id }) => id).join(', ');
      return calling(async () => {
        const { matchedCount } = await refusingDuplicates(spec.name, ids, () =>
          rows.bulkWrite(writes as mongo.AnyBulkWriteOperation<Row>[], { ordered: false }),
        );
        return matchedCount === docs.length;
      });
    },

    async claim(this: Collection<D & Leased>, { where, sort }: { where: Where<D>; sort: Sort<D> }, lease: Lease) {
      checkQuery(spec, { where, sort });
      const free = allOf([whereFilter(where), { leaseUntil: { $lte: lease.now } } as Filter]);
      const change = {
        $set: { leaseBy: lease.by, leaseUntil: lease.until },
        $inc: { rev: 1 },
      } as unknown as mongo.UpdateFilter<Row>;
      const options = { sort: sortOf(sort, true), projection: shown, returnDocument: 'after' } as const;
      return calling(async () => {
        for (;;) {
          const row = await rows.findOneAndUpdate(free, change, options);
          if (row) return docOf<D>(row as Row);
          // If another process takes the first match at the same moment, the update finds nothing, although a second
          // match may be free. It is then tried again.
          if (!(await rows.findOne(free, { projection: { _id: 1 } }))) return undefined;
        }
      });
    },

    async delete(id) {
      await calling(() => rows.deleteOne({ _id: id }));
    },
  };
}

/** Returns the ids of a query that asks for nothing but documents by their ids. */
function idsIn<D extends Doc>({ where, sort, limit, after }: Query<D>): readonly string[] | undefined {
  const fields = Object.keys(where);
  if (fields.length !== 1 || fields[0] !== 'id' || sort?.length || limit !== undefined || after) return undefined;
  const read = readCondition('id', (where as Where<Doc>).id);
  return read.kind === 'in' ? read.values.map(String) : undefined;
}

/** Inserts the rows. Returns the positions of those that existed already. */
async function insertEach(rows: mongo.Collection<Row>, given: readonly Row[]): Promise<Set<number>> {
  try {
    await rows.insertMany(given as mongo.OptionalUnlessRequiredId<Row>[], { ordered: false });
    return new Set();
  } catch (error) {
    if (!(error instanceof driver().mongo.MongoBulkWriteError) || error.result.getWriteConcernError() !== undefined)
      throw error;
    const errors = [error.writeErrors].flat();
    if (!errors.every(isDuplicate)) throw error;
    return new Set(errors.map(({ index }) => index));
  }
}

async function refusingDuplicates<T>(name: string, id: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    throw new Conflict(`${id} can't be saved in ${name}: another document has the same unique values.`, {
      cause: error,
    });
  }
}
