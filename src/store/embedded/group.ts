// Group commit: the writes that arrive in one turn of the event loop share one transaction, and so one flush of the disk.
import { Retryable, Told } from '../../errors.ts';
import type { CollectionSpec } from '../port.ts';
import { type Database, prepare } from './database.ts';
import type { LogFile } from './log-file.ts';

export interface Group {
  /**
   * Runs `work` (SQL only: it may be run twice) in the next transaction; resolves once that is committed. A `journal` write is
   * on disk then, any other at the latest with the next journal write. When `work` throws a Told it must have changed
   * nothing; it fails alone.
   */
  write<T>(kind: CollectionSpec['kind'], work: () => T): Promise<T>;
  /** Called after a transaction was undone: what was remembered of it must be read again. */
  onUndone(reread: () => void): void;
  /** Commits what waits; refuses everything after. Resolves when it is on disk. */
  close(): Promise<void>;
}

interface Waiting {
  kind: CollectionSpec['kind'];
  work: () => unknown;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

type Outcome = { kind: 'done'; value: unknown } | { kind: 'failed'; error: unknown };

export function groupCommit(db: Database, log: Pick<LogFile, 'flush'>): Group {
  const rereads: (() => void)[] = [];
  const begin = prepare(db, 'BEGIN');
  const commit = prepare(db, 'COMMIT');
  let waiting: Waiting[] = [];
  let settling: Promise<unknown> = Promise.resolve();
  let closed = false;

  function flush(): void {
    const batch = waiting;
    waiting = [];
    if (batch.length > 0) settling = settle(log, batch, commitTogether(batch) ?? batch.map(commitAlone));
  }

  /** The outcomes, or undefined when the transaction could not be kept, so that each must be tried alone. */
  function commitTogether(batch: readonly Waiting[]): Outcome[] | undefined {
    try {
      begin.run([]);
      const outcomes = batch.map(run);
      commit.run([]);
      return outcomes;
    } catch (error) {
      undo();
      return batch.length === 1 ? [{ kind: 'failed', error: readable(error) }] : undefined;
    }
  }

  function commitAlone(each: Waiting): Outcome {
    return commitTogether([each])?.[0] ?? { kind: 'failed', error: new Error('A write was lost from its batch.') };
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
    async close() {
      flush();
      closed = true;
      await settling;
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

/** Journals are answered when the log is on disk, the others at once. */
async function settle(
  log: Pick<LogFile, 'flush'>,
  batch: readonly Waiting[],
  outcomes: readonly Outcome[],
): Promise<void> {
  const answers = batch.map((each, n) => ({ each, outcome: outcomes[n] }));
  for (const { each, outcome } of answers) if (each.kind !== 'journal') answer(each, outcome);
  const journals = answers.filter(({ each }) => each.kind === 'journal');
  if (!journals.length) return;
  try {
    if (journals.some(({ outcome }) => outcome?.kind === 'done')) await log.flush();
    for (const { each, outcome } of journals) answer(each, outcome);
  } catch (error) {
    for (const { each } of journals) each.reject(error);
  }
}

function answer(each: Waiting, outcome: Outcome | undefined): void {
  if (outcome?.kind === 'done') each.resolve(outcome.value);
  else each.reject(outcome?.error);
}

function readable(error: unknown): unknown {
  if ((error as { code?: unknown }).code !== 'SQLITE_FULL') return error;
  return new Retryable('The disk of the data directory is full, so nothing was saved. Free some space.', 30_000, {
    cause: error,
  });
}
