// The built form of a program: never stale, with the places of the sources in its stacks.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, open, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';

const HOME = resolve(import.meta.dirname, '../..');
const PROGRAM = String(new URL('../../src/cli/program/program.mjs', import.meta.url));

interface Programs {
  programsIn(cache: string): { programAt(path: string): Promise<string> };
}

const run = (path: string, args: readonly string[] = []) =>
  new Promise<{ code: number; out: string; err: string }>((done) => {
    const { SKEIN_CI: _ours, ...env } = process.env;
    execFile(process.execPath, [path, ...args], { env }, (error, out, err) =>
      done({ code: error ? Number(error.code) : 0, out, err }),
    );
  });

describe('a built program', () => {
  let dir: string;
  let cache: string;
  let programs: Programs;
  before(async () => {
    programs = (await import(PROGRAM)) as Programs;
  });
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'skein-built-'));
    cache = join(dir, 'cache');
  });
  afterEach(() => rm(dir, { recursive: true }));

  const source = (name: string, text: string) => writeFile(join(dir, name), text);
  /** As a new process would: what was built before is known from the cache alone. */
  const built = () => programs.programsIn(cache).programAt(join(dir, 'one.ts'));
  const says = async () => (await run(await built())).out.trim();

  it('is built again when one of its files has changed, and only then', async () => {
    await source('one.ts', `import { word } from './two.ts';\nconsole.log(word);\n`);
    await source('two.ts', `export const word: string = 'rye';\n`);
    expect(await says()).to.equal('rye');
    const list = join(cache, 'one.cjs.json');
    await writeFile(list, (await readFile(list, 'utf8')).replace('}', '} '));
    const before = await readFile(list, 'utf8');
    expect(await says()).to.equal('rye');
    expect(await readFile(list, 'utf8'), 'built again').to.equal(before);
    await source('two.ts', `export const word: string = 'wheat';\n`);
    expect(await says()).to.equal('wheat');
    await rm(join(dir, 'two.ts'));
    expect(await built().catch(({ message }: Error) => message)).to.contain('two.ts');
  });

  it('is built again when a file was saved while it was built', async () => {
    const [two, three] = [join(dir, 'two.ts'), join(dir, 'three.ts')];
    await source('one.ts', `import { word } from './two.ts';\nconsole.log(word);\n`);
    await source('two.ts', `import './three.ts';\nexport const word: string = 'rye';\n`);
    // A pipe is read once somebody writes into it: until then the program is being built, and the other two were read.
    await promisify(execFile)('mkfifo', [three]);
    const building = built();
    const pipe = await open(three, 'w');
    await source('two.ts', `export const word: string = 'wheat';\n`);
    await pipe.close();
    await building;
    await rm(three);
    expect((await run(join(cache, 'one.cjs'))).out.trim(), 'as it was read').to.equal('rye');
    const { stamps } = JSON.parse(await readFile(join(cache, 'one.cjs.json'), 'utf8')) as {
      stamps: Record<string, string>;
    };
    const { mtimeMs, size } = await stat(two);
    expect(stamps[two]).to.be.a('string').and.not.equal(`${mtimeMs} ${size}`);
    expect(await says()).to.equal('wheat');
  });

  it('is built again when its list is damaged, and runs where its code cache can not be written and its map is gone', async () => {
    await source('one.ts', `setTimeout(() => console.log(new Error('rye').stack), 1);\n`);
    const program = await built();
    await writeFile(join(cache, 'one.cjs.json'), '{"home":');
    expect(await built()).to.equal(program);
    // A folder in its place can be replaced by nobody, not even by root.
    await mkdir(join(cache, 'one.bundle.cache', 'full'), { recursive: true });
    await rm(join(cache, 'one.bundle.map'));
    const { code, out, err } = await run(program);
    expect({ code, err }).to.deep.equal({ code: 0, err: '' });
    expect(out).to.match(/^Error: rye\n\s+at [^\n]*one\.bundle:/);
    expect(
      (await readdir(cache)).filter((name) => /\.\d+$/.test(name)),
      'left over',
    ).to.deep.equal([]);
  });

  it('is built again when what was built is gone, cut off or of another build', async () => {
    await source('one.ts', `console.log('rye');\n`);
    const program = await built();
    const bundle = join(cache, 'one.bundle');
    const [list, whole] = [await readFile(`${program}.json`, 'utf8'), await readFile(bundle)];
    for (const spoil of [
      () => rm(bundle),
      () => rm(program),
      () => writeFile(bundle, ''),
      () => writeFile(bundle, whole.subarray(0, 100)),
    ]) {
      await spoil();
      expect(await says(), String(spoil)).to.equal('rye');
    }
    // Two starts at once, with a save in between: the bundle is the first one's, the list the second one's.
    await source('one.ts', `console.log('wheat');\n`);
    expect(await says()).to.equal('wheat');
    await writeFile(bundle, whole);
    expect(await says(), list).to.equal('wheat');
  });

  it('shows its own places in a stack when another has been built in its place since', async () => {
    const waits = `process.stdin.once('data', () => { console.log(new Error('rye').stack); process.exit(); });
      console.log('ready');\n`;
    await source('one.ts', waits);
    const child = spawn(process.execPath, [await built()]);
    await once(child.stdout, 'data');
    await source('one.ts', `\n\n\n\nconsole.log('other');\n${waits}`);
    await built();
    child.stdin.write('go\n');
    const [stack] = (await once(child.stdout, 'data')) as [Buffer];
    expect(String(stack)).to.match(/^Error: rye\n\s+at [^\n]*one\.bundle:/);
  });

  it('has a stack for everything that can be thrown', async () => {
    await source(
      'one.ts',
      `class Odd extends Error { toString(): string { return this.stack ?? ''; } }
       class Mute extends Error { toString(): string { throw new Error('mute'); } }
       const bare = Object.create(null);
       Error.captureStackTrace(bare);
       for (const one of [new Odd('rye'), new Mute('wheat'), bare]) console.log(String(one.stack).split('\\n')[0]);
       try { require('node:fs').readFileSync(1.5); } catch (error) { console.log((error as Error).stack?.split('\\n')[0]); }
       `,
    );
    const { code, out, err } = await run(await built());
    expect({ code, err }).to.deep.equal({ code: 0, err: '' });
    expect(out.trim().split('\n').slice(0, 3)).to.deep.equal(['Error: rye', 'Error: wheat', 'Error']);
    expect(out).to.match(/\nTypeError \[ERR_INVALID_ARG_TYPE\]: |\nRangeError \[ERR_OUT_OF_RANGE\]: /);
  });

  it('is not taken from a checkout that was copied', async () => {
    await source('one.ts', `console.log('rye');\n`);
    await built();
    const list = join(cache, 'one.cjs.json');
    const stored = JSON.parse(await readFile(list, 'utf8')) as object;
    await writeFile(list, JSON.stringify({ ...stored, home: '/elsewhere/' }));
    await built();
    expect(JSON.parse(await readFile(list, 'utf8'))).to.include({ home: `${HOME}/` });
  });

  it('shows the right place wherever in a long program', async () => {
    const count = 2000;
    const one = (n: number) => `${' '.repeat(n % 7)}bakers.push((): string => new Error(String(${n})).stack ?? '');`;
    const all = Array.from({ length: count }, (_, n) => one(n));
    const last = `for (const bake of bakers) console.log(bake().split('\\n')[1]);`;
    await source('one.ts', ['const bakers: (() => string)[] = [];', ...all, last].join('\n'));
    const program = await built();
    const lines = (await readFile(program.replace(/\.cjs$/, '.bundle'), 'latin1')).split('\n').length;
    expect(lines, 'lines of the built file').to.be.greaterThan(300);
    const { out } = await run(program);
    const shown = out.trim().split('\n');
    expect(shown.map((line) => /one\.ts:(\d+):(\d+)/.exec(line)?.slice(1).map(Number))).to.deep.equal(
      all.map((text, n) => [n + 2, text.indexOf('new Error') + 1]),
    );
  });

  it('shows the places of its sources in a stack, from the code cache too', async () => {
    const lines = ['interface Bread { name: string }', '', 'function bake({ name }: Bread): never {'];
    await source(
      'one.ts',
      [...lines, '  throw new Error(name);', '}', '', `setTimeout(() => bake({ name: 'rye' }), 1);`, ''].join('\n'),
    );
    for (const time of ['first', 'second']) {
      const { code, err } = await run(await built());
      expect(code).to.equal(1);
      expect(err, time).to.match(/Error: rye\n\s+at bake \([^\n]*one\.ts:4:9\)\n[^\n]*one\.ts:7:\d+\)/);
    }
    expect(await readdir(cache)).to.include('one.bundle.cache');
  });
});

describe('skein where nothing can be built', () => {
  let home: string;
  before(async () => {
    home = await mkdtemp(join(tmpdir(), 'skein-home-'));
    await cp(join(HOME, 'src'), join(home, 'src'), { recursive: true });
    for (const file of ['package.json', 'package-lock.json', 'tsconfig.json'])
      await cp(join(HOME, file), join(home, file));
    await mkdir(join(home, 'node_modules'));
    for (const name of await readdir(join(HOME, 'node_modules')))
      if (name !== '.cache') await symlink(join(HOME, 'node_modules', name), join(home, 'node_modules', name));
    await writeFile(join(home, 'node_modules/.cache'), 'no folder');
  });
  after(() => rm(home, { recursive: true }));

  it('runs from its sources, and says why it starts slowly', async () => {
    const { code, out, err } = await run(join(home, 'src/cli/skein.mjs'), ['help']);
    expect(code, err).to.equal(0);
    expect(out).to.contain('SKEIN_DATA_DIR');
    expect(err).to.match(/^Skein runs from its sources, and starts more slowly: .*\.cache/);
  });
});
