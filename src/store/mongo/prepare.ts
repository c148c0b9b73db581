// Brings a collection to what its spec declares: indexes, and the index values of documents written before a field was declared.
import type { mongo } from 'mongoose';
import { indexedFields } from '../indexed.ts';
import type { CollectionSpec, Doc } from '../port.ts';
import { loneField, type Row, rowOf } from './row.ts';

interface IndexedFields {
  _id: string;
  fields: string[];
}

/** An index no longer declared stays until someone drops it: an older process may still run on it. */
export async function prepareCollection(db: mongo.Db, spec: CollectionSpec): Promise<mongo.Collection<Row>> {
  const rows = db.collection<Row>(spec.name);
  const filled = db.collection<IndexedFields>('kept');
  const fields = [...indexedFields(spec), ...spec.indexes.filter(({ unique }) => unique).map(loneField)];
  const known = (await filled.findOne({ _id: spec.name }))?.fields;
  if (known && fields.some((field) => !known.includes(field))) await fillFields(rows, spec);
  await createIndexes(rows, spec);
  if (!known || fields.some((field) => !known.includes(field)))
    await filled.updateOne({ _id: spec.name }, { $addToSet: { fields: { $each: fields } } }, { upsert: true });
  return rows;
}

/** Guarded by the revision: a document that changes meanwhile is written with all its fields anyway. */
async function fillFields(rows: mongo.Collection<Row>, spec: CollectionSpec): Promise<void> {
  for await (const { _id, rev, json } of rows.find({}, { projection: { rev: 1, json: 1 } })) {
    const {
      _id: _,
      rev: __,
      json: ___,
      leaseBy: ____,
      leaseUntil: _____,
      ...values
    } = rowOf(spec, JSON.parse(json) as Doc);
    if (Object.keys(values).length > 0) await rows.updateOne({ _id, rev }, { $set: values });
  }
}

async function createIndexes(rows: mongo.Collection<Row>, { indexes }: CollectionSpec): Promise<void> {
  const wanted = indexes.map((index): mongo.IndexDescription => {
    const keys = index.fields.map((field) => (field === 'id' ? '_id' : field));
    // The last key gives ties their order, or keeps documents that lack a unique field apart.
    const last = index.unique ? loneField(index) : '_id';
    const key = Object.fromEntries([...keys, last].map((each) => [each, 1 as const]));
    return {
      key,
      name: `${index.unique ? 'unique' : 'index'}_${keys.join('_')}`,
      ...(index.unique ? { unique: true } : {}),
    };
  });
  if (wanted.length > 0) await rows.createIndexes(wanted);
}
