// The file by which the command line finds the server.
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { dataDirOf } from '../../../src/config/config.ts';
import { readRunning, writeRunning } from '../../../src/doors/cli/running.ts';
import { InvalidInput } from '../../../src/errors.ts';

const server = { url: 'http://127.0.0.1:3000', pid: 7 };

describe('cli/running', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'skein-running-'));
  });
  afterEach(() => rm(dir, { recursive: true }));

  it('says where the server is and by which token, to its owner only', async () => {
    const data = join(dir, 'made', 'for', 'it');
    const { token } = await writeRunning(data, server);
    expect(await readRunning(data)).to.deep.equal({ ...server, token });
    expect(token).to.match(/^[\w-]{43}$/);
    expect((await stat(join(data, 'running.json'))).mode & 0o777).to.equal(0o600);
    expect(await readdir(data)).to.deep.equal(['running.json']);
  });

  it('takes a token that was made before, and else makes another each time', async () => {
    const token = 'a'.repeat(43);
    expect((await writeRunning(dir, { ...server, token })).token).to.equal(token);
    expect((await writeRunning(dir, server)).token).to.not.equal((await writeRunning(dir, server)).token);
  });

  it('is gone when it is removed, and removing it again is no error', async () => {
    const written = await writeRunning(dir, server);
    await written.remove();
    await written.remove();
    expect(await readdir(dir)).to.deep.equal([]);
  });

  it('leaves what a newer server wrote', async () => {
    const old = await writeRunning(dir, server);
    const { token } = await writeRunning(dir, { ...server, pid: 8 });
    await old.remove();
    expect(await readRunning(dir)).to.deep.equal({ ...server, pid: 8, token });
  });

  it('writes through no link that lies in its place', async () => {
    const other = join(dir, 'other.txt');
    await writeFile(other, 'mine');
    await symlink(other, join(dir, 'running.json'));
    await writeRunning(dir, server);
    expect(await readFile(other, 'utf8')).to.equal('mine');
  });

  for (const [what, text] of [
    ['half a file', '{"url":"http://127'],
    ['another shape', '{"url":"http://127.0.0.1:1"}'],
    ['no address', `{"url":"nowhere","pid":1,"token":"${'a'.repeat(43)}"}`],
    ['nothing', ''],
  ] as const)
    it(`reads ${what} as no server`, async () => {
      await writeFile(join(dir, 'running.json'), text);
      expect(await readRunning(dir)).to.equal(undefined);
    });

  it('reads no directory as no server', async () => {
    expect(await readRunning(join(dir, 'absent'))).to.equal(undefined);
  });

  it('says what to do about a folder in its place, leaves nothing beside it, and reads it as no server', async () => {
    await mkdir(join(dir, 'running.json'));
    const error = await writeRunning(dir, server).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(InvalidInput);
    expect((error as Error).message).to.match(
      /running\.json, .* can't be written \(E\w+\)\. Move away what stands there/,
    );
    expect(await readdir(dir)).to.deep.equal(['running.json']);
    expect(await readRunning(dir)).to.equal(undefined);
  });

  it('looks where the settings say, from where Skein lies', () => {
    expect(dataDirOf({}, '/srv/skein')).to.equal('/srv/skein/data');
    expect(dataDirOf({ SKEIN_DATA_DIR: ' ' }, '/srv/skein')).to.equal('/srv/skein/data');
    expect(dataDirOf({ SKEIN_DATA_DIR: 'other' }, '/srv/skein')).to.equal('/srv/skein/other');
    expect(dataDirOf({ SKEIN_DATA_DIR: '/var/skein' }, '/srv/skein')).to.equal('/var/skein');
  });
});
