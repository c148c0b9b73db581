// The tables of search: the postings, and the FTS5 index of their words.
import type { RenewalListener } from '../../port.ts';
import { type Database, prepare } from '../database.ts';
import { firstNumber, SAME_MASK } from './row-order.ts';

/** The characters of the mark of a pod with which each word begins (search.ts). */
export const MARK_LENGTH = 12;

/**
 * A word of a query matches all words that begin with it. FTS5 stores the list of each beginning up to this length, so that
 * it reads one list (sqlite.org/fts5.html, “Prefix Indexes”). Of a longer one it joins the lists of all those words.
 */
const LONGEST_BEGINNING = 12;

const beginnings = Array.from({ length: LONGEST_BEGINNING }, (_, n) => MARK_LENGTH + n + 1).join(' ');

// FTS5 splits at spaces only, because words.ts has decided which characters form a word.
const CREATE_WORDS = `CREATE VIRTUAL TABLE IF NOT EXISTS posting_words USING fts5 (words, content = '', contentless_delete = 1,
  detail = none, prefix = '${beginnings}', tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'")`;

/** Creates the tables, and renews those of an earlier version. Call it within a transaction. */
export function openWordIndex(db: Database, renewal?: RenewalListener): void {
  db.exec(
    'CREATE TABLE IF NOT EXISTS postings (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, pod TEXT NOT NULL, seq REAL NOT NULL, at REAL NOT NULL, rank REAL NOT NULL, json TEXT NOT NULL)',
  );
  addRank(db);
  db.exec('CREATE INDEX IF NOT EXISTS postings_pod ON postings (pod)');
  const [made] = prepare(db, "SELECT sql FROM sqlite_master WHERE name = 'posting_words'").get([]) ?? [];
  if (made && !String(made).includes('prefix =')) renewAloud(db, renewal);
  else db.exec(CREATE_WORDS);
}

/** Says before and after how many postings there are: 100,000 take some 5 s, in which nothing else happens. */
function renewAloud(db: Database, renewal?: RenewalListener): void {
  const [count] = prepare(db, "SELECT count(*) FROM postings WHERE json_extract(json, '$.kind') <> ''").get([]) ?? [];
  const postings = Number(count);
  renewal?.begins(postings);
  renew(db);
  renewal?.ends(postings);
}

/** Adds the column `rank` to an index of an earlier version. `skein rebuild` fills it. */
function addRank(db: Database): void {
  const [has] = prepare(db, "SELECT name FROM pragma_table_info('postings') WHERE name = 'rank'").all([]);
  if (!has) db.exec('ALTER TABLE postings ADD COLUMN rank REAL NOT NULL DEFAULT 0');
}

/**
 * Makes the index again, for one whose rows are numbered as they came and which has no lists of beginnings. All words are
 * in the old one.
 */
function renew(db: Database): void {
  const first = firstNumber('rank', 'at');
  db.exec(`
    CREATE VIRTUAL TABLE temp.old_words USING fts5vocab ('main', 'posting_words', 'instance');
    CREATE TEMP TABLE old_rows AS SELECT doc, group_concat(term, ' ') AS words FROM old_words GROUP BY doc;
    DROP TABLE old_words;
    DROP TABLE posting_words;
    ${CREATE_WORDS};
    CREATE TEMP TABLE new_rows (old INTEGER PRIMARY KEY, n INTEGER, words TEXT);
    INSERT INTO new_rows SELECT -doc, ${first} + row_number() OVER (PARTITION BY ${first} ORDER BY id) - 1, words
      FROM old_rows JOIN postings ON n = doc;
    UPDATE postings SET n = -n;
    UPDATE postings SET n = (SELECT n FROM new_rows WHERE old = postings.n) WHERE n IN (SELECT old FROM new_rows);
    INSERT INTO posting_words (rowid, words) SELECT n, words FROM new_rows ORDER BY n;
    DROP TABLE old_rows;
    DROP TABLE new_rows;
  `);
}

const FIRST = firstNumber('?1', '?2');

/** SQL for the number of a posting with the rank ?1 and the time ?2, which has words. */
export const NEW_NUMBER = `coalesce((SELECT n + 1 FROM postings WHERE n BETWEEN ${FIRST} AND ${FIRST} + ${SAME_MASK}
  ORDER BY n DESC LIMIT 1), ${FIRST})`;

/** SQL for its number when it is written again: the former one if that still fits. */
export const NUMBER_AGAIN = `CASE postings.n & ~${SAME_MASK} WHEN ${FIRST} THEN postings.n ELSE excluded.n END`;
