// Erased words are gone from the files while the store is open.
import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import sinon from 'sinon';
import { cutLog } from '../../../src/store/embedded/cut-log.ts';
import { openDatabase } from '../../../src/store/embedded/database.ts';
import { openEmbedded } from '../../../src/store/embedded/open.ts';
import type { Store } from '../../../src/store/port.ts';
import { aThing, specs, type Thing } from '../contract-data.ts';

const MARK = 'zqquux';
const run = promisify(execFile);

/** Reads in another process: opening and closing the file in this one would release its lock. */
async function filesWith(word: string, dir: string): Promise<string> {
  const found = await run('grep', ['-rlaF', word, dir]).catch((error: { code?: unknown; stdout: string }) => {
    if (error.code === 1) return { stdout: '' };
    throw error;
  });
  return found.stdout;
}

async function wrote(store: Store): Promise<void> {
  await store.bodies.put([{ id: 'b1', pod: 'p', text: `${MARK} in a text` }]);
  await store.collection<Thing>('things').insert([aThing({ id: 'd1', pod: `${MARK} in a document` })]);
  await store.search.put([{ id: 'd1', pod: 'p', seq: 1, kind: 'k', text: MARK, at: 1, rank: 0 }]);
  expect((await store.search.query('p', MARK, 1)).length).to.equal(1);
}

async function erased(store: Store): Promise<void> {
  await store.bodies.remove(['b1']);
  await store.search.remove([{ id: 'd1', pod: 'p', seq: 2 }]);
  await store.collection<Thing>('things').delete('d1');
}

describe('an erasure in the embedded store', () => {
  let dir: string;
  let store: Store | undefined;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'skein-cut-'));
  });
  afterEach(async () => {
    await store?.close();
    await rm(dir, { recursive: true });
  });

  it('is gone from its files while it runs', async () => {
    store = await openEmbedded({ dir, specs, cut: { afterMs: 1, everyMs: 1 } });
    await wrote(store);
    expect(await filesWith(MARK, dir)).to.include('skein.db-wal');
    await erased(store);
    while (await filesWith(MARK, dir)) await new Promise((again) => setTimeout(again, 5));
    expect(await store.bodies.get(['b1'])).to.have.length(0);
    await store.bodies.put([{ id: 'b2', pod: 'p', text: 'goes on' }]);
    expect((await store.bodies.get(['b2'])).get('b2')?.text).to.equal('goes on');
  });

  it('is gone from them too where its posting goes on with other words', async () => {
    store = await openEmbedded({ dir, specs, cut: { afterMs: 1, everyMs: 1 } });
    const posting = { id: 'd1', pod: 'p', kind: 'k', at: 1, rank: 0 };
    await store.search.put([{ ...posting, seq: 1, text: `${MARK} one` }]);
    await store.search.put([{ ...posting, seq: 2, text: 'two' }]);
    expect(await filesWith(MARK, dir)).not.to.equal('');
    await store.search.purge();
    while (await filesWith(MARK, dir)) await new Promise((again) => setTimeout(again, 5));
    expect((await store.search.query('p', 'two', 1)).map(({ id }) => id)).to.deep.equal(['d1']);
  });

  it('is gone when the store is opened after it was killed in between', async () => {
    store = await openEmbedded({ dir: join(dir, 'running'), specs });
    await wrote(store);
    await erased(store);
    await cp(join(dir, 'running'), join(dir, 'killed'), { recursive: true });
    expect(await filesWith(MARK, join(dir, 'killed'))).not.to.equal('');
    const again = await openEmbedded({ dir: join(dir, 'killed'), specs });
    expect(await filesWith(MARK, join(dir, 'killed'))).to.equal('');
    await again.close();
  });

  it('cuts the log once for many, at most once a minute, and again when it could not', async () => {
    const clock = sinon.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    const db = openDatabase(dir);
    try {
      let erase = () => {};
      let cuts = 0;
      let free = true;
      const group = {
        onErased: (told: () => void) => {
          erase = told;
        },
        between: (work: () => boolean) => {
          cuts++;
          return free && work();
        },
      };
      const cutter = cutLog(db, group);
      clock.tick(120_000);
      expect(cuts).to.equal(0);
      for (let n = 0; n < 10; n++) erase();
      clock.tick(1000);
      expect(cuts).to.equal(1);
      erase();
      clock.tick(59_000);
      expect(cuts).to.equal(1);
      free = false;
      clock.tick(1000);
      expect(cuts).to.equal(2);
      free = true;
      clock.tick(60_000);
      expect(cuts).to.equal(3);
      clock.tick(120_000);
      erase();
      cutter.stop();
      clock.tick(120_000);
      expect(cuts).to.equal(3);
    } finally {
      clock.restore();
      db.close();
    }
  });
});
