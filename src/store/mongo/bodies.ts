// Stores bodies as documents. Texts are stored as JSON, because BSON loses lone surrogates.
import type { mongo } from 'mongoose';
import type { Bodies, LabelledText } from '../port.ts';
import { calling } from './errors.ts';
import type { GatheredRead } from './gather-reads.ts';

interface BodyRow {
  _id: string;
  pod: string;
  json: string;
  /** JSON text too, because a label may contain text. */
  label?: string;
}

export function mongoBodies(db: mongo.Db, read: GatheredRead): Bodies {
  const rows = db.collection<BodyRow>('bodies');
  return {
    async put(bodies) {
      if (bodies.length === 0) return;
      const writes = bodies.map(({ id, pod, text, label }) => ({
        replaceOne: {
          filter: { _id: id },
          replacement: { pod, json: JSON.stringify(text), ...(label ? { label: JSON.stringify(label) } : {}) },
          upsert: true,
        },
      }));
      await calling(() => rows.bulkWrite(writes, { ordered: false }));
    },
    async get(ids) {
      if (ids.length === 0) return new Map();
      const found = await read<BodyRow>('bodies', { json: 1, label: 1 }, { ids });
      return new Map(
        found.map(({ _id, json, label }): [string, LabelledText] => [
          _id,
          { text: JSON.parse(json) as string, ...(label ? { label: JSON.parse(label) as object } : {}) },
        ]),
      );
    },
    async remove(ids) {
      await calling(() => rows.deleteMany({ _id: { $in: [...ids] } }));
    },
  };
}
