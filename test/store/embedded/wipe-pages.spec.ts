// Erased words are gone from the unused parts of the pages too, in which SQLite has left copies as it moved rows.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import Libsql from 'libsql';
import { DATABASE, prepare } from '../../../src/store/embedded/database.ts';
import { openEmbedded } from '../../../src/store/embedded/open.ts';
import { type WipeSettings, withoutRests } from '../../../src/store/embedded/wipe-pages.ts';
import type { Store } from '../../../src/store/port.ts';

const run = promisify(execFile);
const NEVER: WipeSettings = { afterMs: 600_000, everyMs: 600_000, pages: 64, pauseMs: 1 };
const SOON: WipeSettings = { afterMs: 1, everyMs: 1, pages: 64, pauseMs: 0 };

const TEXTS = 6000;
const word = (n: number) => `zq${n.toString(36).padStart(6, '0')}x`;

/** The same numbers below 1 each time. */
function numbers(seed: number): () => number {
  let last = seed;
  return () => {
    last = (last * 1_103_515_245 + 12_345) % 2_147_483_648;
    return last / 2_147_483_648;
  };
}

/** Reads in another process: opening and closing the file in this one would release its lock. */
async function wordsIn(dir: string): Promise<Set<string>> {
  const files = [DATABASE, `${DATABASE}-wal`].map((name) => join(dir, name)).filter(existsSync);
  const { stdout } = await run('cat', files, { encoding: 'latin1', maxBuffer: 2 ** 28 });
  return new Set(stdout.match(/zq[0-9a-z]{6}x/g));
}

describe('the unused parts of the pages of the embedded store', () => {
  let dir: string;
  let store: Store | undefined;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'skein-wipe-'));
  });
  afterEach(async () => {
    await store?.close();
    await rm(dir, { recursive: true });
  });

  /** Erases half of many texts, of all lengths, in any order. Returns the words of those that are erased, and the others. */
  async function eraseHalf(into: Store, seed: number) {
    const random = numbers(seed);
    const texts = Array.from({ length: TEXTS }, (_, n) => ({
      ...{ id: `b_${Math.floor(random() * 1e12).toString(36)}${n}`, pod: 'p', word: word(n) },
      // The longest ones go on in other pages.
      text: `${word(n)} ${'w'.repeat(Math.floor(random() ** 3 * (n % 20 ? 1500 : 12_000)))} ${word(n)}`,
      gone: random() < 0.5,
    }));
    for (let n = 0; n < TEXTS; n += 20)
      await into.bodies.put(texts.slice(n, n + 20).map(({ id, pod, text }) => ({ id, pod, text })));
    const gone = texts.filter((one) => one.gone).sort((a, b) => (a.id < b.id ? -1 : 1));
    for (let n = 0; n < gone.length; n += 10) await into.bodies.remove(gone.slice(n, n + 10).map(({ id }) => id));
    return { erased: gone.map((one) => one.word), kept: texts.filter((one) => !one.gone) };
  }
  const rests = async (at: string, erased: readonly string[]): Promise<string[]> => {
    const found = await wordsIn(at);
    return erased.filter((one) => found.has(one));
  };
  const wiped = async (at: string, erased: readonly string[]): Promise<void> => {
    let left = await rests(at, erased);
    for (const end = Date.now() + 20_000; left.length && Date.now() < end; left = await rests(at, erased))
      await new Promise((again) => setTimeout(again, 20));
    expect(left, 'what is left of erased texts').to.deep.equal([]);
  };

  it('hold copies of erased texts until they are wiped, at the next opening where there was no time', async () => {
    store = await openEmbedded({ dir, specs: [], wipe: NEVER });
    const { erased, kept } = await eraseHalf(store, 1);
    await store.close();
    expect((await rests(dir, erased)).length, 'what SQLite leaves behind').to.be.above(0);

    store = await openEmbedded({ dir, specs: [], cut: { afterMs: 1, everyMs: 1 }, wipe: SOON });
    await wiped(dir, erased);
    const left = await store.bodies.get(kept.map(({ id }) => id));
    for (const { id, text } of kept) expect(left.get(id)?.text).to.equal(text);
    const marked = () => {
      const db = new Libsql(join(dir, DATABASE));
      const found = [prepare(db, 'PRAGMA integrity_check').get([]), prepare(db, 'SELECT n FROM wiping').get([])];
      db.close();
      return found;
    };
    await store.close();
    expect(marked(), 'sound, and nothing is left to wipe').to.deep.equal([['ok'], undefined]);
  });

  it('are wiped in a store of an earlier version, which left them as they were', async () => {
    store = await openEmbedded({ dir, specs: [], wipe: NEVER });
    const { erased, kept } = await eraseHalf(store, 1);
    await store.close();
    const db = new Libsql(join(dir, DATABASE));
    db.exec('DROP TABLE wiping');
    db.close();
    store = await openEmbedded({ dir, specs: [], cut: { afterMs: 1, everyMs: 1 }, wipe: SOON });
    await wiped(dir, erased);
    const found = await wordsIn(dir);
    expect(kept.filter((one) => !found.has(one.word)).length, 'what is kept').to.equal(0);
  });

  it('are wiped while the store is open, and again after another erasure', async () => {
    store = await openEmbedded({ dir, specs: [], cut: { afterMs: 1, everyMs: 1 }, wipe: SOON });
    for (const seed of [2, 3]) {
      const { erased, kept } = await eraseHalf(store, seed);
      await wiped(dir, erased);
      await store.bodies.remove(kept.map(({ id }) => id));
    }
  });

  it('are wiped when the store is opened after it was killed in between', async () => {
    const [running, killed] = [join(dir, 'running'), join(dir, 'killed')];
    store = await openEmbedded({ dir: running, specs: [], wipe: NEVER });
    const { erased } = await eraseHalf(store, 1);
    await cp(running, killed, { recursive: true });
    const again = await openEmbedded({ dir: killed, specs: [], cut: { afterMs: 1, everyMs: 1 }, wipe: SOON });
    await wiped(killed, erased);
    await again.close();
  });

  it('are known only of pages that hold rows: all others stay as they are', () => {
    const page = (first: number, rest = 7) => Buffer.alloc(4096, rest).fill(first, 0, 1);
    for (const first of [0, 1, 3, 4, 6, 9, 11, 12, 14, 255])
      expect(withoutRests(page(first), 2), `${first}`).to.equal(undefined);
    expect(withoutRests(page(13), 2), 'free blocks that run beyond the page').to.equal(undefined);
    const leaf = page(13, 0);
    leaf.writeUInt16BE(1, 3);
    leaf.writeUInt16BE(4000, 5);
    leaf.writeUInt16BE(4000, 8);
    expect(withoutRests(leaf, 2), 'nothing is left there').to.equal(undefined);
    leaf.fill('rest', 100, 200).fill('cell', 4000);
    const clean = withoutRests(leaf, 2);
    expect(clean?.includes('rest')).to.equal(false);
    expect(clean?.subarray(4000).equals(leaf.subarray(4000))).to.equal(true);
  });
});
