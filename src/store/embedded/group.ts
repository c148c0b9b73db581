// Group commit: the writes that arrive in one turn of the event loop share one transaction, and so one flush of the disk.
import { UserFacingError } from '../../errors.ts';
import type { CollectionSpec } from '../port.ts';
import { type Database, prepare } from './database.ts';
import { readable } from './disk-full.ts';
import type { LogFile } from './log-file.ts';

export interface Group {
  /**
   * Runs `work` (SQL only: it may be run twice) in the next transaction. A `journal` write resolves once it is on disk, a `view`
   * write once it is committed; both are on disk at the latest with the next journal write. A `trail` write resolves once it
   * stands, and is committed with whatever is written next, or a moment later. When `work` throws a UserFacingError it must have
   * changed nothing; it fails alone.
   */
  write<T>(kind: CollectionSpec['kind'], work: () => T): Promise<T>;
  /** As `write`, of what is to be gone. */
  erase<T>(kind: CollectionSpec['kind'], work: () => T): Promise<T>;
  /** Called with each erasure, which may still wait. */
  onErased(listener: () => void): void;
  /** Commits what waits, then runs `work` outside any transaction. Returns false, without running it, if the open transaction can't be ended. */
  between(work: () => boolean): boolean;
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

/** How long a trail may wait for a write that takes it along, in milliseconds. */
const TRAIL_MS = 10;

export function groupCommit(db: Database, log: Pick<LogFile, 'flush'>): Group {
  const rereads: (() => void)[] = [];
  const eraseds: (() => void)[] = [];
  const begin = prepare(db, 'BEGIN');
  const commit = prepare(db, 'COMMIT');
  let waiting: Waiting[] = [];
  /** Of the open transaction, answered already: when it is undone, the next one begins with these again. */
  let trail: Waiting[] = [];
  let late: NodeJS.Timeout | undefined;
  let settling: Promise<unknown> = Promise.resolve();
  let closed = false;

  function flush(): void {
    const batch = waiting;
    waiting = [];
    if (!batch.length) return;
    if (batch.every(({ kind }) => kind === 'trail')) keepOpen(batch);
    else settling = settle(log, batch, commitTogether(batch) ?? batch.map(commitAlone));
  }

  /** The outcomes, or undefined when the transaction could not be kept, so that each must be tried alone. */
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

  /** Runs a trail in a transaction that stays open: whatever is read here sees it. */
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

  /** Into the open transaction, or into a new one that takes the trail of an undone one along. */
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

  /** What is answered stands on: its readers see no gap. Should even that fail, the next write tries it again first. */
  function undo(): void {
    if (db.inTransaction) db.exec('ROLLBACK');
    for (const reread of rereads) reread();
    if (!trail.length) return;
    try {
      enter();
    } catch {
      if (db.inTransaction) db.exec('ROLLBACK');
    }
    late ??= setTimeout(commitTrail, TRAIL_MS);
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
    for (const { each } of journals) each.reject(readable(error));
  }
}

function answer(each: Waiting, outcome: Outcome | undefined): void {
  if (outcome?.kind === 'done') each.resolve(outcome.value);
  else each.reject(outcome?.error);
}
