// One data directory, one process: the lock, and what a killed process leaves.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import Libsql from 'libsql';
import { InvalidInput } from '../../../src/errors.ts';
import { openDatabase } from '../../../src/store/embedded/database.ts';
import { openEmbedded } from '../../../src/store/embedded/open.ts';
import { aThing, specs, type Thing } from '../contract-data.ts';

const writer = `
  import { openEmbedded } from ${JSON.stringify(new URL('../../../src/store/embedded/open.ts', import.meta.url).href)};
  import { specs } from ${JSON.stringify(new URL('../contract-data.ts', import.meta.url).href)};
  const store = await openEmbedded({ dir: process.argv[1], specs });
  const things = store.collection('things');
  const write = async (w) => {
    for (let n = w; ; n += 4) {
      await things.insert([{ id: 'd' + n, rev: 1, pod: 'p', n, leaseBy: '', leaseUntil: 0, tags: ['a', 'b'] }]);
      process.stdout.write(n + '\\n');
    }
  };
  await Promise.all([0, 1, 2, 3].map(write));
`;

describe('the data directory', () => {
  let dir: string;
  let child: ChildProcess | undefined;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'skein-lock-'));
  });
  afterEach(async () => {
    if (child && child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    child = undefined;
    await rm(dir, { recursive: true });
  });

  const refusal = () =>
    openEmbedded({ dir, specs }).then(
      () => undefined,
      (error: unknown) => error as Error,
    );

  it('is refused to a second process, which is told the first one, and is free again after a kill', async () => {
    const running = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', writer, dir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child = running;
    const acknowledged: number[] = [];
    const enough = new Promise<void>((resolve) => {
      let rest = '';
      running.stdout.on('data', (chunk: Buffer) => {
        const lines = (rest + chunk.toString()).split('\n');
        rest = lines.pop() ?? '';
        acknowledged.push(...lines.map(Number));
        if (acknowledged.length > 200) resolve();
      });
    });
    await enough;
    const error = await refusal();
    expect(error).to.be.instanceOf(InvalidInput);
    expect(error?.message).to.contain(dir).and.to.contain(`process ${running.pid}`).and.to.contain('SKEIN_DATA_DIR');
    running.kill('SIGKILL');
    await once(running, 'close');

    const store = await openEmbedded({ dir, specs });
    const found = await store.collection<Thing>('things').find({ where: { pod: 'p', tags: 'b' } });
    await store.close();
    expect(found.map(({ n }) => n)).to.include.members(acknowledged);
  });

  it('is not blocked by the pid of a process that is alive but never had it', async () => {
    await writeFile(join(dir, 'skein.pid'), String(process.ppid));
    const store = await openEmbedded({ dir, specs });
    await store.close();
  });

  it('is refused to a second store in the same process until the first is closed', async () => {
    const store = await openEmbedded({ dir, specs });
    await store.collection<Thing>('things').insert([aThing({ pod: 'p' })]);
    expect((await refusal())?.message).to.contain(`process ${process.pid}`);
    await store.close();
    await store.close();
    const again = await openEmbedded({ dir, specs });
    expect(await again.collection<Thing>('things').find({ where: { pod: 'p' } })).to.have.length(1);
    await again.close();
  });

  it('is refused when it can not be made, or a newer version wrote it', async () => {
    await writeFile(join(dir, 'file'), '');
    const error = await openEmbedded({ dir: join(dir, 'file'), specs }).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(InvalidInput);
    const db = new Libsql(join(dir, 'skein.db'));
    db.exec('PRAGMA user_version = 99');
    db.close();
    expect((await refusal())?.message).to.contain('newer');
  });

  it('says so at once where no directory can be made, not even by root', () => {
    for (const dir of ['/proc/skein/data', '/dev/null/data'])
      expect(() => openDatabase(dir)).to.throw(InvalidInput, /can't be made: .*Name another in SKEIN_DATA_DIR\./);
  });
});
