// Starts that must be refused: each with one clear message, nothing left running, and no secret told.
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { readConfig } from '../../src/config/config.ts';
import { InvalidInput, reasonOf } from '../../src/errors.ts';
import { makeLogger } from '../../src/logger.ts';
import { runMain, start } from '../../src/main.ts';
import { aWorld, type World } from './world.ts';

const HOME = resolve(import.meta.dirname, '../..');

describe('a start that is refused', () => {
  let dir: string;
  let world: World;
  const lines: string[] = [];

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'skein-start-'));
    world = await aWorld();
  });
  after(async () => {
    await world.stop();
    await rm(dir, { recursive: true, force: true });
  });

  const begin = (env: Record<string, string>, home = HOME) =>
    start(readConfig({ PORT: '0', SKEIN_DATA_DIR: join(dir, 'data'), ...env }, home), {
      logger: makeLogger((line) => lines.push(line), Date.now),
    });

  async function refusal(env: Record<string, string>, home = HOME): Promise<string> {
    try {
      const running = await begin(env, home);
      await running.stop();
    } catch (error) {
      expect(error, reasonOf(error)).to.be.instanceOf(InvalidInput);
      return reasonOf(error);
    }
    throw new Error('It started.');
  }

  /** That nothing was left: the same settings, mended, start. */
  async function startsNow(env: Record<string, string> = {}): Promise<void> {
    const running = await begin(env);
    await running.stop();
  }

  it('tells every fault of every manifest, skill and text at once', async () => {
    const home = join(dir, 'home');
    await mkdir(home);
    for (const shelf of ['manifests', 'skills', 'templates'])
      await cp(join(HOME, shelf), join(home, shelf), { recursive: true });
    const edit = async (file: string, change: (text: string) => string) =>
      writeFile(join(home, file), change(await readFile(join(home, file), 'utf8')));
    await edit('manifests/agents/scribe.yaml', (text) =>
      text.replace('- create_task', '- creat_task').replace('turns: 40', 'turns: many'),
    );
    await edit('manifests/agents/scout.yaml', (text) => text.replace('handle: scout', 'handle: here\nmood: sunny'));
    await edit('manifests/agents/pilot.yaml', (text) => `${text}\n\t- broken: [`);
    await edit('manifests/tools/filesystem.yaml', (text) =>
      text.replace('enabled: false', 'enabled: true').replace('policy: ask', 'policy: perhaps\nheaders: { x: one }'),
    );
    await writeFile(
      join(home, 'manifests/tools/crm.yaml'),
      `name: crm\ndescription: Customers.\nurl: "$\{CRM_URL_UNSET}"\n`,
    );
    await edit('skills/weekly-review/SKILL.md', (text) => text.replace(/^name: .*$/m, 'name: Weekly Review!'));
    await mkdir(join(home, 'skills/empty'));
    await edit('templates/texts/pod-invitation.md', (text) => text.replace('{{channel}}', '{{chanel}}'));

    const told = await refusal({}, home);
    for (const said of [
      /scribe\.yaml: `budget\.turns` is "many"/,
      /scribe\.yaml: `tools` names "creat_task".* Did you mean create_task\?/,
      /scout\.yaml: `mood` is no known field/,
      /scout\.yaml: `handle` is "here"/,
      /pilot\.yaml: it is not YAML/,
      /filesystem\.yaml: `policy` is "perhaps"/,
      /filesystem\.yaml: `headers` belong to a `url`/,
      /crm\.yaml: .*CRM_URL_UNSET\}, which is not set/,
      /weekly-review/,
      /empty/,
      /pod-invitation\.md: .*\{\{chanel\}\}\. Did you mean \{\{channel\}\}\?/,
    ])
      expect(told).to.match(said);
    for (const line of told.split('\n').slice(1)) expect(line).to.match(/^- .*[.?]$/);

    // Those of the settings stand in the same message.
    expect(await runMain({ PORT: 'many' }, home).catch(reasonOf))
      .to.match(/^Skein can't start: \d+ things need mending\.\n- PORT is not a number/)
      .and.contain('Did you mean create_task?');
    await startsNow();
  });

  it('names the token that Slack refuses, and never its value', async () => {
    const bot = 'xoxb-hush-hush-hush';
    const botTold = await refusal({ ...world.env(), SLACK_BOT_TOKEN: bot });
    expect(botTold)
      .to.match(/^SLACK_BOT_TOKEN does not work: .*\.$/)
      .and.not.contain('hush');
    const appTold = await refusal({ ...world.env(), SLACK_APP_TOKEN: 'xapp-hush-hush' });
    expect(appTold)
      .to.match(/^Slack refuses SLACK_APP_TOKEN \(invalid_auth\)\. .*\.$/)
      .and.not.contain('hush');
    await startsNow(world.env());
  });

  it('says that the port is taken, and by which setting to take another', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const before = lines.length;
    expect(await refusal({ ...world.env(), PORT: String(port) })).to.match(
      new RegExp(`^Port ${port} is taken .*Set PORT`),
    );
    // No event was acknowledged by a process that could not stay.
    expect(lines.slice(before).filter((line) => line.includes('slack connected'))).to.deep.equal([]);
    other.close();
    await once(other, 'close');
    await startsNow({ PORT: String(port) });
  });

  // Root may take any port: there is nothing to refuse then.
  if (process.getuid?.() !== 0)
    it('says that this user may not take the port', async () => {
      expect(await refusal({ PORT: '1' })).to.match(/^Port 1 .*PORT/);
    });

  it('names the data directory that can’t be made', async () => {
    await writeFile(join(dir, 'file'), '');
    const told = await refusal({ SKEIN_DATA_DIR: join(dir, 'file', 'data') });
    expect(told)
      .to.contain(join(dir, 'file', 'data'))
      .and.to.contain('SKEIN_DATA_DIR');
  });

  it('names the MongoDB that does not answer, without its user and password', async () => {
    const uri = 'mongodb://hushuser:hushword@127.0.0.1:1/skein?serverSelectionTimeoutMS=300';
    const told = await refusal({ MONGODB_URI: uri });
    expect(told)
      .to.match(/127\.0\.0\.1:1 does not answer .*MONGODB_URI/)
      .and.not.contain('hush');
  });

  it('says what is wrong with an address that MongoDB does not know, without its password', async () => {
    const told = await refusal({ MONGODB_URI: 'mongodb://user:hush@word@127.0.0.1:1/skein' });
    expect(told)
      .to.match(/MONGODB_URI is not an address/)
      .and.not.contain('hush');
  });

  it('names what is damaged of the practice workspace, and of the command line’s file, with the cure', async () => {
    const data = join(dir, 'practised');
    await (await begin({ SKEIN_DATA_DIR: data })).stop();
    const journal = join(data, 'practice-slack', 'journal.jsonl');
    const whole = await readFile(journal, 'utf8');
    await writeFile(journal, `{}\n${whole}`);
    expect(await refusal({ SKEIN_DATA_DIR: data })).to.match(
      /practice-slack is damaged in line 1\. Move that folder away/,
    );
    await writeFile(journal, whole);
    await mkdir(join(data, 'running.json'));
    expect(await refusal({ SKEIN_DATA_DIR: data })).to.match(/running\.json.*Move away what stands there/);
    await rm(join(data, 'running.json'), { recursive: true });
    await startsNow({ SKEIN_DATA_DIR: data });
  });

  it('leaves no secret in the log', () => {
    expect(lines.filter((line) => /hush|xoxb-|xapp-|sk-ant/.test(line))).to.deep.equal([]);
  });
});
