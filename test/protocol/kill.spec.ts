// Real processes on a real store, killed again and again: nothing acknowledged is lost, nothing is there twice.

import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as after } from 'node:timers/promises';
import { expect } from 'chai';
import type { Commit } from '../../src/log/commit.ts';
import type { Head } from '../../src/log/fold.ts';
import { rebuild } from '../../src/log/heal/rebuild.ts';
import { sweep } from '../../src/log/heal/sweep.ts';
import { KINDS, VIEW_SPECS } from '../../src/pods/kinds.ts';
import type { Doc, Store } from '../../src/store/port.ts';
import { programAt } from '../program.ts';
import { memoryData, memoryStore } from '../store/memory.ts';
import { type ChildLine, foldOver, openAt, PODS, SPECS, type StoreLocation, WRITERS } from './kill-setup.ts';
import { firstSeed, type Random, randomOf } from './random.ts';

const KILLS = 20;
const CHILD = join(import.meta.dirname, 'kill-child.ts');

/** The number of every acknowledged commit by `<pod> <key>`. */
type Acknowledged = Map<string, number>;

const { MONGODB_URI: uri } = process.env;
const seed = firstSeed();
const LEAST_WRITES = 2;

describe(`a process that is killed ${KILLS} times (SKEIN_SEED=${seed})`, () => {
  it('loses nothing that it acknowledged and does nothing twice, on the embedded store', async function () {
    this.timeout(600_000);
    const dir = await mkdtemp(join(tmpdir(), 'skein-kill-'));
    try {
      await killAgainAndAgain({ kind: 'embedded', dir });
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  });

  (uri === undefined ? it.skip : it)('nor on MongoDB (needs MONGODB_URI)', async function () {
    this.timeout(600_000);
    const database = `skein_test_${randomUUID().replaceAll('-', '')}`;
    try {
      await killAgainAndAgain({ kind: 'mongo', uri: uri ?? '', database });
    } finally {
      const { createConnection } = await import('mongoose');
      const connection = await createConnection(uri ?? '', { dbName: database }).asPromise();
      await connection.dropDatabase();
      await connection.close();
    }
  });
});

async function killAgainAndAgain(location: StoreLocation): Promise<void> {
  const random = randomOf(seed);
  const acknowledged: Acknowledged = new Map();
  const next = Array.from({ length: WRITERS }, () => 0);
  let commits = 0;
  // On a busy machine a life is too short for all of them: it is killed more often then, until each has come to write.
  const missing = () => Math.min(...next) <= LEAST_WRITES;
  for (let kills = 0; kills < KILLS || (missing() && kills < 3 * KILLS); kills++) {
    await liveAndDie(location, next, random, acknowledged);
    for (const key of [...acknowledged.keys()].map((each) => each.split(' ')[1] ?? '')) {
      const [writer = -1, n = 0] = key.split('-').map(Number);
      if (next[writer] !== undefined) next[writer] = Math.max(next[writer], n + 1);
    }
    const store = await openAt(location);
    try {
      commits = await check(store, acknowledged);
    } finally {
      await store.close();
    }
  }
  expect(Math.min(...next), 'every writer came to write').to.be.above(LEAST_WRITES);
  expect(acknowledged.size).to.be.at.most(commits);
  if (process.env.SKEIN_TELL) console.log(`      ${acknowledged.size} acknowledged, ${commits} commits`);
}

/** One life: it opens the store, heals, writes, and is killed at some moment of that. */
async function liveAndDie(
  location: StoreLocation,
  next: number[],
  random: Random,
  acknowledged: Acknowledged,
): Promise<void> {
  const child = spawn(process.execPath, [await programAt(CHILD), JSON.stringify({ location, next })], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close');
  const early = random.chance(0.2);
  const wait = random.below(early ? 30 : 250);
  try {
    const lines = createInterface({ input: child.stdout });
    let killing: Promise<void> | undefined;
    for await (const line of lines) {
      const word = JSON.parse(line) as ChildLine;
      if (word.kind === 'acknowledged') take(word, acknowledged);
      const begins = early ? word.kind === 'opened' : word.kind === 'acknowledged' && word.key.includes('-');
      if (begins) killing ??= killAfter(child, wait);
    }
    await killing;
    const [code, signal] = await closed;
    expect([code, signal], 'it ended by itself').to.deep.equal([null, 'SIGKILL']);
  } finally {
    child.kill('SIGKILL');
    await closed;
  }
}

async function killAfter(child: ChildProcess, milliseconds: number): Promise<void> {
  await after(milliseconds);
  child.kill('SIGKILL');
}

function take({ pod, key, seq }: Extract<ChildLine, { kind: 'acknowledged' }>, acknowledged: Acknowledged): void {
  const at = `${pod} ${key}`;
  expect(seq, `${at} was acknowledged before, as another number`).to.equal(acknowledged.get(at) ?? seq);
  acknowledged.set(at, seq);
}

const all = <D extends Doc>(store: Store, name: string): Promise<D[]> => store.collection<D>(name).find({ where: {} });

async function check(store: Store, acknowledged: Acknowledged): Promise<number> {
  await sweep(foldOver(store), Date.now());
  const commits = await all<Commit>(store, 'commits');
  const found = new Map(commits.map(({ pod, key, seq }) => [`${pod} ${key}`, seq]));
  expect(found.size, 'no key is there twice').to.equal(commits.length);
  const lost = [...acknowledged].filter(([at, seq]) => found.get(at) !== seq);
  expect(lost, 'acknowledged, and not on the log as such').to.deep.equal([]);
  for (const pod of ['org', ...PODS]) {
    const seqs = commits.filter((commit) => commit.pod === pod).map(({ seq }) => seq);
    expect(seqs.sort((a, b) => a - b)).to.deep.equal(seqs.map((_, n) => n + 1));
    const head = await store.collection<Head>('heads').get(pod);
    expect(head?.applied ?? 0).to.equal(seqs.length);
  }
  expect(commits.filter(({ pending }) => pending)).to.deep.equal([]);
  const handed = (await all(store, 'handed')).map(({ id }) => id).sort();
  expect(handed).to.deep.equal(commits.flatMap(({ deliveries }) => deliveries.map(({ id }) => id)).sort());
  await expectRebuilt(store, commits);
  return commits.length;
}

/** The views must be what the same commits make in an empty store. */
async function expectRebuilt(store: Store, commits: readonly Commit[]): Promise<void> {
  const data = memoryData();
  data.docs.set('commits', new Map(commits.map((commit) => [commit.id, commit])));
  const fresh = memoryStore(SPECS, { data });
  for (const pod of ['org', ...PODS]) await rebuild({ store: fresh, kinds: KINDS }, pod);
  for (const { name } of VIEW_SPECS) expect(await all(store, name), name).to.deep.equal(await all(fresh, name));
}
