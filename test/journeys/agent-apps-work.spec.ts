// An agent's own Slack app while its agent works: its status line and its Stop button are its own, and a token that is lost
// between the upload of a file and its sharing loses no file.
import { expect } from 'chai';
import {
  type Call,
  end,
  serve,
  start,
  stream,
  type TestServer,
  text,
  toolUse,
} from '../agents/model/model-test-server.ts';
import { aSlackTeam, type SlackTeam } from '../doors/slack/slack-team.ts';
import type { Seen } from './team.ts';

const MAIN = 'U0SKEINBT1';

describe('an agent’s own Slack app while its agent works', function () {
  this.timeout(120_000);
  let model: TestServer;
  let team: SlackTeam;
  const apps: Record<string, { id: string; user: string }> = {};
  const answers: ((call: Call) => void)[] = [];
  const says = (words: string) => stream(start(), ...text(0, words), ...end('end_turn'));
  const calls = (name: string, input: object) =>
    stream(start(), ...toolUse(0, JSON.stringify(input), { name, id: `toolu_w${answers.length}` }), ...end('tool_use'));

  before(async () => {
    model = await serve((call) => (answers.shift() ?? says('Done.'))(call));
    team = await aSlackTeam({ ANTHROPIC_API_KEY: 'sk-k', ANTHROPIC_BASE_URL: model.url }, undefined, [
      'scribe',
      'scout',
    ]);
    for (const { id, agent, botUserId } of team.slack.workspace.state.apps.values())
      if (agent) apps[agent] = { id, user: botUserId };
    for (const who of ['scribe', 'scout']) await team.post('/practice/invite', { as: 'ada', channel: 'launch', who });
    await team.command('ada', 'launch', '/skein pod new');
    await team.quiet();
  });
  after(async () => {
    await team.stop();
    await model.close();
  });
  afterEach(async () => {
    answers.length = 0;
    await team.quiet();
    expect(await team.aside('inbox')).to.deep.equal([]);
    expect(await team.aside('outbox')).to.deep.equal([]);
  });

  const shown = (one: Seen) => one.text + JSON.stringify(one.blocks);
  const statuses = (thread: string) =>
    [...team.slack.workspace.state.statuses.values()].filter((one) => one.thread === thread).map(({ app }) => app);
  const atWork = (thread: string) =>
    [...team.slack.workspace.state.sessions.values()].filter(
      (one) => one.thread === thread && one.status === 'processing',
    );

  it('shows the status and the Stop button of each agent by its own app, and Stop stops that agent alone', async () => {
    const held: Call[] = [];
    answers.push(
      (call) => held.push(call),
      (call) => held.push(call),
      (call) => held.push(call),
    );
    const thread = await team.say('ada', 'launch', '@scribe and @scout, and @pilot: look at the oven');
    const three = [apps.scribe?.id, apps.scout?.id, undefined];
    await team.when('three status lines', () => statuses(thread).length === 3);
    expect(statuses(thread)).to.have.members(three);
    await team.when('three at work', () => atWork(thread).length === 3 && held.length === 3);
    expect(atWork(thread).map(({ app }) => app)).to.have.members(three);
    await team.post('/practice/stop', { as: 'ben', channel: 'launch', thread, agent: 'scribe' });
    await team.when('Scribe stopped', () => atWork(thread).length === 2);
    expect(atWork(thread).map(({ app }) => app)).to.have.members([apps.scout?.id, undefined]);
    for (const call of held) says('The oven is cold.')(call);
    const cold = (all: Seen[]) => all.filter((one) => shown(one).includes('The oven is cold.'));
    const seen = cold(await team.until('launch', thread, (all) => cold(all).length === 2));
    await team.quiet();
    expect(seen.map(({ user }) => user)).to.have.members([apps.scout?.user, MAIN]);
    expect(cold(await team.messages('launch', thread))).to.have.length(2);
    expect([statuses(thread), atWork(thread)]).to.deep.equal([[], []]);
  });

  it('brings a file once, through the main app, whose token is lost between its upload and its sharing', async () => {
    const off = team.slack.onChange((_notice, change) => {
      if (change.kind !== 'file-set' || !change.file.uploaded) return;
      off();
      setImmediate(() => team.slack.workspace.revoke('scribe'));
    });
    answers.push(calls('put_file', { name: 'plan.md', text: 'Rye.' }), says('The plan is written.'));
    const root = await team.say('ada', 'launch', '@scribe write the plan');
    const withFile = (all: Seen[]) => all.filter(({ files }) => files.length > 0);
    // What its app may still be sharing is waited for: half a minute.
    const seen = withFile(await team.until('launch', root, (all) => withFile(all).length > 0));
    expect(seen.map(({ user, files }) => [user, files.map(({ name }) => name)])).to.deep.equal([[MAIN, ['plan.md']]]);
    await team.quiet();
    expect(withFile(await team.messages('launch', root))).to.have.length(1);
    expect(team.lines.filter((line) => line.includes('its own is lost'))).to.have.length(1);
  });
});
