// The installation of missing packages, and the messages when it fails.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';

interface Install {
  nodeFault(version: string): string;
  installMissing(options: {
    home: string;
    dev: boolean;
    say(line: string): void;
    npm(args: string[], home: string): { status: number | null; output: string };
  }): string;
}

const lock = (packages: Record<string, object>) =>
  JSON.stringify({ lockfileVersion: 3, packages: { '': {}, ...packages } });
const wanted = {
  'node_modules/zod': { version: '4.6.7' },
  'node_modules/mocha': { version: '12.0.3', dev: true },
  'node_modules/only-on-another-system': { version: '1.0.0', optional: true },
};

describe('install', () => {
  let install: Install;
  let home: string;
  before(async () => {
    // Plain JavaScript without types, as bare Node has to read it.
    install = await import(String(new URL('../../src/cli/install.mjs', import.meta.url)));
  });
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'skein-install-'));
    await mkdir(join(home, 'node_modules'));
    await writeFile(join(home, 'package-lock.json'), lock(wanted));
  });
  afterEach(() => rm(home, { recursive: true }));

  const installed = (packages: Record<string, object>) =>
    writeFile(join(home, 'node_modules', '.package-lock.json'), lock(packages));
  const tried = (dev: boolean, status: number | null = 0, output = '') => {
    const said: string[] = [];
    const ran: string[][] = [];
    const npm = (args: string[], where: string) => {
      ran.push([...args, where]);
      return { status, output };
    };
    const fault = install.installMissing({ home, dev, say: (line) => said.push(line), npm });
    return { fault, said, ran };
  };

  for (const [version, old] of [
    ['18.20.4', true],
    ['20.18.3', true],
    ['20.19.0', false],
    ['20.20.2', false],
    ['22.0.0', false],
    ['9.9.9', true],
  ] as const)
    it(`${old ? 'refuses' : 'takes'} Node ${version}`, () => {
      const fault = install.nodeFault(version);
      if (old) expect(fault).to.include(version).and.include('20.19').and.include('https://nodejs.org');
      else expect(fault).to.equal('');
    });

  it('installs with one line where nothing is there', () => {
    const { fault, said, ran } = tried(false);
    expect(fault).to.equal('');
    expect(said).to.deep.equal(['Installing what Skein needs, once (npm ci) …']);
    expect(ran).to.deep.equal([['ci', '--no-audit', '--no-fund', '--loglevel=error', home]]);
  });

  it('installs what the tests need only for the tests', async () => {
    await installed({ 'node_modules/zod': { version: '4.6.7' } });
    expect(tried(false).ran).to.deep.equal([]);
    expect(tried(true).ran[0]).to.include('--include=dev');
  });

  it('says and does nothing where all is there, whatever belongs to other systems', async () => {
    const { 'node_modules/only-on-another-system': _absent, ...rest } = wanted;
    await installed(rest);
    expect(tried(true)).to.deep.equal({ fault: '', said: [], ran: [] });
  });

  it('installs again when another version is there', async () => {
    await installed({ ...wanted, 'node_modules/zod': { version: '4.0.0' } });
    expect(tried(false).ran).to.have.lengthOf(1);
  });

  it('installs again after an install that broke off', async () => {
    await writeFile(join(home, 'node_modules', '.package-lock.json'), '{"packages":');
    expect(tried(false).ran).to.have.lengthOf(1);
  });

  it('says what npm said and what to do when it fails', () => {
    for (const status of [1, null]) {
      const { fault } = tried(false, status, 'npm error network\n');
      expect(fault).to.match(/^npm error network\nThe packages could not be installed\..*run “npm ci” in /);
    }
  });

  it('says what to do when the lock itself is broken', async () => {
    await writeFile(join(home, 'package-lock.json'), '<<<<<<<');
    expect(tried(false).fault).to.match(/package-lock\.json can't be read.*git checkout/);
  });
});
