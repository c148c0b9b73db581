// Opens the database file of a data directory, and locks it for this process.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Libsql from 'libsql';
import { InvalidInput } from '../../errors.ts';
import { makeDataDirectory } from '../make-directory.ts';

export type Database = Libsql.Database;

/**
 * A value that is bound to a statement. Always bind within an array: libsql aborts the process if it gets a Buffer
 * without one.
 */
export type Arg = string | number | Buffer | null;

/** A prepared statement that returns rows as arrays, in the order of the columns. */
export interface Statement {
  run(args: readonly Arg[]): { changes: number; lastInsertRowid: number | bigint };
  get(args: readonly Arg[]): unknown[] | undefined;
  all(args: readonly Arg[]): unknown[][];
}

export function prepare(db: Database, sql: string): Statement {
  const statement = db.prepare(sql);
  return (statement.reader ? statement.raw() : statement) as unknown as Statement;
}

/**
 * Returns a function that prepares each SQL text once. Use it only for the few texts that depend on the shape of a
 * query.
 */
export function preparing(db: Database): (sql: string) => Statement {
  const known = new Map<string, Statement>();
  return (sql) => {
    const statement = known.get(sql) ?? prepare(db, sql);
    known.set(sql, statement);
    return statement;
  };
}

/** The file that contains everything except blobs. */
export const DATABASE = 'skein.db';

const format = 1;

/**
 * Opens the database and locks the directory. The lock is SQLite's own exclusive lock on the file. The kernel releases
 * it when the process dies, however it dies, so neither a stale lock nor a reused pid can mislead; the pid file is only
 * for the error message. POSIX trap: a process that opens the file by other means and closes it loses its locks on it,
 * so nothing here may read the file.
 */
export function openDatabase(dir: string): Database {
  makeDataDirectory(dir);
  const pidFile = join(dir, 'skein.pid');
  const db = lockedBy(pidFile, dir, () => {
    const opened = new Libsql(join(dir, DATABASE));
    opened.pragma('locking_mode = EXCLUSIVE');
    opened.pragma('journal_mode = WAL');
    opened.exec('BEGIN IMMEDIATE; COMMIT');
    return opened;
  });
  writeFileSync(pidFile, String(process.pid));
  const found = Number(prepare(db, 'PRAGMA user_version').get([])?.[0]);
  if (found > format) {
    closeDatabase(db, dir);
    throw new InvalidInput(
      `The data in ${dir} was written by a newer Skein (format ${found}); run that one, or name another directory.`,
    );
  }
  db.exec(`PRAGMA user_version = ${format}`);
  // SQLite itself does not flush at a commit: log-file.ts flushes when a write must be on disk.
  db.exec('PRAGMA synchronous = NORMAL');
  // Overwrites erased data. Otherwise it would stay in the file until its pages are used again.
  db.exec('PRAGMA secure_delete = ON');
  db.exec('PRAGMA cache_size = -65536');
  // Writes the write-ahead log into the file every 64 MB, so that pages which many commits change are written once.
  db.exec('PRAGMA wal_autocheckpoint = 16000');
  // A process that was killed may have left erased words in the write-ahead log.
  db.pragma('wal_checkpoint(TRUNCATE)');
  return db;
}

/**
 * Writes the write-ahead log into the file and releases the lock. If statements still exist, libsql's connection stays
 * open, but without the lock.
 */
export function closeDatabase(db: Database, dir: string): void {
  db.pragma('journal_mode = DELETE');
  db.pragma('locking_mode = NORMAL');
  db.exec('SELECT count(*) FROM sqlite_master');
  rmSync(join(dir, 'skein.pid'), { force: true });
  db.close();
}

function lockedBy(pidFile: string, dir: string, open: () => Database): Database {
  try {
    return open();
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    if (code === 'SQLITE_BUSY')
      throw new InvalidInput(
        `The data directory ${dir} is in use by ${holder(pidFile)}. Stop it, or name another directory in SKEIN_DATA_DIR.`,
        { cause: error },
      );
    throw new InvalidInput(
      `The data in ${dir} can't be opened: ${String(error)}. Check that this user may write there, or name another directory in SKEIN_DATA_DIR.`,
      { cause: error },
    );
  }
}

function holder(pidFile: string): string {
  try {
    return `process ${readFileSync(pidFile, 'utf8')}`;
  } catch {
    return 'another process'; // its pid file is not written yet, or this user may not read it
  }
}
