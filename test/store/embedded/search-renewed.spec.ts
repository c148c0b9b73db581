// An index of an earlier version, whose rows are numbered as they came, is made again as the store is opened.

import { hash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { closeDatabase, openDatabase, prepare } from '../../../src/store/embedded/database.ts';
import { openEmbedded } from '../../../src/store/embedded/open.ts';

describe('an index of words of an earlier version', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'skein-index-'));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  /** Writes what the earlier version wrote. */
  function oldIndex(): void {
    const db = openDatabase(dir);
    db.exec(`CREATE TABLE postings (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, pod TEXT NOT NULL, seq REAL NOT NULL, at REAL NOT NULL, rank REAL NOT NULL, json TEXT NOT NULL);
      CREATE INDEX postings_pod ON postings (pod);
      CREATE VIRTUAL TABLE posting_words USING fts5 (words, content = '', contentless_delete = 1, detail = none,
        tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'");`);
    const put = prepare(db, 'INSERT INTO postings (id, pod, seq, at, rank, json) VALUES (?, ?, 1, ?, ?, ?)');
    const words = prepare(db, 'INSERT INTO posting_words (rowid, words) VALUES (?, ?)');
    const write = (id: string, at: number, rank: number, text: string, pod = 'p') => {
      const { lastInsertRowid } = put.run([id, pod, at, rank, JSON.stringify({ id, kind: text ? 'k' : '' })]);
      const marked = text.split(' ').map((word) => hash('sha256', pod).slice(0, 12) + word);
      if (text) words.run([Number(lastInsertRowid), marked.join(' ')]);
      return Number(lastInsertRowid);
    };
    write('task', 5, 2, 'red apple');
    write('newest', 9, 1, 'apple pie');
    write('b', 7, 1, 'apple');
    write('a', 7, 1, 'apples');
    write('elsewhere', 8, 1, 'apple', 'q');
    write('removed', 0, 0, '');
    const gone = write('gone', 9, 2, 'apple secretxyzzy');
    prepare(db, 'DELETE FROM posting_words WHERE rowid = ?').run([gone]);
    closeDatabase(db, dir);
  }

  it('is said before and after, and not at the next opening', async () => {
    oldIndex();
    const heard: string[] = [];
    const renewal = {
      begins: (postings: number) => void heard.push(`begins with ${postings}`),
      ends: (postings: number) => void heard.push(`ends with ${postings}`),
    };
    for (let opened = 0; opened < 2; opened++) await (await openEmbedded({ dir, specs: [], renewal })).close();
    expect(heard).to.deep.equal(['begins with 6', 'ends with 6']);
  });

  it('finds the same as before, in the same order, and remembers removed versions', async () => {
    oldIndex();
    for (const times of ['first', 'second']) {
      const { search, close } = await openEmbedded({ dir, specs: [] });
      const find = async (text: string, limit = 9) => (await search.query('p', text, limit)).map(({ id }) => id);
      expect(await find('apple'), times).to.deep.equal(['task', 'newest', 'a', 'b']);
      expect(await find('apple', 3), times).to.deep.equal(['task', 'newest', 'a']);
      expect(await find('apple pie red'), times).to.deep.equal(['task', 'newest', 'a', 'b']);
      expect(await find('secretxyzzy'), times).to.deep.equal([]);
      const late = { id: 'removed', pod: 'p', seq: 0, kind: 'k', text: 'late', at: 1, rank: 1 };
      await search.put([late]);
      expect(await find('late'), times).to.deep.equal([]);
      await close();
    }
    const { search, close } = await openEmbedded({ dir, specs: [] });
    await search.put([{ id: 'b', pod: 'p', seq: 2, kind: 'k', text: 'plum', at: 7, rank: 1 }]);
    await search.put([{ id: 'removed', pod: 'p', seq: 2, kind: 'k', text: 'plum', at: 8, rank: 1 }]);
    await search.remove([{ id: 'newest', pod: 'p', seq: 2 }]);
    const ids = async (text: string) => (await search.query('p', text, 9)).map(({ id }) => id);
    expect(await ids('apple')).to.deep.equal(['task', 'a']);
    expect(await ids('plum')).to.deep.equal(['removed', 'b']);
    await close();
  });
});
