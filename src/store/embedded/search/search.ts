// Search by FTS5, over words that are already normalised. Each indexed word begins with a mark of its pod, so that no
// query matches words of another pod.
import { hash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { Posting, PostingVersion, RenewalListener, Search } from '../../port.ts';
import { queryWordsOf, wordsOf } from '../../words.ts';
import { type Database, prepare } from '../database.ts';
import type { Group } from '../group.ts';
import { wordFinder } from './find-words.ts';
import { wordMerger } from './merge-words.ts';
import { MARK_LENGTH, NEW_NUMBER, NUMBER_AGAIN, openWordIndex } from './word-index.ts';

export interface SearchRows extends Search {
  /** Both return a function that does the writes. Call it within a transaction. */
  putting(postings: readonly Posting[]): () => void;
  removing(postings: readonly PostingVersion[]): () => void;
  /** Resolves when the words of all removed postings are gone from the index. */
  merged(): Promise<void>;
}

export function embeddedSearch(db: Database, group: Group, renewal?: RenewalListener): SearchRows {
  openWordIndex(db, renewal);
  const put = prepare(
    db,
    `INSERT INTO postings (n, rank, at, id, pod, seq, json) VALUES (${NEW_NUMBER}, ?1, ?2, ?3, ?4, ?5, ?6)
    ON CONFLICT (id) DO UPDATE SET n = ${NUMBER_AGAIN},
      rank = excluded.rank, at = excluded.at, pod = excluded.pod, seq = excluded.seq, json = excluded.json`,
  );
  const note = prepare(
    db,
    `INSERT INTO postings (n, rank, at, id, pod, seq, json) VALUES ((SELECT min(0, coalesce(min(n), 0)) - 1 FROM postings), 0, 0, ?1, ?2, ?3, ?4)
    ON CONFLICT (id) DO UPDATE SET rank = 0, at = 0, pod = excluded.pod, seq = excluded.seq, json = excluded.json`,
  );
  const seqOf = prepare(db, 'SELECT seq FROM postings WHERE id = ?');
  const putWords = prepare(db, 'INSERT INTO posting_words (rowid, words) SELECT n, ? FROM postings WHERE id = ?');
  const removeWords = prepare(db, 'DELETE FROM posting_words WHERE rowid = (SELECT n FROM postings WHERE id = ?)');
  const remove = prepare(db, 'DELETE FROM postings WHERE id = ?');
  const findPod = prepare(
    db,
    'SELECT CAST(n AS TEXT), id, seq FROM postings WHERE pod = ? AND n > CAST(? AS INTEGER) ORDER BY n LIMIT 1000',
  );
  const merger = wordMerger(db, group);
  const find = wordFinder(db);

  /** Removes the words of the stored version and returns how many rows had some. Undefined if a newer version is stored. */
  function makeRoom({ id, seq }: PostingVersion): number | undefined {
    const stored = seqOf.get([id])?.[0] as number | undefined;
    if (stored === undefined) return 0;
    return stored > seq ? undefined : removeWords.run([id]).changes;
  }

  function removeAll(ids: readonly string[]): void {
    for (const id of ids) {
      removeWords.run([id]);
      remove.run([id]);
    }
    if (ids.length) merger.note();
  }

  const putting = (postings: readonly Posting[]) => {
    // FTS5 writes a segment each time a number is lower than the last one.
    const rows = [...postings]
      .sort((a, b) => a.rank - b.rank || a.at - b.at)
      .map((posting) => ({ posting, words: markedWords(posting) }));
    return () => {
      for (const { posting, words } of rows) {
        const { id, kind, pod, seq, at, rank } = posting;
        if (makeRoom(posting) === undefined) continue;
        put.run([rank, at, id, pod, seq, JSON.stringify({ id, kind })]);
        putWords.run([words, id]);
      }
    };
  };
  // A removed posting leaves a row without words, which remembers the version.
  const removing = (postings: readonly PostingVersion[]) => () => {
    let removed = 0;
    for (const posting of postings) {
      const { id, pod, seq } = posting;
      const gone = makeRoom(posting);
      if (gone === undefined) continue;
      note.run([id, pod, seq, JSON.stringify({ id, kind: '' })]);
      removed += gone;
    }
    if (removed) merger.note();
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
      let last = LOWEST;
      for (let rows = findPod.all([pod, last]); rows.length; rows = findPod.all([pod, last])) {
        const gone = rows.filter(goes).map(([, id]) => id as string);
        last = rows.at(-1)?.[0] as string;
        if (gone.length) await group.erase('view', () => removeAll(gone));
        // A pod may have very many: other work goes on between two pages.
        await setImmediate();
      }
      await merger.merged();
    },
    merged: merger.merged,
    async query(pod, text, limit) {
      const words = queryWordsOf(text);
      const matches = words.map((word) => `"${markOf(pod)}${word}" *`);
      return limit > 0 ? find(pod, matches, limit) : [];
    },
  };
}

/** The lowest number of a row, as text. */
const LOWEST = '-9223372036854775808';

function markedWords({ pod, text }: Posting): string {
  const mark = markOf(pod);
  return wordsOf(text)
    .map((word) => mark + word)
    .join(' ');
}

const markOf = (pod: string): string => hash('sha256', pod).slice(0, MARK_LENGTH);
