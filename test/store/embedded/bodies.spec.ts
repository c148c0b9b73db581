import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { closeDatabase, openDatabase } from '../../../src/store/embedded/database.ts';
import { openEmbedded } from '../../../src/store/embedded/open.ts';

describe('bodies of 0.1.0', () => {
  it('are read as before, and take labels from then on', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'skein-bodies-'));
    const db = openDatabase(dir);
    db.exec('CREATE TABLE bodies (id TEXT PRIMARY KEY, pod TEXT NOT NULL, json TEXT NOT NULL)');
    db.exec(`INSERT INTO bodies (id, pod, json) VALUES ('b_1', 'p', '"Hello"')`);
    closeDatabase(db, dir);
    const label = { trust: 'outside' };
    for (const _time of [1, 2]) {
      const store = await openEmbedded({ dir, specs: [] });
      await store.bodies.put([{ id: 'b_2', pod: 'p', text: 'Pay.', label }]);
      expect([...(await store.bodies.get(['b_1', 'b_2'])).values()]).to.deep.equal([
        { text: 'Hello' },
        { text: 'Pay.', label },
      ]);
      await store.close();
    }
    rmSync(dir, { recursive: true });
  });
});
