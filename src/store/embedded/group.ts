// Group commit: the writes that arrive in one turn of the event loop share one transaction, and so one fsync.
import { Retryable, Told } from '../../errors.ts';
import type { CollectionSpec } from '../port.ts';
import type { Database } from './database.ts';

export interface Group {
  /**
   * Runs `work` (SQL only: it may be run twice) in the next transaction; resolves once that is committed. A `journal` write is
   * on disk then, a `view` write at the latest with the next journal write. When `work` throws a Told it must have changed
   * nothing; it fails alone.
   */
  write<T>(kind: CollectionSpec['kind'], work: () => T): Promise<T>;
  /** Called after a transaction was undone: what was remembered of it must be read again. */
  onUndone(reread: () => void): void;
  /** Commits what waits; refuses everything after. */
  close(): void;
}

interface Waiting {
  kind: CollectionSpec['kind'];
  work: () => unknown;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

type Outcome = { kind: 'done'; value: unknown } | { kind: 'failed'; error: unknown };

export function groupCommit(db: Database): Group {
  const rereads: (() => void)[] = [];
  let waiting: Waiting[] = [];
  let synchronous: 'FULL' | 'NORMAL' | undefined;
  let closed = false;

  function flush(): void {
    const batch = waiting;
    waiting = [];
    if (batch.length > 0) settle(batch, commitTogether(batch) ?? batch.map(commitAlone));
  }

  /** The outcomes, or undefined when the transaction could not be kept, so that each must be tried alone. */
  function commitTogether(batch: readonly Waiting[]): Outcome[] | undefined {
    try {
      begin(batch);
      const outcomes = batch.map(run);
      db.exec('COMMIT');
      return outcomes;
    } catch (error) {
      undo();
      return batch.length === 1 ? [{ kind: 'failed', error: readable(error) }] : undefined;
    }
  }

  function commitAlone(each: Waiting): Outcome {
    return commitTogether([each])?.[0] ?? { kind: 'failed', error: new Error('A write was lost from its batch.') };
  }

  function begin(batch: readonly Waiting[]): void {
    // It can't be changed within a transaction. The log is sequential: syncing it for one write syncs all before it.
    const needed = batch.some((each) => each.kind === 'journal') ? 'FULL' : 'NORMAL';
    if (needed !== synchronous) db.exec(`PRAGMA synchronous = ${needed}`);
    synchronous = needed;
    db.exec('BEGIN');
  }

  function undo(): void {
    if (db.inTransaction) db.exec('ROLLBACK');
    for (const reread of rereads) reread();
  }

  return {
    write<T>(kind: CollectionSpec['kind'], work: () => T): Promise<T> {
      if (closed) return Promise.reject(new Error('The store is closed.'));
      return new Promise<T>((resolve, reject) => {
        if (waiting.length === 0) setImmediate(flush);
        waiting.push({ kind, work, resolve: resolve as (value: unknown) => void, reject });
      });
    },
    onUndone: (reread) => void rereads.push(reread),
    close() {
      flush();
      closed = true;
    },
  };
}

function run({ work }: Waiting): Outcome {
  try {
    return { kind: 'done', value: work() };
  } catch (error) {
    if (error instanceof Told) return { kind: 'failed', error };
    throw error;
  }
}

function settle(batch: readonly Waiting[], outcomes: readonly Outcome[]): void {
  batch.forEach((each, i) => {
    const outcome = outcomes[i];
    if (outcome?.kind === 'done') each.resolve(outcome.value);
    else each.reject(outcome?.error);
  });
}

function readable(error: unknown): unknown {
  if ((error as { code?: unknown }).code !== 'SQLITE_FULL') return error;
  return new Retryable('The disk of the data directory is full, so nothing was saved. Free some space.', 30_000, {
    cause: error,
  });
}
