// The two programs that people start: the bin, and the runner of these tests.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';

const ps = promisify(execFile);
const fileAt = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

describe('the programs', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'skein-bin-'));
  });
  afterEach(() => rm(dir, { recursive: true }));

  const node = (program: string, args: string[], env: Record<string, string> = {}, stdin = '') =>
    new Promise<{ code: number; out: string; err: string }>((resolve) => {
      const { SKEIN_CI: _ours, SKEIN_CI_LATER: _later, SKEIN_TEST_DURATIONS: _too, ...rest } = process.env;
      const child = execFile(
        process.execPath,
        [fileAt(program), ...args],
        { cwd: dir, env: { ...rest, SKEIN_DATA_DIR: dir, ...env }, maxBuffer: 64 * 2 ** 20 },
        (error, out, err) => resolve({ code: error ? Number(error.code) : 0, out, err }),
      );
      child.stdin?.end(stdin);
    });

  describe('skein', () => {
    const skein = (...args: string[]) => node('src/cli/skein.mjs', args);

    it('runs on bare Node from any directory, and writes all of a long answer to a pipe', async () => {
      const { code, out, err } = await skein('actions', '--json');
      expect({ code, err }).to.deep.equal({ code: 0, err: '' });
      expect(JSON.parse(out).actions).to.have.length.greaterThan(30);
    });

    it('ends with 1 when it is refused and with 2 when no server runs, and says why', async () => {
      const [refused, away] = await Promise.all([skein('fly'), skein('inbox')]);
      expect(refused).to.deep.include({ code: 1, out: '' });
      expect(refused.err).to.match(/no command “fly”/);
      expect(away).to.deep.include({ code: 2, out: '' });
      expect(away.err).to.match(/Skein is not running/);
    });
  });

  describe('npm test', () => {
    const test = async (text: string, env: Record<string, string> = {}, ...args: string[]) => {
      const path = join(dir, 'one.spec.ts');
      await writeFile(path, text);
      const { code, out } = await node('.ci/test.mjs', [path, ...args], env);
      return { code, last: out.trimEnd().split('\n').at(-1), out };
    };
    const passing = "it('counts', () => {});";
    const skipping = `describe('the store', () => { it.skip('lasts (needs MONGODB_URI)'); });`;

    it('counts what passed and what was skipped, and says why', async () => {
      const { code, last, out } = await test(`const n: number = 1; ${passing} ${skipping}`);
      expect({ code, last }).to.deep.equal({ code: 0, last: '1 passed, 0 failed, 1 skipped' });
      expect(out).to.include('  - the store lasts (needs MONGODB_URI): needs MONGODB_URI\n');
    });

    it('fails for a skipped test where nothing may be skipped', async () => {
      const { code, last } = await test(`${passing} ${skipping}`, { SKEIN_CI: '1' });
      expect({ code, last }).to.deep.equal({ code: 1, last: '1 passed, 0 failed, 1 skipped' });
    });

    it('passes on how many failed', async () => {
      const fails = "it('fails', () => { throw new Error('as it should'); });";
      const { code, last } = await test(`${passing} ${fails} ${fails.replace("'fails'", "'fails too'")}`);
      expect({ code, last }).to.deep.equal({ code: 2, last: '1 passed, 2 failed, 0 skipped' });
    });

    it('fails when nothing ran', async () => {
      const { code, last } = await test(passing, {}, '--grep', 'nothing is called so');
      expect({ code, last }).to.deep.equal({ code: 1, last: '0 passed, 0 failed, 0 skipped' });
    });

    it('fails when a spec can not be loaded', async () => {
      const { code, last } = await test("import './absent.ts';");
      expect(code).to.not.equal(0);
      expect(last).to.equal('0 passed, 1 failed, 0 skipped');
    });

    it('fails for a spec that ends its process, and runs the others', async () => {
      const other = join(dir, 'other.spec.ts');
      await writeFile(other, passing);
      const { code, last, out } = await test("it('ends all', () => { process.exit(0); });", {}, other);
      expect({ code, last }).to.deep.equal({ code: 1, last: '1 passed, 1 failed, 0 skipped' });
      expect(out).to.match(/Failed:\n\n {2}1\) .*one\.spec\.ts\n.*its process ended: exit code 0\n/);
    });

    it('adds up what several processes ran, and says the failures of all at the end', async () => {
      const other = join(dir, 'other.spec.ts');
      await writeFile(other, `${passing} it('fails', () => { throw new Error('as it should'); });`);
      const { code, last, out } = await test(`${passing} ${skipping}`, { SKEIN_TEST_JOBS: '2' }, other);
      expect({ code, last }).to.deep.equal({ code: 1, last: '2 passed, 1 failed, 1 skipped' });
      expect(out.slice(out.indexOf('Failed:'))).to.match(/^Failed:\n\n {2}1\) fails:\n\s+Error: as it should\n/);
    });

    it('says at the end what failed first and passed when it was tried again, with that failure', async () => {
      const once = "let tries = 0; it('wavers', () => { if (++tries < 2) throw new Error('at first'); });";
      const { code, last, out } = await test(`${once} ${passing}`, {}, '--retries', '1');
      expect({ code, last }).to.deep.equal({ code: 0, last: '2 passed, 0 failed, 0 skipped, 1 FLAKY' });
      expect(out.slice(out.indexOf('Flaky:'))).to.match(
        /^Flaky: 1 failed, .*\n\n {2}1\) wavers:\n\s+Error: at first\n/,
      );
      const always = "it('never passes', () => { throw new Error('as it should'); });";
      const twice = await test(always, {}, '--retries', '1');
      expect(twice).to.deep.include({ code: 1, last: '0 passed, 1 failed, 0 skipped' });
      expect(twice.out).to.not.contain('Flaky');
    });

    it('ends all that its specs started when it is stopped', async () => {
      const started = join(dir, 'started');
      const text = `import { spawn } from 'node:child_process';
        import { writeFileSync } from 'node:fs';
        it('goes on', () => {
          const { pid } = spawn('sleep', ['600']);
          writeFileSync(${JSON.stringify(started)}, \`\${process.pid} \${pid}\`);
          return new Promise(() => {});
        });`;
      await writeFile(join(dir, 'one.spec.ts'), text);
      const running = spawn(process.execPath, [fileAt('.ci/test.mjs'), join(dir, 'one.spec.ts')], { stdio: 'ignore' });
      const ended = once(running, 'exit');
      let pids: number[] = [];
      while (pids.length < 2) {
        pids = (await readFile(started, 'utf8').catch(() => '')).split(' ').filter(Boolean).map(Number);
        await delay(20);
      }
      running.kill('SIGINT');
      expect(await ended).to.deep.equal([130, null]);
      // A zombie, which nobody has waited for yet, is dead as well.
      const { stdout } = await ps('ps', ['-o', 'stat=', '-p', pids.join()]).catch((error: { stdout: string }) => error);
      expect(stdout.split('\n').filter((state) => state && !state.startsWith('Z'))).to.deep.equal([]);
    });
  });
});
