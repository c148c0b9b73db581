// Finds postings by words: first those with all of the words, then those with all but one, and so on.
import { type Database, preparing } from '../database.ts';
import { SAME_MASK } from './row-order.ts';

export interface Hit {
  id: string;
  kind: string;
}

/** The most lists that are read for one query. If more were needed, the words of all postings that match are counted. */
const MOST_LISTS = 64;

const MATCHES = 'FROM posting_words WHERE posting_words MATCH ?1';

/**
 * SQL for the best postings that match. It stops when it has as many as wanted, and reads on only through those with the rank
 * and the millisecond of the last one, because their numbers have no order. It checks the pod again, although each word has
 * the pod's mark. The plus keeps the planner from walking all postings of the pod.
 */
export const BEST_SQL = `SELECT id, json, rank, at FROM (SELECT rowid AS n ${MATCHES}
    AND rowid >= coalesce((SELECT rowid & ~${SAME_MASK} ${MATCHES} ORDER BY rowid DESC LIMIT 1 OFFSET ?3 - 1), 0) ORDER BY rowid DESC)
  JOIN postings USING (n) WHERE +pod = ?2 ORDER BY rank DESC, at DESC, id LIMIT ?3`;

/** SQL for the same over many words, which reads all postings that contain one of them. */
export function countSql(words: number): string {
  const each = 'SELECT rowid AS n FROM posting_words WHERE posting_words MATCH ?';
  return `SELECT json FROM (SELECT n, count(*) AS held FROM (${Array(words).fill(each).join(' UNION ALL ')}) GROUP BY n)
    JOIN postings USING (n) WHERE +pod = ? ORDER BY held DESC, rank DESC, at DESC, id LIMIT ?`;
}

type Row = readonly [id: string, json: string, rank: number, at: number];

/** `matches`: what FTS5 is asked for each word. `limit`: at least 1. */
export function wordFinder(db: Database): (pod: string, matches: readonly string[], limit: number) => Hit[] {
  const prepared = preparing(db);
  const best = (pod: string, match: string, limit: number) =>
    prepared(BEST_SQL).all([match, pod, limit]) as unknown as Row[];

  return (pod, matches, limit) => {
    // A word that nothing has would only make more groups.
    const there = matches.length > 1 ? matches.filter((match) => best(pod, match, 1).length) : matches;
    const found = new Map<string, Row>();
    let lists = 0;
    // All postings with more words are in `found`, fewer than wanted. So a list as long as what is wanted holds the rest.
    for (let held = there.length; held > 0 && found.size < limit; held--) {
      const groups = groupsOf(there, held);
      lists += groups.length;
      if (lists > MOST_LISTS)
        return prepared(countSql(there.length))
          .all([...there, pod, limit])
          .map(hitOf);
      const rows = groups.flatMap((group) => best(pod, group.join(' AND '), limit));
      for (const row of rows.sort(better)) if (!found.has(row[0])) found.set(row[0], row);
    }
    return [...found.values()].slice(0, limit).map(([, json]) => hitOf([json]));
  };
}

const hitOf = ([json]: readonly unknown[]): Hit => JSON.parse(json as string) as Hit;

/** Orders as SQLite does: the higher rank, the newer one, then the id. */
function better([id, , rank, at]: Row, [otherId, , otherRank, otherAt]: Row): number {
  return otherRank - rank || otherAt - at || Buffer.compare(Buffer.from(id), Buffer.from(otherId));
}

/** Returns all groups of so many of the words. */
function groupsOf(words: readonly string[], size: number): string[][] {
  if (size === 0) return [[]];
  return words.flatMap((word, n) => groupsOf(words.slice(n + 1), size - 1).map((rest) => [word, ...rest]));
}
