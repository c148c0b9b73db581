// Group commit: writes that arrive in the same turn of the event loop share a transaction, and so a flush of the disk.
import { UserFacingError } from '../../errors.ts';
import type { CollectionSpec } from '../port.ts';
import { type Database, prepare } from './database.ts';
import { readable } from './disk-full.ts';
import type { LogFile } from './log-file.ts';

export interface Group {
  /**
   * Runs `work` in the next transaction. It must contain SQL only, because it may run twice. A `journal` write resolves
   * once it is on disk, a `view` write once it is committed; both are on disk at the latest with the next journal
   * write. A `trail` or `tally` write resolves once it is in the open transaction, which is committed with the next write or
   * a moment later. If `work` throws a UserFacingError, it must have changed nothing; only this write fails then.
   */
  write<T>(kind: CollectionSpec['kind'], work: () => T): Promise<T>;
  /** True if no write waits, so that a read sees all that was asked for. */
  isIdle(): boolean;
  /** The same as `write`, for work that erases something. */
  erase<T>(kind: CollectionSpec['kind'], work: () => T): Promise<T>;
  /** Registers a function that is called for each erasure. The call may come before the erasure is committed. */
  onErased(listener: () => void): void;
  /**
   * Commits the waiting writes, then runs `work` without a transaction. Returns false, and does not run it, if the open
   * transaction can't be ended.
   */
  between(work: () => boolean): boolean;
  /** Registers a function that is called after a rollback, because cached documents must then be read again. */
  onUndone(reread: () => void): void;
  /** Commits waiting writes and refuses later ones. Resolves when everything is on disk. */
  close(): Promise<void>;
}

interface Waiting {
  kind: CollectionSpec['kind'];
  work: () => unknown;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

type Outcome = { kind: 'done'; value: unknown } | { kind: 'failed'; error: unknown };

/** How long a trail write waits for another write with which it is committed, in milliseconds. */
const TRAIL_MS = 10;

export function groupCommit(db: Database, log: Pick<LogFile, 'flush'>): Group {
  const rereads: (() => void)[] = [];
  const eraseds: (() => void)[] = [];
  const begin = prepare(db, 'BEGIN');
  const commit = prepare(db, 'COMMIT');
  let waiting: Waiting[] = [];
  /**
   * The writes of the open transaction that were acknowledged already. After a rollback the next transaction begins
   * with them.
   */
  let trail: Waiting[] = [];
  let late: NodeJS.Timeout | undefined;
  let settling: Promise<unknown> = Promise.resolve();
  let closed = false;

  function flush(): void {
    const batch = waiting;
    waiting = [];
    if (!batch.length) return;
    if (batch.every(({ kind }) => kind === 'trail' || kind === 'tally')) keepOpen(batch);
    else settling = settle(log, batch, commitTogether(batch) ?? batch.map(commitAlone));
  }

  /**
   * Runs the writes in one transaction and returns their outcomes. Undefined if the commit of several failed: each must
   * then be tried alone.
   */
  function commitTogether(batch: readonly Waiting[]): Outcome[] | undefined {
    try {
      enter();
      const outcomes = batch.map(run);
      commit.run([]);
      letGo();
      return outcomes;
    } catch (error) {
      undo();
      return batch.length === 1 ? [{ kind: 'failed', error: readable(error) }] : undefined;
    }
  }

  function commitAlone(each: Waiting): Outcome {
    return commitTogether([each])?.[0] ?? { kind: 'failed', error: new Error('A write was lost from its batch.') };
  }

  /** Runs trail writes in a transaction that stays open. Reads of this process see their changes. */
  function keepOpen(batch: readonly Waiting[]): void {
    try {
      enter();
      const outcomes = batch.map(run);
      trail.push(...batch.filter((_, n) => outcomes[n]?.kind === 'done'));
      late ??= setTimeout(commitTrail, TRAIL_MS);
      for (const [n, each] of batch.entries()) answer(each, outcomes[n]);
    } catch {
      undo();
      settling = settle(log, batch, batch.map(commitAlone));
    }
  }

  /** Opens a transaction, unless one is open. After a rollback it first repeats the acknowledged trail writes. */
  function enter(): void {
    if (db.inTransaction) return;
    begin.run([]);
    for (const { work } of trail) work();
  }

  function commitTrail(): void {
    late = undefined;
    if (trail.length) commitTogether([]);
  }

  function letGo(): void {
    trail = [];
    clearTimeout(late);
    late = undefined;
  }

  /**
   * Rolls back, then repeats the acknowledged writes at once, so that readers don't miss their changes. If the repeat
   * fails, the next write tries it again.
   */
  function undo(): void {
    rollBack();
    if (!trail.length) return;
    try {
      enter();
    } catch {
      rollBack();
    }
    late ??= setTimeout(commitTrail, TRAIL_MS);
  }

  function rollBack(): void {
    if (db.inTransaction) db.exec('ROLLBACK');
    for (const reread of rereads) reread();
  }

  function write<T>(kind: CollectionSpec['kind'], work: () => T): Promise<T> {
    if (closed) return Promise.reject(new Error('The store is closed.'));
    return new Promise<T>((resolve, reject) => {
      if (waiting.length === 0) setImmediate(flush);
      waiting.push({ kind, work, resolve: resolve as (value: unknown) => void, reject });
    });
  }

  return {
    write,
    isIdle: () => waiting.length === 0,
    erase(kind, work) {
      const done = write(kind, work);
      for (const listener of eraseds) listener();
      return done;
    },
    onErased: (listener) => void eraseds.push(listener),
    between(work) {
      flush();
      commitTrail();
      return !db.inTransaction && work();
    },
    onUndone: (reread) => void rereads.push(reread),
    async close() {
      flush();
      commitTrail();
      clearTimeout(late);
      closed = true;
      await settling;
    },
  };
}

function run({ work }: Waiting): Outcome {
  try {
    return { kind: 'done', value: work() };
  } catch (error) {
    if (error instanceof UserFacingError) return { kind: 'failed', error };
    throw error;
  }
}

/** Acknowledges journal writes when the write-ahead log is on disk, all other writes at once. */
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
    for (const { each } of journals) each.reject(readable(error));
  }
}

function answer(each: Waiting, outcome: Outcome | undefined): void {
  if (outcome?.kind === 'done') each.resolve(outcome.value);
  else each.reject(outcome?.error);
}
