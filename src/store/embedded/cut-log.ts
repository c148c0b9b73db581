// After an erasure SQLite's log is folded in and cut off: what was erased would lie in it until it is 64 MB long.
import { type Database, prepare } from './database.ts';
import type { Group } from './group.ts';

export interface CutSettings {
  /** So long after an erasure, which is seldom alone, in milliseconds. */
  afterMs: number;
  /** At most so often: it takes up to 0.1 s. */
  everyMs: number;
}

export const CUT: CutSettings = { afterMs: 1000, everyMs: 60_000 };

export interface LogCutter {
  /** Ends it; what was to be cut off goes with the log when the store is closed. */
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

  /** Whatever keeps it from being cut, such as a full disk, is told by the next write: here it is tried again. */
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
