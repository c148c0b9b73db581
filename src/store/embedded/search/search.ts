// Search by FTS5, over words that are already normalised. Each indexed word begins with a mark of its pod, so that no
// query matches words of another pod.
import { hash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { Posting, PostingVersion, Search } from '../../port.ts';
import { queryWordsOf, wordsOf } from '../../words.ts';
import { type Arg, type Database, prepare, preparing } from '../database.ts';
import type { Group } from '../group.ts';
import { wordMerger } from './merge-words.ts';

export interface SearchRows extends Search {
  /** Both return a function that does the writes. Call it within a transaction. */
  putting(postings: readonly Posting[]): () => void;
  removing(postings: readonly PostingVersion[]): () => void;
  /** Resolves when the words of all removed postings are gone from the index. */
  merged(): Promise<void>;
}

export function embeddedSearch(db: Database, group: Group): SearchRows {
  db.exec(
    'CREATE TABLE IF NOT EXISTS postings (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, pod TEXT NOT NULL, seq REAL NOT NULL, at REAL NOT NULL, rank REAL NOT NULL, json TEXT NOT NULL)',
  );
  addRank(db);
  db.exec('CREATE INDEX IF NOT EXISTS postings_pod ON postings (pod)');
  // FTS5 splits at spaces only, because words.ts has decided which characters form a word.
  db.exec(`CREATE VIRTUAL TABLE IF NOT EXISTS posting_words USING fts5 (words, content = '', contentless_delete = 1, detail = none,
    tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'")`);
  const put = prepare(
    db,
    `INSERT INTO postings (id, pod, seq, at, rank, json) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET pod = excluded.pod, seq = excluded.seq, at = excluded.at, rank = excluded.rank, json = excluded.json
    WHERE excluded.seq >= postings.seq RETURNING n`,
  );
  const putWords = prepare(db, 'INSERT OR REPLACE INTO posting_words (rowid, words) VALUES (?, ?)');
  const findPod = prepare(db, 'SELECT n, id, seq FROM postings WHERE pod = ? AND n > ? ORDER BY n LIMIT 1000');
  const remove = prepare(db, 'DELETE FROM postings WHERE n = ?');
  const removeWords = prepare(db, 'DELETE FROM posting_words WHERE rowid = ?');
  const merger = wordMerger(db, group);
  const prepared = preparing(db);

  function removeAll(rows: readonly unknown[][]): void {
    for (const [n] of rows) {
      remove.run([n as number]);
      removeWords.run([n as number]);
    }
    if (rows.length) merger.note();
  }

  const putting = (postings: readonly Posting[]) => {
    const rows = postings.map((posting) => ({ row: rowOf(posting), words: markedWords(posting) }));
    return () => {
      for (const { row, words } of rows) {
        const n = numberOf(put.get(row));
        if (n !== undefined) putWords.run([n, words]);
      }
    };
  };
  const removing = (postings: readonly PostingVersion[]) => {
    // A removed posting leaves a row without words, which remembers the version.
    const rows = postings.map(({ id, pod, seq }) => rowOf({ id, pod, seq, kind: '', at: 0, rank: 0 }));
    return () => {
      let removed = 0;
      for (const row of rows) {
        const n = numberOf(put.get(row));
        if (n !== undefined) removed += removeWords.run([n]).changes;
      }
      if (removed) merger.note();
    };
  };

  return {
    putting,
    removing,
    put: (postings) => group.write('view', putting(postings)),
    async remove(postings) {
      await group.erase('view', removing(postings));
      await merger.merged();
    },
    async purge() {
      await group.erase('view', () => merger.note());
      await merger.merged();
    },
    async clear(pod, but) {
      const goes = ([, id, seq]: unknown[]) => !but || (!but.ids.has(id as string) && (seq as number) <= but.upTo);
      let last = 0;
      for (let rows = findPod.all([pod, last]); rows.length; rows = findPod.all([pod, last])) {
        const gone = rows.filter(goes);
        last = rows.at(-1)?.[0] as number;
        if (gone.length) await group.erase('view', () => removeAll(gone));
        // A pod may have very many: other work goes on between two pages.
        await setImmediate();
      }
      await merger.merged();
    },
    merged: merger.merged,
    async query(pod, text, limit) {
      const words = queryWordsOf(text);
      if (words.length === 0) return [];
      const rows = prepared(querySql(words.length)).all([
        ...words.map((word) => `"${markOf(pod)}${word}" *`),
        pod,
        limit,
      ]);
      return rows.map(([json]) => JSON.parse(json as string) as { id: string; kind: string });
    },
  };
}

/** Adds the column `rank` to an index of an earlier version. `skein rebuild` fills it. */
function addRank(db: Database): void {
  const [has] = prepare(db, "SELECT name FROM pragma_table_info('postings') WHERE name = 'rank'").all([]);
  if (!has) db.exec('ALTER TABLE postings ADD COLUMN rank REAL NOT NULL DEFAULT 0');
}

/**
 * Returns SQL that sorts postings by how many of the words they contain. It checks the pod again, although each word
 * contains the pod's mark. The plus keeps the planner from walking all postings of the pod.
 */
export function querySql(words: number): string {
  const each = 'SELECT rowid AS n FROM posting_words WHERE posting_words MATCH ?';
  return `SELECT json FROM (SELECT n, count(*) AS held FROM (${Array(words).fill(each).join(' UNION ALL ')}) GROUP BY n)
    JOIN postings USING (n) WHERE +pod = ? ORDER BY held DESC, rank DESC, at DESC, id LIMIT ?`;
}

/** Returns the number of the written row. Undefined if nothing was written, because a newer version is stored. */
function numberOf(row: readonly unknown[] | undefined): number | undefined {
  return row?.[0] as number | undefined;
}

function rowOf({ id, kind, pod, seq, at, rank }: Omit<Posting, 'text'>): Arg[] {
  return [id, pod, seq, at, rank, JSON.stringify({ id, kind })];
}

function markedWords({ pod, text }: Posting): string {
  const mark = markOf(pod);
  return wordsOf(text)
    .map((word) => mark + word)
    .join(' ');
}

const markOf = (pod: string): string => hash('sha256', pod).slice(0, 12);
