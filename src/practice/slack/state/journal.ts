// The append-only file from which the workspace is restored at the start: one line per commit.
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

/** Stores nothing. An append never fails, so the state is never replayed. */
export const memoryJournal: Journal = { *read() {}, append: () => {}, close: () => {} };

/** Opens `dir`/journal.jsonl. Removes a partial last line, which a crash has left. */
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
