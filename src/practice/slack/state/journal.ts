// The append-only file from which the workspace is restored at the start: one line per commit.
import { join } from 'node:path';
import { openLines } from '../../lines.ts';
import type { Change } from './change.ts';

export interface Journal {
  /** Yields the changes of every commit so far, the first commit first. */
  read(): Generator<Change[]>;
  /**
   * Appends the changes as one line, so that all take effect or none. @throws Retryable if the line can't be written
   */
  append(changes: readonly Change[]): void;
  close(): void;
}

/** A journal that stores nothing. An append never fails, so the state is never replayed. */
export const memoryJournal: Journal = { *read() {}, append: () => {}, close: () => {} };

/** Opens `dir`/journal.jsonl. Removes a partial last line, which a crash may have left. */
export function openJournal(dir: string): Journal {
  const lines = openLines(join(dir, 'journal.jsonl'));
  return {
    *read() {
      for (const line of lines.read()) yield JSON.parse(line) as Change[];
    },
    append: (changes) => lines.add(JSON.stringify(changes)),
    close: lines.close,
  };
}
