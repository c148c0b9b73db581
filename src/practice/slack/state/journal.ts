// The append-only file that lets the workspace survive kill -9: one line per commit, read back at start.
import { join } from 'node:path';
import { openLines } from '../../lines.ts';
import type { Change } from './change.ts';

export interface Journal {
  /** Every commit so far, the first one first. */
  read(): Generator<Change[]>;
  /** All changes of one line take effect, or none. @throws Retryable when it can't be written */
  append(changes: readonly Change[]): void;
  close(): void;
}

/** Never fails, so that it is never read again. */
export const memoryJournal: Journal = { *read() {}, append: () => {}, close: () => {} };

/** Opens `dir`/journal.jsonl. A line that a crash tore off is cut away. */
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
