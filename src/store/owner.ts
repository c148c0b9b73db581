// The name of this process in leases. It takes over the name of a dead process on this data directory, if there is one,
// but never that of a living process.
import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import Libsql from 'libsql';
import { makeDataDirectory } from './make-directory.ts';

export interface Owner {
  id: string;
  /** Releases the name. Call it once no more work is done in this name. */
  release(): void;
}

/**
 * Takes the first name of the directory that no living process uses. The lock is SQLite's own file lock, as in
 * embedded/database.ts: the kernel releases it however the process dies.
 */
export function takeOwner(dataDir: string): Owner {
  const dir = join(dataDir, 'owners');
  makeDataDirectory(dir);
  for (let n = 1; ; n++) {
    const owner = tryOwner(join(dir, `${n}.db`));
    if (owner) return owner;
  }
}

function tryOwner(path: string): Owner | undefined {
  const db = new Libsql(path);
  try {
    db.pragma('locking_mode = EXCLUSIVE');
    db.exec('BEGIN EXCLUSIVE; CREATE TABLE IF NOT EXISTS owner (name TEXT NOT NULL); COMMIT');
    db.prepare('INSERT INTO owner SELECT ? WHERE NOT EXISTS (SELECT * FROM owner)').run([randomUUID()]);
    const [name] = db.prepare('SELECT name FROM owner').raw().get([]) as unknown as [string];
    return { id: idOf(path, name), release: () => release(db) };
  } catch (error) {
    db.close();
    if ((error as { code?: unknown }).code === 'SQLITE_BUSY') return undefined;
    throw error;
  }
}

/**
 * Returns the name. It contains the host and the inode of the file, because the copy of a directory must not have the
 * same names.
 */
function idOf(path: string, name: string): string {
  const { dev, ino } = statSync(path);
  return `${hostname()}:${name}:${dev}:${ino}`;
}

/** Releases the lock. If statements still exist, libsql's connection stays open, but without the lock. */
function release(db: Libsql.Database): void {
  db.pragma('locking_mode = NORMAL');
  db.exec('SELECT count(*) FROM owner');
  db.close();
}
