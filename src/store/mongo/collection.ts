// A collection of the port, stored in a MongoDB collection. Every change is one guarded write of one document.
import type { mongo } from 'mongoose';
import { Conflict } from '../../errors.ts';
import { checkQuery, sortValue } from '../indexed.ts';
import type { Collection, CollectionSpec, Doc, Lease, Leased, Query, Sort, Where } from '../port.ts';
import { driver } from './driver.ts';
import { calling, isDuplicate } from './errors.ts';
import { afterFilter, allOf, type Filter, neverTies, sortOf, whereFilter } from './filter.ts';
import { docOf, type Row, rowOf, shown } from './row.ts';

export function mongoCollection<D extends Doc>(rows: mongo.Collection<Row>, spec: CollectionSpec): Collection<D> {
  return {
    get: (id) =>
      calling(async () => {
        const row = await rows.findOne({ _id: id }, { projection: shown });
        return row ? docOf<D>(row as Row) : undefined;
      }),

    async find(query: Query<D>) {
      checkQuery(spec, query);
      const { where, sort = [], limit, after } = query;
      if (limit === 0) return []; // to MongoDB 0 means no limit
      const filter = allOf([whereFilter(where), ...(after ? [afterFilter(sort, after)] : [])]);
      const read = (tieBreak: boolean) =>
        calling(() =>
          rows
            .find(filter, {
              projection: shown,
              sort: sortOf(sort, tieBreak),
              ...(limit === undefined ? {} : { limit }),
            })
            .toArray(),
        );
      if (!neverTies(spec, where, sort)) return (await read(true)).map((row) => docOf<D>(row as Row));
      const found = (await read(false)).map((row) => docOf<D>(row as Row));
      const mayTie = found.some((doc) => sort.some(([field]) => sortValue(doc, field) === undefined));
      return mayTie ? (await read(true)).map((row) => docOf<D>(row as Row)) : found;
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
