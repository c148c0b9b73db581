// Search by FTS5 over words that are already normalised. Each word carries its pod's mark, so a pod's query never meets another's words.
import { createHash } from 'node:crypto';
import type { Posting, Search } from '../port.ts';
import { queryWordsOf, wordsOf } from '../words.ts';
import { type Database, prepare, preparing } from './database.ts';
import type { Group } from './group.ts';

export function embeddedSearch(db: Database, group: Group): Search {
  db.exec(
    'CREATE TABLE IF NOT EXISTS postings (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, pod TEXT NOT NULL, at REAL NOT NULL, json TEXT NOT NULL)',
  );
  db.exec('CREATE INDEX IF NOT EXISTS postings_pod ON postings (pod)');
  // Only spaces separate: which signs make a word has been decided in words.ts.
  db.exec(`CREATE VIRTUAL TABLE IF NOT EXISTS posting_words USING fts5 (words, content = '', contentless_delete = 1, detail = none,
    tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'")`);
  const put = prepare(
    db,
    `INSERT INTO postings (id, pod, at, json) VALUES (?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET pod = excluded.pod, at = excluded.at, json = excluded.json RETURNING n`,
  );
  const putWords = prepare(db, 'INSERT OR REPLACE INTO posting_words (rowid, words) VALUES (?, ?)');
  const find = prepare(db, 'SELECT n FROM postings WHERE id = ?');
  const findPod = prepare(db, 'SELECT n FROM postings WHERE pod = ?');
  const remove = prepare(db, 'DELETE FROM postings WHERE n = ?');
  const removeWords = prepare(db, 'DELETE FROM posting_words WHERE rowid = ?');
  const prepared = preparing(db);

  function removeAll(rows: readonly unknown[][]): void {
    for (const [n] of rows) {
      remove.run([n as number]);
      removeWords.run([n as number]);
    }
  }

  return {
    async put(postings) {
      const rows = postings.map((posting) => ({ row: rowOf(posting), words: markedWords(posting) }));
      await group.write('view', () => {
        for (const { row, words } of rows) putWords.run([put.get(row)?.[0] as number, words]);
      });
    },
    async remove(ids) {
      const gone = [...ids];
      await group.write('view', () => gone.forEach((id) => void removeAll(find.all([id]))));
    },
    async clear(pod) {
      await group.write('view', () => removeAll(findPod.all([pod])));
    },
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

/** Postings by how many of the words they hold. The pod is checked again, although its mark is in every word. */
function querySql(words: number): string {
  const each = 'SELECT rowid AS n FROM posting_words WHERE posting_words MATCH ?';
  return `SELECT json FROM (SELECT n, count(*) AS held FROM (${Array(words).fill(each).join(' UNION ALL ')}) GROUP BY n)
    JOIN postings USING (n) WHERE pod = ? ORDER BY held DESC, at DESC, id LIMIT ?`;
}

function rowOf({ id, kind, pod, at }: Posting): [string, string, number, string] {
  return [id, pod, at, JSON.stringify({ id, kind })];
}

function markedWords({ pod, text }: Posting): string {
  const mark = markOf(pod);
  return wordsOf(text)
    .map((word) => mark + word)
    .join(' ');
}

const markOf = (pod: string): string => createHash('sha256').update(pod).digest('hex').slice(0, 12);
