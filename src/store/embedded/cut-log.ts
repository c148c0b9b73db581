// Truncates SQLite's log after an erasure. Otherwise the erased words would stay in it until it has 64 MB.
import { type Database, prepare } from './database.ts';
import type { Group } from './group.ts';

export interface CutSettings {
  /** The wait after an erasure, in milliseconds, because several often come together. */
  afterMs: number;
  /** The shortest interval, because truncating takes up to 0.1 s. */
  everyMs: number;
}

export const CUT: CutSettings = { afterMs: 1000, everyMs: 60_000 };

export interface LogCutter {
  /** Stops the timer. Closing the store truncates the log anyway. */
  stop(): void;
}

export function cutLog(
  db: Database,
  group: Pick<Group, 'onErased' | 'between'>,
  { afterMs, everyMs }: CutSettings = CUT,
): LogCutter {
  const truncate = prepare(db, 'PRAGMA wal_checkpoint(TRUNCATE)');
  let timer: NodeJS.Timeout | undefined;
  let last = Number.NEGATIVE_INFINITY;

  function later(): void {
    timer ??= setTimeout(cut, Math.max(afterMs, last + everyMs - performance.now())).unref();
  }

  function cut(): void {
    timer = undefined;
    last = performance.now();
    if (!isCut()) later();
  }

  /** Returns false on any failure, such as a full disk, so that it is tried again. The next write reports the failure. */
  function isCut(): boolean {
    try {
      return group.between(() => truncate.get([])?.[0] === 0);
    } catch {
      return false;
    }
  }

  group.onErased(later);
  return { stop: () => clearTimeout(timer) };
}
