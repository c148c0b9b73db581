// Truncates SQLite's write-ahead log after an erasure. Otherwise erased words would stay in it until it has 64 MB.
import { type Database, prepare } from './database.ts';
import type { Group } from './group.ts';

export interface CutSettings {
  /** How long to wait after an erasure, in milliseconds, because several erasures often come together. */
  afterMs: number;
  /** The shortest time between two truncations, in milliseconds, because one takes up to 0.1 s. */
  everyMs: number;
}

export const CUT: CutSettings = { afterMs: 1000, everyMs: 60_000 };

export interface LogCutter {
  /** Truncates it soon, at most as often as the settings say. */
  soon(): void;
  /** Stops the timer. Nothing is lost by that, because closing the store truncates the write-ahead log too. */
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

  /**
   * Truncates the write-ahead log. Returns false on any failure, such as a full disk, so that the caller tries again.
   * The failure itself is reported by the next write.
   */
  function isCut(): boolean {
    try {
      return group.between(() => truncate.get([])?.[0] === 0);
    } catch {
      return false;
    }
  }

  group.onErased(later);
  return { soon: later, stop: () => clearTimeout(timer) };
}
