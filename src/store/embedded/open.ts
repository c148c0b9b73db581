// Opens the embedded store: SQLite (by libsql) and files in one data directory, for one process.
import { join } from 'node:path';
import { checkSpecs, specOf } from '../indexed.ts';
import type { Collection, CollectionSpec, Doc, RenewalListener, Store } from '../port.ts';
import { embeddedBlobs } from './blobs/blobs.ts';
import { embeddedBodies } from './bodies.ts';
import { type EmbeddedCollection, embeddedCollection } from './collection.ts';
import { type CutSettings, cutLog } from './cut-log.ts';
import { closeDatabase, DATABASE, openDatabase } from './database.ts';
import { groupCommit } from './group.ts';
import { openLogFile } from './log-file.ts';
import { embeddedSearch } from './search/search.ts';
import { openTable } from './table.ts';
import { type WipeSettings, wipeErased } from './wipe-pages.ts';
import { writeAll } from './write-all.ts';

export interface EmbeddedSettings {
  dir: string;
  specs: readonly CollectionSpec[];
  cut?: CutSettings;
  wipe?: WipeSettings;
  renewal?: RenewalListener;
}

/**
 * Opens the store. @throws InvalidInput if the directory can't be used, or if another process (named in the message)
 * uses it
 */
export async function openEmbedded({ dir, specs, cut, wipe, renewal }: EmbeddedSettings): Promise<Store> {
  checkSpecs(specs);
  const db = openDatabase(dir);
  try {
    const blobs = await embeddedBlobs(dir);
    const log = openLogFile(join(dir, `${DATABASE}-wal`));
    const group = groupCommit(db, log);
    const cutter = cutLog(db, group, cut);
    db.exec('BEGIN');
    const tables = new Map(specs.map((spec) => [spec.name, openTable(db, spec)]));
    const bodies = embeddedBodies(db, group);
    const search = embeddedSearch(db, group, renewal);
    const wiper = wipeErased(db, group, cutter.soon, wipe);
    db.exec('COMMIT');
    const collections = new Map([...tables].map(([name, table]) => [name, embeddedCollection(db, group, table)]));
    const named = (name: string) => collections.get(specOf(specs, name).name) as EmbeddedCollection<Doc>;
    const deps = { group, rows: (name: string) => named(name).rows, bodies, search };
    let closed = false;
    return {
      kind: 'embedded',
      // The cast is safe: the caller stores documents of the type D under this name.
      collection: <D extends Doc>(name: string) => named(name) as unknown as Collection<D>,
      bodies,
      blobs,
      search,
      writeAll: (writes) => writeAll(deps, writes),
      async close() {
        if (closed) return;
        closed = true;
        cutter.stop();
        wiper.stop();
        // If this fails, as on a full disk, the next start merges the words: their note stays.
        await search.merged().catch(() => undefined);
        await group.close();
        await log.close();
        closeDatabase(db, dir);
      },
    };
  } catch (error) {
    if (db.inTransaction) db.exec('ROLLBACK');
    closeDatabase(db, dir);
    throw error;
  }
}
