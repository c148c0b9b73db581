// Migrates a collection to its spec: creates the indexes, and adds the index values of documents that are older than
// the declaration of a field.
import type { mongo } from 'mongoose';
import { indexedFields } from '../indexed.ts';
import type { CollectionSpec, Doc } from '../port.ts';
import { loneField, type Row, rowOf } from './row.ts';

interface IndexedFields {
  _id: string;
  fields: string[];
}

/**
 * Prepares the collection and returns it. An index that is no longer declared stays until somebody drops it, because an
 * older process may still use it.
 */
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

/**
 * Writes the missing index values, guarded by the revision. If a document changes meanwhile, that write adds all of its
 * values.
 */
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
    // The last key orders documents that are equal otherwise. In a unique index it tells documents apart that lack a
    // field.
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
