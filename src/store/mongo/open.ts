// Opens the MongoDB store: any number of processes share a database, and a write is acknowledged once a majority has it
// on disk.
import type { Connection } from 'mongoose';
import { checkSpecs, specOf } from '../indexed.ts';
import type { Collection, CollectionSpec, Doc, Store } from '../port.ts';
import { mongoBlobs } from './blobs.ts';
import { mongoBodies } from './bodies.ts';
import { mongoCollection } from './collection.ts';
import { driver } from './driver.ts';
import { calling, unreachable } from './errors.ts';
import { gatherReads } from './gather-reads.ts';
import { prepareCollection } from './prepare.ts';
import { mongoSearch } from './search.ts';

export interface MongoSettings {
  uri: string;
  /** Absent: the database in the address, else `skein`. */
  database?: string;
  specs: readonly CollectionSpec[];
}

/** Opens the store. @throws InvalidInput if the address is wrong or no server answers */
export async function openMongo({ uri, database, specs }: MongoSettings): Promise<Store> {
  checkSpecs(specs);
  const connection = await connectMongo(uri, database);
  try {
    const db = connection.getClient().db(connection.name);
    const collections = new Map<string, Collection<Doc>>();
    const read = gatherReads(db);
    const search = await calling(async () => {
      for (const spec of specs)
        collections.set(spec.name, mongoCollection(await prepareCollection(db, spec), spec, read));
      return mongoSearch(db);
    });
    return {
      kind: 'mongo',
      // The cast is safe: the caller stores documents of the type D under this name.
      collection: <D extends Doc>(name: string) =>
        collections.get(specOf(specs, name).name) as unknown as Collection<D>,
      bodies: mongoBodies(db, read),
      blobs: mongoBlobs(db),
      search,
      close: () => connection.close(),
    };
  } catch (error) {
    await connection.close();
    throw error;
  }
}

export async function connectMongo(uri: string, database: string | undefined): Promise<Connection> {
  const connection = driver().createConnection();
  try {
    return await connection.openUri(uri, {
      ...(database !== undefined ? { dbName: database } : namesDatabase(uri) ? {} : { dbName: 'skein' }),
      appName: 'skein',
      autoIndex: false,
      autoCreate: false,
      bufferCommands: false,
      ...(/[?&]serverSelectionTimeoutMS=/i.test(uri) ? {} : { serverSelectionTimeoutMS: 5000 }),
      readPreference: 'primary',
      readConcern: { level: 'majority' },
      writeConcern: { w: 'majority', journal: true },
    });
  } catch (error) {
    await connection.close();
    throw unreachable(uri, error);
  }
}

const namesDatabase = (uri: string): boolean => /^[^:]+:\/\/[^/?]+\/[^?]/.test(uri);
