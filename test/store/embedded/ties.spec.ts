// Where many documents are equal in the fields of an index, a page of them is read along it, and nothing is sorted.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import Libsql from 'libsql';
import { DATABASE, prepare } from '../../../src/store/embedded/database.ts';
import { openEmbedded } from '../../../src/store/embedded/open.ts';
import type { CollectionSpec, Doc } from '../../../src/store/port.ts';

describe('an index of documents with equal values', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'skein-ties-'));
  });
  afterEach(() => rm(dir, { recursive: true }));

  const spec = (ties: boolean): CollectionSpec => ({
    ...{ name: 'things', kind: 'view' },
    indexes: [{ fields: ['pod', 'due'], ...(ties ? { ties: true as const } : {}) }],
  });
  const opened = async (ties: boolean) => openEmbedded({ dir, specs: [spec(ties)] });
  /** Returns how SQLite reads a page of a pod’s documents. */
  const plan = (): string => {
    const db = new Libsql(join(dir, DATABASE));
    const sql = 'SELECT json FROM "doc_things" WHERE "f_pod" = ? ORDER BY "f_due" asc, id LIMIT 5';
    const rows = prepare(db, `EXPLAIN QUERY PLAN ${sql}`).all(['p']);
    db.close();
    return rows.map((row) => row.at(-1)).join('; ');
  };

  it('is in the order of their ids, also in a store that an earlier version made', async () => {
    let store = await opened(false);
    const docs = Array.from({ length: 50 }, (_, n) => ({ id: `t${(n * 37) % 50}`, rev: 1, pod: 'p' }));
    await store.collection<Doc>('things').insert(docs);
    await store.close();
    expect(plan(), 'without it').to.include('TEMP B-TREE');

    store = await opened(true);
    const query = { where: { pod: 'p' } as never, sort: [['due', 'asc']] as never, limit: 5 };
    const found = (await store.collection<Doc>('things').find(query)).map(({ id }) => id);
    expect(found).to.deep.equal(
      docs
        .map(({ id }) => id)
        .sort()
        .slice(0, 5),
    );
    await store.close();
    expect(plan())
      .to.match(/USING INDEX index_things_pod_due_ties/)
      .and.not.include('TEMP B-TREE');
  });
});
