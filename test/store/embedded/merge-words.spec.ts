// Erased words go from the index in short steps, between which other work goes on.

import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import Libsql from 'libsql';
import sinon from 'sinon';
import { openDatabase, prepare } from '../../../src/store/embedded/database.ts';
import { groupCommit } from '../../../src/store/embedded/group.ts';
import { openEmbedded } from '../../../src/store/embedded/open.ts';
import { embeddedSearch } from '../../../src/store/embedded/search/search.ts';

const WORDS = 'mill flour box van loaf price order label Tuesday Friday plan ring road holiday pause shop'.split(' ');
const textOf = (n: number) =>
  `${Array.from({ length: 14 }, (_, i) => WORDS[(n * 7 + i * i * 5) % 16]).join(' ')} u${n}`;

describe('the merge of words', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'skein-merge-'));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  const opened = (at = 'running') => {
    const db = openDatabase(join(dir, at));
    const group = groupCommit(db, { flush: async () => {} });
    const search = embeddedSearch(db, group);
    const blocks = prepare(db, 'SELECT count(*) FROM posting_words_data WHERE instr(block, CAST(? AS BLOB)) > 0');
    const holds = (word: string) => (blocks.get([word])?.[0] as number) > 0;
    return { db, group, search, holds };
  };
  const posting = (n: number, text = textOf(n)) => ({
    ...{ id: `d${n}`, pod: 'p', kind: 'k', seq: 1, at: n, rank: 1, text },
  });

  it('takes a removed word out of a large index, and lets other writes in between', async () => {
    const { db, group, search, holds } = opened();
    for (let from = 0; from < 8000; from += 500)
      await search.put(Array.from({ length: 500 }, (_, i) => posting(from + i)));
    await search.put([posting(8000, 'secretxyzzy flour')]);
    expect(holds('xyzzy')).to.equal(true);
    let writes = 0;
    let isRemoved = false;
    const removed = search.remove([{ id: 'd8000', pod: 'p', seq: 2 }]).finally(() => {
      isRemoved = true;
    });
    while (!isRemoved) {
      await group.write('view', () => undefined);
      writes += 1;
    }
    await removed;
    expect(holds('xyzzy')).to.equal(false);
    expect(writes).to.be.greaterThan(2);
    expect((await search.query('p', 'flour', 5)).length).to.equal(5);
    await group.close();
    db.close();
  });

  it('does it soon also where nobody awaits it, at the latest as the store is closed', async () => {
    const { db, group, search, holds } = opened();
    await search.put([posting(1, 'secretxyzzy'), posting(2, 'flour')]);
    await group.write('view', search.removing([{ id: 'd1', pod: 'p', seq: 2 }]));
    expect(holds('xyzzy')).to.equal(true);
    await search.merged();
    expect(holds('xyzzy')).to.equal(false);
    await group.close();
    db.close();
  });

  it('does it as the store is opened after it was killed in between', async () => {
    const first = opened();
    await first.search.put([posting(1, 'secretxyzzy'), posting(2, 'flour')]);
    await first.group.write('view', first.search.removing([{ id: 'd1', pod: 'p', seq: 2 }]));
    await cp(join(dir, 'running'), join(dir, 'killed'), { recursive: true });
    await first.search.merged();
    await first.group.close();
    first.db.close();
    const again = opened('killed');
    expect(again.holds('xyzzy')).to.equal(false);
    expect((await again.search.query('p', 'flour', 5)).map(({ id }) => id)).to.deep.equal(['d2']);
    again.db.close();
  });

  it('leaves it to the next start where it fails as the store is closed, and lets the directory go', async () => {
    const prepared = Libsql.prototype.prepare;
    const full = sinon.stub(Libsql.prototype, 'prepare').callsFake(function (this: Libsql.Database, sql: string) {
      const statement = prepared.call(this, sql);
      if (!sql.includes("'merge'")) return statement;
      sinon
        .stub(statement, 'run')
        .throws(Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' }));
      return statement;
    });
    try {
      const store = await openEmbedded({ dir: join(dir, 'running'), specs: [] });
      await store.search.put([posting(1, 'secretxyzzy')]);
      await store.writeAll?.([{ kind: 'postings', put: [], remove: [{ id: 'd1', pod: 'p', seq: 2 }] }]);
      await store.close();
    } finally {
      full.restore();
    }
    const again = opened();
    expect(again.holds('xyzzy')).to.equal(false);
    again.db.close();
  });
});
