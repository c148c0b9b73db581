// The doctor's round trip: on the store in memory, the embedded one, and MongoDB where there is one.
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { InvalidInput } from '../../src/errors.ts';
import { checkDirectory } from '../../src/store/check-directory.ts';
import { CHECK_SPEC, type CheckDoc, checkStore } from '../../src/store/check-store.ts';
import { openEmbedded } from '../../src/store/embedded/open.ts';
import { checkMongo } from '../../src/store/mongo/check-mongo.ts';
import type { Store } from '../../src/store/port.ts';
import { tryStore } from '../../src/store/try-store.ts';
import { dropDatabase, freshDatabase } from '../journeys/database.ts';
import { memoryStore } from './memory.ts';

const STEPS = ['insert', 'guarded replace', 'find', 'delete', 'text', 'file', 'search'];
const now = () => performance.now();
const problemOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('the round trip of the doctor', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'skein-check-'));
  });
  afterEach(() => rm(dir, { recursive: true }));

  it('goes through every kind of thing that a store does, and leaves nothing there', async () => {
    for (const store of [memoryStore([CHECK_SPEC]), await openEmbedded({ dir, specs: [CHECK_SPEC] })]) {
      const { kind, steps } = await checkStore(store, now);
      expect(kind).to.equal(store.kind);
      expect(steps.map(({ name }) => name)).to.deep.equal(STEPS);
      expect(steps.every(({ ms }) => ms >= 0)).to.equal(true);
      expect(await store.collection<CheckDoc>('checks').find({ where: {} })).to.deep.equal([]);
      await store.close();
    }
    const blobs = await readdir(join(dir, 'blobs'), { recursive: true, withFileTypes: true });
    expect(blobs.filter((entry) => entry.isFile())).to.deep.equal([]);
  });

  const broken: [string, (store: Store) => Partial<Store>][] = [
    [
      'guarded replace',
      (store) => ({ collection: (name) => ({ ...store.collection(name), replace: async () => true }) }),
    ],
    ['delete', (store) => ({ collection: (name) => ({ ...store.collection(name), delete: async () => {} }) })],
    ['text', (store) => ({ bodies: { ...store.bodies, get: async () => new Map([['other', { text: 'text' }]]) } })],
    ['file', (store) => ({ blobs: { ...store.blobs, open: async () => undefined } })],
    ['search', (store) => ({ search: { ...store.search, query: async () => [] } })],
  ];
  for (const [step, lacking] of broken)
    it(`notices a store whose ${step} does not do what it says`, async () => {
      const whole = memoryStore([CHECK_SPEC]);
      const error = await problemOf(checkStore({ ...whole, ...lacking(whole) } as Store, now));
      expect(String(error)).to.include(`“${step}”`);
      expect(await whole.bodies.get([])).to.deep.equal(new Map());
    });

  it('is made in a place of its own where nothing was stored yet, which is gone afterwards', async () => {
    const { kind } = await tryStore({ dataDir: join(dir, 'not/yet/there') }, now);
    expect(kind).to.equal('embedded');
    expect(await readdir(dir)).to.deep.equal([]);
  });

  it('is refused where another process has the store, and names it', async () => {
    const store = await openEmbedded({ dir, specs: [CHECK_SPEC] });
    const error = await problemOf(tryStore({ dataDir: dir }, now));
    await store.close();
    expect(error).to.be.instanceOf(InvalidInput);
    expect(String(error)).to.match(/in use by process \d+/);
    expect((await tryStore({ dataDir: dir }, now)).steps).to.have.length(STEPS.length);
  });

  it('says that no MongoDB answers', async () => {
    const uri = 'mongodb://ada:hunter2@127.0.0.1:9/skein?serverSelectionTimeoutMS=100';
    for (const error of [
      await problemOf(tryStore({ mongodbUri: uri, dataDir: dir }, now)),
      await problemOf(checkMongo(uri, now)),
    ]) {
      expect(error).to.be.instanceOf(InvalidInput);
      expect(String(error))
        .to.match(/does not answer/)
        .and.not.include('hunter2');
    }
  });

  const mongodbUri = freshDatabase();
  (mongodbUri ? it : it.skip)(
    'goes through MongoDB, and most of its servers take a write (needs MONGODB_URI)',
    async () => {
      if (!mongodbUri) return;
      try {
        const { kind, steps } = await tryStore({ mongodbUri, dataDir: dir }, now);
        expect({ kind, steps: steps.map(({ name }) => name) }).to.deep.equal({ kind: 'mongo', steps: STEPS });
        const { shape, version, majorityMs } = await checkMongo(mongodbUri, now);
        expect(shape.kind).to.be.oneOf(['replica set', 'sharded cluster', 'single server']);
        expect(version).to.match(/^\d+\./);
        expect(majorityMs).to.be.at.least(0);
        expect(await readdir(dir)).to.deep.equal([]);
      } finally {
        await dropDatabase(mongodbUri);
      }
    },
  );
});

describe('the data directory', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'skein-check-'));
  });
  afterEach(async () => {
    await rm(dir, { recursive: true });
  });

  it('is there, or will be, with the room of its disk, and nothing is left in it', async () => {
    const there = await checkDirectory(dir);
    expect(there).to.deep.include({ absent: false });
    expect(there.freeBytes).to.be.greaterThan(0);
    expect(await checkDirectory(join(dir, 'not/yet'))).to.deep.include({ absent: true });
    expect(await readdir(dir)).to.deep.equal([]);
  });

  it('names the process that holds it, unless that is gone or this very one', async () => {
    await writeFile(join(dir, 'skein.pid'), String(process.ppid));
    expect((await checkDirectory(dir)).holder).to.equal(process.ppid);
    for (const gone of [String(process.pid), '4194305', '', 'nonsense', '-1']) {
      await writeFile(join(dir, 'skein.pid'), gone);
      expect(await checkDirectory(dir)).to.not.have.property('holder');
    }
  });

  it('is refused with a sentence when it is a file', async () => {
    const path = join(dir, 'file');
    await writeFile(path, '');
    const error = await problemOf(checkDirectory(path));
    expect(error).to.be.instanceOf(InvalidInput);
    expect(String(error)).to.include('is a file');
  });

  it('is refused with a sentence where nobody can write, not even root', async () => {
    const error = await problemOf(checkDirectory('/proc'));
    expect(error).to.be.instanceOf(InvalidInput);
    expect(String(error)).to.match(/Nothing can be written in \S+ \(E\w+\)\. .*SKEIN_DATA_DIR/);
  });
});
