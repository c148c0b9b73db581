// Removes from the index of words what replaced and removed postings said. FTS5 only marks such rows; their words are gone
// once the segments of the index are merged. That is done step by step, because for a large index it takes long.
import { setImmediate } from 'node:timers/promises';
import { type Database, prepare } from '../database.ts';
import type { Group } from '../group.ts';

/** The pages that one step writes, so that it takes a few milliseconds (sqlite.org/fts5.html, “The merge Command”). */
const STEP_PAGES = 8;

/** How long a merge waits for further erasures if nobody awaits it, in milliseconds: they often come together. */
const TOGETHER_MS = 1000;

export interface WordMerger {
  /** Notes durably that words have to go, and merges soon. Call it within the transaction that marks them. */
  note(): void;
  /** Resolves when all words that were noted before the call are gone. */
  merged(): Promise<void>;
}

/** Call it within the transaction that opens the store. It removes at once what an earlier process has left. */
export function wordMerger(db: Database, group: Group): WordMerger {
  db.exec('CREATE TABLE IF NOT EXISTS merging (n INTEGER PRIMARY KEY)');
  // Without it a merge of fewer than four segments stops before its end.
  db.exec("INSERT INTO posting_words (posting_words, rank) VALUES ('usermerge', 2)");
  const step = prepare(db, "INSERT INTO posting_words (posting_words, rank) VALUES ('merge', ?)");
  const changes = prepare(db, 'SELECT total_changes()');
  const noted = prepare(db, 'SELECT max(n) FROM merging');
  const add = prepare(db, 'INSERT INTO merging DEFAULT VALUES');
  const forget = prepare(db, 'DELETE FROM merging WHERE n <= ?');
  const newest = () => noted.get([])?.[0] as number | null;
  let running: Promise<void> | undefined;
  let late: NodeJS.Timeout | undefined;
  if (newest() !== null) db.exec("INSERT INTO posting_words (posting_words) VALUES ('optimize'); DELETE FROM merging");

  /** Merges some pages. A negative number begins a merge of all segments. Returns false at the end of the merge. */
  function merge(pages: number): boolean {
    const before = changes.get([])?.[0] as number;
    step.run([pages]);
    // The command itself counts as one change.
    return (changes.get([])?.[0] as number) - before >= 2;
  }

  async function run(): Promise<void> {
    for (let upTo = newest(); upTo !== null; upTo = newest()) {
      const last = upTo;
      let more = await group.write('view', () => merge(-STEP_PAGES));
      while (more) {
        // Other work goes first: it waits neither for the next step nor for its transaction.
        await setImmediate();
        more = await group.write('view', () => merge(STEP_PAGES));
      }
      await group.erase('view', () => void forget.run([last]));
    }
  }

  function merged(): Promise<void> {
    clearTimeout(late);
    late = undefined;
    running ??= run().finally(() => {
      running = undefined;
    });
    return running;
  }

  return {
    note() {
      add.run([]);
      // A failure, such as a full disk, is reported by the next write. The note stays, so the merge is made again.
      late ??= setTimeout(() => void merged().catch(() => undefined), TOGETHER_MS).unref();
    },
    merged,
  };
}
