// Checks the MongoDB at MONGODB_URI: one server or several, and whether a majority acknowledges a write.
import { randomUUID } from 'node:crypto';
import { Conflict } from '../../errors.ts';
import { CHECK_SPEC } from '../check-store.ts';
import { driver } from './driver.ts';
import { calling } from './errors.ts';
import { connectMongo } from './open.ts';
import type { Row } from './row.ts';

export interface MongoFound {
  shape:
    | { kind: 'replica set'; name: string; members: number }
    | { kind: 'sharded cluster' }
    | { kind: 'single server' };
  version: string;
  /** How long it took until a majority had a write on disk, in milliseconds. */
  majorityMs: number;
}

const MAJORITY_MS = 4000;

/**
 * Checks the database and returns what was found. @throws as `openMongo` does, and Conflict if no majority acknowledges
 * a write in time
 */
export async function checkMongo(uri: string, now: () => number): Promise<MongoFound> {
  const connection = await connectMongo(uri, undefined);
  try {
    const db = connection.getClient().db(connection.name);
    const { version = 'unknown' } = await calling(() => db.command({ buildInfo: 1 }));
    const shape = shapeOf(await calling(() => db.command({ hello: 1 })));
    const rows = db.collection<Row>(CHECK_SPEC.name);
    const id = `majority:${randomUUID()}`;
    const begun = now();
    try {
      await rows.insertOne(
        { _id: id, rev: 1, json: JSON.stringify({ id, rev: 1 }) },
        { writeConcern: { w: 'majority', journal: true, wtimeoutMS: MAJORITY_MS } },
      );
    } catch (error) {
      throw noMajority(error);
    }
    const majorityMs = Math.round(now() - begun);
    await calling(() => rows.deleteOne({ _id: id }));
    return { shape, version: String(version), majorityMs };
  } finally {
    await connection.close();
  }
}

function shapeOf(hello: Record<string, unknown>): MongoFound['shape'] {
  const { setName, hosts, msg } = hello;
  if (typeof setName === 'string')
    return { kind: 'replica set', name: setName, members: Array.isArray(hosts) ? hosts.length : 1 };
  return msg === 'isdbgrid' ? { kind: 'sharded cluster' } : { kind: 'single server' };
}

function noMajority(error: unknown): unknown {
  if (!(error instanceof driver().mongo.MongoWriteConcernError)) return error;
  return new Conflict(
    'A write did not reach most servers of MongoDB in time, so Skein can commit nothing. Bring the servers of the replica set back.',
    { cause: error },
  );
}
