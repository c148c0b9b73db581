// Bodies as documents. Their texts are kept as JSON: BSON loses lone surrogates.
import type { mongo } from 'mongoose';
import type { Bodies } from '../port.ts';
import { calling } from './errors.ts';

interface BodyRow {
  _id: string;
  pod: string;
  json: string;
}

export function mongoBodies(db: mongo.Db): Bodies {
  const rows = db.collection<BodyRow>('bodies');
  return {
    async put(bodies) {
      if (bodies.length === 0) return;
      const writes = bodies.map(({ id, pod, text }) => ({
        replaceOne: { filter: { _id: id }, replacement: { pod, json: JSON.stringify(text) }, upsert: true },
      }));
      await calling(() => rows.bulkWrite(writes, { ordered: false }));
    },
    async get(ids) {
      const found = await calling(() => rows.find({ _id: { $in: [...ids] } }, { projection: { json: 1 } }).toArray());
      return new Map(found.map(({ _id, json }) => [_id, JSON.parse(json) as string]));
    },
    async remove(ids) {
      await calling(() => rows.deleteMany({ _id: { $in: [...ids] } }));
    },
  };
}
