// Stopping gently in the middle of a run, and starting twice on one data directory: with real processes.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { readConfig } from '../../src/config/config.ts';
import { makeLogger } from '../../src/logger.ts';
import { start } from '../../src/main.ts';
import { type BlackHole, blackHole } from '../black-hole.ts';
import { briskLimiter } from '../brisk-slack.ts';
import { programAt } from '../program.ts';
import { aFleet, expectClean, laidAside, queuesEmpty } from './fleet.ts';
import { aWorld, until, type World } from './world.ts';

const HOME = resolve(import.meta.dirname, '../..');
const SKEIN = join(HOME, 'src/cli/program/skein-program.ts');
/** “A few seconds”, in milliseconds. */
const STOPS_WITHIN_MS = 5000;

describe('a stop in the middle of a run', () => {
  const fleet = aFleet();
  let world: World;
  before(async () => {
    world = await aWorld();
  });
  after(async () => {
    await fleet.stop();
    await world.stop();
  });

  it('ends the process within seconds, with nothing left running, and the run goes on after the next start', async () => {
    const env = world.env();
    const first = await fleet.spawn(env);
    const second = await fleet.spawn(env);
    await first.go();
    await world.ask('/skein pod new');
    world.model.faults.next('stall_before_headers');
    const asked = world.model.requests.length;
    const ts = world.say('@scribe please add a task for Ben to call the mill');
    await until(() => world.model.requests.length > asked, 'a request to the model', fleet.told);

    const began = performance.now();
    first.term();
    expect(await first.exited).to.deep.equal({ code: 0, signal: null });
    const took = Math.round(performance.now() - began);
    expect(took).to.be.below(STOPS_WITHIN_MS);
    expect(world.answers(ts)).to.deep.equal([]);

    await second.loaded;
    const restarted = performance.now();
    await second.go();
    await until(() => world.answers(ts).length > 0, 'the answer', fleet.told);
    console.log(`      stopped in ${took} ms; restart to answer ${Math.round(performance.now() - restarted)} ms`);
    await until(() => queuesEmpty(env), 'empty queues', fleet.told);
    expect(world.answers(ts)).to.have.length(1);
    expect(await laidAside(env)).to.deep.equal([]);
    expectClean(fleet.lines(), env);
  });
});

describe('npm start twice on one data directory', () => {
  let dir: string;
  const started: { process: ChildProcess; said: string }[] = [];
  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'skein-twice-'));
  });
  after(async () => {
    for (const { process } of started) if (process.exitCode === null) process.kill('SIGKILL');
    await rm(dir, { recursive: true, force: true });
  });

  function startOf(program: string): (typeof started)[number] {
    const env = { PATH: process.env.PATH, HOME: process.env.HOME, PORT: '0', SKEIN_DATA_DIR: dir };
    const child = spawn(process.execPath, [program, 'start'], { cwd: HOME, env, stdio: 'pipe' });
    const one = { process: child, said: '' };
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        one.said += chunk.toString();
      });
    started.push(one);
    return one;
  }

  it('says who uses it, ends with a code, and leaves the first one running until it is told to stop', async () => {
    const first = startOf('src/cli/skein.mjs');
    await until(
      () => /Skein runs: http/.test(first.said),
      'the first to run',
      () => first.said,
    );
    const second = startOf(await programAt(SKEIN));
    const [code] = await once(second.process, 'exit');
    expect(code).to.equal(1);
    expect(second.said).to.contain(`in use by process ${first.process.pid}`).and.to.contain('SKEIN_DATA_DIR');
    expect(second.said).not.to.match(/^\s+at /m);
    expect(first.process.exitCode).to.equal(null);

    first.process.kill('SIGTERM');
    const [firstCode] = await once(first.process, 'exit');
    expect(firstCode, first.said).to.equal(0);
  });
});

describe('a stop while what Skein needs can’t be reached', () => {
  let dir: string;
  let hole: BlackHole;
  let mongo: BlackHole;
  let limited: Server;
  /** A port at which nobody listens. */
  let closed: number;
  const started: ChildProcess[] = [];
  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'skein-away-'));
    hole = await blackHole();
    mongo = await blackHole();
    limited = createServer((_request, response) => response.writeHead(429, { 'retry-after': '3600' }).end());
    limited.listen(0, '127.0.0.1');
    await once(limited, 'listening');
    const gone = await blackHole();
    closed = gone.port;
    await gone.close();
  });
  after(async () => {
    for (const child of started) if (child.exitCode === null) child.kill('SIGKILL');
    limited.closeAllConnections();
    limited.close();
    await Promise.all([hole.close(), mongo.close()]);
    await rm(dir, { recursive: true, force: true });
  });

  const socket = { SLACK_BOT_TOKEN: 'xoxb-hush', SLACK_APP_TOKEN: 'xapp-1-A1-hush' };
  const at = (url: string) => ({ SLACK_API_URL: `${url}/api/` });
  const slackAway = / slack not reached, trying again .*what="auth\.test" .*no answer yet/;
  const cases: [name: string, env: () => Record<string, string>, says: RegExp | (() => boolean)][] = [
    [
      'Slack refuses connections',
      () => ({ ...socket, ...at(`http://127.0.0.1:${closed}`) }),
      /trying again .*ECONNREFUSED/,
    ],
    ['Slack never answers', () => ({ ...socket, ...at(`http://127.0.0.1:${hole.port}`) }), slackAway],
    [
      'Slack asks to come later for ever',
      () => ({ ...socket, ...at(`http://127.0.0.1:${(limited.address() as AddressInfo).port}`) }),
      /trying again .*asks to call auth\.test later.*againInSeconds=3600/,
    ],
    [
      'MongoDB never answers',
      () => ({ MONGODB_URI: `mongodb://127.0.0.1:${mongo.port}/skein?serverSelectionTimeoutMS=60000` }),
      () => mongo.open() > 0,
    ],
  ];
  for (const [n, [name, env, says]] of cases.entries())
    it(`ends the process within seconds: ${name}`, async () => {
      const { PATH, HOME: home } = process.env;
      const child = spawn(process.execPath, [await programAt(SKEIN), 'start'], {
        cwd: HOME,
        env: { PATH, HOME: home, PORT: '0', SKEIN_DATA_DIR: join(dir, `${n}`), ...env() },
        stdio: 'pipe',
      });
      started.push(child);
      let said = '';
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (chunk: Buffer) => {
          said += chunk.toString();
        });
      await until(
        () => (says instanceof RegExp ? says.test(said) : says()),
        'a word on what it waits for',
        () => said,
      );
      const began = performance.now();
      child.kill('SIGTERM');
      const [code] = await once(child, 'exit');
      expect(performance.now() - began, said).to.be.below(STOPS_WITHIN_MS + 1000);
      expect(code, said).to.equal(0);
      expect(said)
        .to.match(/Stopping; again to stop at once\./)
        .and.not.match(/^\s+at |hush/m);
    });
});

describe('a stop while Slack no longer answers', () => {
  it('does not wait for a post that is under way, which stands once after the next start', async () => {
    const world = await aWorld();
    let frozen = false;
    const line = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
      if (frozen) return;
      const { authorization = '', 'content-type': type = '' } = request.headers;
      const answer = await fetch(`${world.slack.url}${request.url}`, {
        ...{ method: 'POST', headers: { authorization, 'content-type': type }, body: Buffer.concat(chunks) },
      });
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text());
    });
    line.listen(0, '127.0.0.1');
    await once(line, 'listening');
    const env = { ...world.env(), SLACK_API_URL: `http://127.0.0.1:${(line.address() as AddressInfo).port}/api/` };
    const lines: string[] = [];
    const begin = () =>
      start(readConfig(env, HOME), {
        ...{ logger: makeLogger((one) => lines.push(one), Date.now), limiter: briskLimiter() },
      });
    const told = () => lines.slice(-15).join('\n');
    try {
      const first = await begin();
      await world.ask('/skein pod new');
      world.modelTap.hear = () => {
        frozen = true;
        return undefined;
      };
      const ts = world.say('@scribe what is open here?');
      await until(() => frozen, 'a request to the model', told);
      await until(() => world.model.requests.length > 0, 'an answer on its way', told);
      await new Promise((resolve) => setTimeout(resolve, 500));
      const began = performance.now();
      await first.stop();
      expect(performance.now() - began).to.be.below(STOPS_WITHIN_MS);
      world.modelTap.hear = () => undefined;
      frozen = false;
      const second = await begin();
      await until(() => world.answers(ts).length > 0, 'the answer', told);
      await second.quiet();
      expect(world.answers(ts)).to.have.length(1);
      await second.stop();
    } finally {
      line.closeAllConnections();
      line.close();
      await world.stop();
    }
  });
});
