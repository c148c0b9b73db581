// The name of a process in leases: the same after a restart, and never that of two living processes.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { type Owner, takeOwner } from '../../src/store/owner.ts';

describe('the owner of leases', () => {
  let dir: string;
  let held: Owner[];
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'skein-owner-'));
    held = [];
  });
  afterEach(async () => {
    for (const owner of held) owner.release();
    await rm(dir, { recursive: true });
  });

  const take = (where = dir): Owner => {
    const owner = takeOwner(where);
    held.push(owner);
    return owner;
  };

  it('is the same after a release', () => {
    const first = takeOwner(dir);
    first.release();
    expect(take().id).to.equal(first.id);
  });

  it('is another for each that lives, and each is taken back by its next', () => {
    const [one, two] = [take(), takeOwner(dir)];
    expect(two.id).not.to.equal(one.id);
    two.release();
    expect(take().id).to.equal(two.id);
  });

  it('is taken back at once from a process that was killed, and not before', async () => {
    const code = `import { takeOwner } from ${JSON.stringify(new URL('../../src/store/owner.ts', import.meta.url).href)};
      process.stdout.write(takeOwner(${JSON.stringify(dir)}).id); setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', code]);
    const exited = once(child, 'exit');
    try {
      const [id] = (await once(child.stdout, 'data')) as [Buffer];
      const beside = takeOwner(dir);
      expect(beside.id).not.to.equal(String(id));
      beside.release();
      child.kill('SIGKILL');
      await exited;
      expect(take().id).to.equal(String(id));
    } finally {
      child.kill('SIGKILL');
      await exited;
    }
  });

  it('is not copied with its directory', () => {
    const first = takeOwner(dir);
    first.release();
    const copy = join(dir, 'copy');
    cpSync(join(dir, 'owners'), join(copy, 'owners'), { recursive: true });
    expect(take(copy).id).not.to.equal(take().id);
  });
});
