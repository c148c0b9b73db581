// Migrates a collection to its spec: creates indexes, and index values of documents from before a field was declared.
import type { mongo } from 'mongoose';
import { indexedFields } from '../indexed.ts';
import type { CollectionSpec, Doc } from '../port.ts';
import { loneField, type Row, rowOf } from './row.ts';

interface IndexedFields {
  _id: string;
  fields: string[];
}

/** Indexes that are no longer declared stay until somebody drops them: an older process may still use them. */
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

/** Guarded by the revision. A document that changes meanwhile gets all its fields by that write. */
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
    // The last key orders ties, or keeps documents apart that lack a unique field.
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
