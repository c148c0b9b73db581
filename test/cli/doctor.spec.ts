// skein doctor, the whole command: with a running Skein, without one, and with all that can be wrong.
import { once } from 'node:events';
import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { skein } from '../../src/cli/skein.ts';
import type { Report } from '../../src/doctor/report.ts';
import { writeRunning } from '../../src/doors/cli/running.ts';
import { type PracticeSlack, startPracticeSlack } from '../../src/practice/slack/server.ts';
import { dropDatabase, freshDatabase } from '../journeys/database.ts';
import { aTeam, type Team } from '../journeys/team.ts';

const HOME = resolve(import.meta.dirname, '../..');

interface Ended {
  code: number;
  out: string;
  err: string;
}

async function doctor(env: Record<string, string>, { args = [] as string[], home = HOME } = {}): Promise<Ended> {
  const ended: Ended = { code: -1, out: '', err: '' };
  const io = {
    ...{ env, home, stdin: async () => '' },
    out: (text: string) => {
      ended.out += text;
    },
    err: (text: string) => {
      ended.err += text;
    },
  };
  ended.code = await skein(io, ['doctor', ...args]);
  return ended;
}

async function report(env: Record<string, string>, home = HOME): Promise<Report & { code: number }> {
  const { code, out } = await doctor(env, { args: ['--json'], home });
  return { ...(JSON.parse(out) as Report), code };
}

const partsOf = ({ checks }: Report) => checks.map(({ part, kind }) => `${part} ${kind}`);
const of = ({ checks }: Report, part: string) => checks.find((check) => check.part === part);

describe('skein doctor', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'skein-doctor-'));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  it('says that practice is practice where nothing is set, tries the store itself, and leaves nothing behind', async () => {
    const { code, out, err } = await doctor({ SKEIN_DATA_DIR: join(dir, 'data') });
    expect({ code, err }).to.deep.equal({ code: 0, err: '' });
    const lines = out.split('\n');
    expect(lines.filter((line) => /^[✓!✗]/.test(line)).map((line) => line.slice(0, 16).trim())).to.deep.equal([
      ...['✓ Node', '✓ Settings', '✓ Data directory', '✓ Store', '! Server', '✓ PUBLIC_URL'],
      ...['✓ Slack', '✓ Mail', '✓ Model', '✓ Manifests', '✓ Tools', '✓ Tools'],
    ]);
    for (const server of ['fetch', 'filesystem'])
      expect(out).to.match(new RegExp(`^✓ Tools +${server} is switched off`, 'm'));
    expect(out).to.match(
      /^✓ Manifests +They can be read\. Agents: \d+, skills: \d+, tool servers: \d+, workflows: \d+, texts: \d+\.$/m,
    );
    for (const setting of ['SLACK_BOT_TOKEN', 'IMAP_URL', 'ANTHROPIC_API_KEY']) expect(out).to.include(setting);
    expect(lines).to.include('1 warning. What to do stands under each.');
    expect(await readdir(dir)).to.deep.equal([]);
  });

  it('takes nothing but --json', async () => {
    expect(await doctor({}, { args: ['slack'] })).to.deep.include({ code: 1, out: '' });
  });

  describe('beside a running Skein', () => {
    let team: Team;
    before(async () => {
      team = await aTeam();
    });
    after(() => team.stop());
    const env = (more: Record<string, string> = {}) => ({ SKEIN_DATA_DIR: team.dir, ...more });

    it('asks it for what only it can try, and counts its queues', async () => {
      await team.quiet();
      const mongo = freshDatabase();
      const found = await report(env(mongo ? { MONGODB_URI: mongo } : {}));
      if (mongo) await dropDatabase(mongo);
      expect(found).to.deep.include({ code: 0, ok: true, faults: 0, warnings: 0 });
      expect(of(found, 'Store')?.says).to.match(/works: insert [\d.]+, .* search [\d.]+ ms/);
      expect(of(found, 'Server')?.says).to.equal(`${found.version}, process ${process.pid}, just started`);
      expect(of(found, 'Inbox')?.says).to.equal('0 waiting, 0 aside.');
      expect(of(found, 'Outbox')?.says).to.equal('0 waiting, 0 aside.');
    });

    it('notices that it was started with other settings', async () => {
      const found = await report(env({ ANTHROPIC_API_KEY: 'sk-1', ANTHROPIC_BASE_URL: 'http://127.0.0.1:9' }));
      expect(of(found, 'Server')).to.deep.include({ kind: 'warning' });
      expect(of(found, 'Server')?.says).to.include('model is stand-in there and anthropic here');
      expect(of(found, 'Model')).to.deep.include({ kind: 'fault', says: 'The model service could not be reached.' });
    });
  });

  it('tells of what was written by a server that is no Skein, and tries the store itself', async () => {
    const server = createServer((_request, response) => response.end('hello')).listen(0, '127.0.0.1');
    await once(server, 'listening');
    await writeRunning(dir, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, pid: 1 });
    const found = await report({ SKEIN_DATA_DIR: dir });
    server.closeAllConnections();
    server.close();
    expect(found.code).to.equal(1);
    expect(of(found, 'Server')).to.deep.include({ kind: 'fault', cure: 'Start Skein again.' });
    expect(of(found, 'Store')).to.deep.include({ kind: 'ok' });
  });

  it('names every faulty setting at once, tries the other parts, and does not take what is faulty for practice', async () => {
    const env = {
      SLACK_BOT_TOKEN: 'xoxp-topsecret',
      MONGODB_URI: 'localhost:27017',
      IMAP_URL: 'imaps://a.test',
      PUBLIC_URL: 'x',
    };
    const found = await report({ SKEIN_DATA_DIR: dir, ...env });
    expect(found.code).to.equal(1);
    expect(of(found, 'Settings')?.cure?.split('\n')).to.have.length.greaterThan(4);
    expect(partsOf(found)).to.include.members([
      ...[
        'Settings fault',
        'Data directory ok',
        'Store warning',
        'PUBLIC_URL warning',
        'Slack warning',
        'Mail warning',
      ],
      ...['Model ok', 'Manifests ok'],
    ]);
    expect(JSON.stringify(found)).to.not.include('topsecret');
  });

  describe('with a Slack app', () => {
    let slack: PracticeSlack;
    beforeEach(async () => {
      slack = await startPracticeSlack({ clock: Date.now });
    });
    afterEach(() => slack.stop());
    const env = (more: Record<string, string> = {}) => ({
      SKEIN_DATA_DIR: dir,
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_API_URL: slack.apiUrl,
      ...more,
    });

    it('tries token, scopes and socket', async () => {
      const found = await report(env());
      expect(partsOf(found)).to.include.members(['Slack token ok', 'Slack scopes ok', 'Slack socket ok', 'Mail ok']);
      expect(of(found, 'Slack token')?.says).to.include(slack.team.name);
    });

    it('names the scopes that are missing, with their reasons, and ends with 1', async () => {
      slack.workspace.state.app.scopes = slack.workspace.state.app.scopes.filter(
        (scope) => scope !== 'users:read.email',
      );
      const { code, out, err } = await doctor(env());
      expect(code).to.equal(1);
      expect(out).to.match(
        /✗ Slack scopes {4}One is missing\.\n +users:read\.email: know that the person in Slack and/,
      );
      expect(out).to.include('Reinstall to Workspace');
      expect(err).to.match(/^1 fault, \d warnings?\. What to do stands under each\.\n$/);
    });

    it('goes on when the token is refused, and shows none', async () => {
      const { code, out, err } = await doctor(env({ SLACK_BOT_TOKEN: 'xoxb-nobody-knows' }));
      expect(code).to.equal(1);
      expect(out)
        .to.match(/✗ Slack token {5}SLACK_BOT_TOKEN does not work/)
        .and.match(/✓ Slack socket/);
      expect(out + err).to.not.include('xoxb-nobody-knows');
      for (const token of [slack.botToken, slack.appToken]) expect(out + err).to.not.include(token);
    });
  });

  it('names each fault of manifests, skills and texts, and calls no tool server then', async () => {
    const home = join(dir, 'home');
    for (const path of ['manifests', 'skills', 'templates', 'docs/slack.md', 'slack-app-manifest.yaml'])
      await cp(join(HOME, path), join(home, path), { recursive: true });
    await writeFile(join(home, 'manifests/agents/scribe.yaml'), 'handle: scribe\n');
    await writeFile(join(home, 'manifests/tools/crm.yaml'), 'name: crm\n');
    await writeFile(join(home, 'templates/texts/pod-invitation.md'), '');
    const found = await report({ SKEIN_DATA_DIR: join(dir, 'data') }, home);
    expect(found.code).to.equal(1);
    expect(of(found, 'Manifests')?.cure).to.match(
      /crm\.yaml.*\n[\s\S]*scribe\.yaml.*\n[\s\S]*pod-invitation\.md: it is empty/,
    );
    expect(of(found, 'Tools')).to.equal(undefined);
  });

  it('looks from here whether PUBLIC_URL leads to Skein', async () => {
    const slack = await startPracticeSlack({ clock: Date.now });
    const mongo = freshDatabase();
    const real = {
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_SIGNING_SECRET: 'abcdef0123456789',
      SLACK_API_URL: slack.apiUrl,
    };
    const team = await aTeam(real);
    const found = await report({
      ...{ ...real, SKEIN_DATA_DIR: team.dir, PUBLIC_URL: team.url },
      ...(mongo ? { MONGODB_URI: mongo } : {}),
    });
    const elsewhere = await report({ ...real, SKEIN_DATA_DIR: team.dir, PUBLIC_URL: slack.url });
    await team.stop();
    await slack.stop();
    if (mongo) await dropDatabase(mongo);
    expect(of(found, 'PUBLIC_URL')).to.deep.include({ kind: 'ok', says: `${team.url} answers as Skein.` });
    expect(of(found, 'Slack events')).to.deep.include({ kind: 'ok' });
    expect(of(elsewhere, 'PUBLIC_URL')).to.deep.include({ kind: 'fault' });
    expect(of(elsewhere, 'Slack events')).to.deep.include({ kind: 'fault' });
  });
});
