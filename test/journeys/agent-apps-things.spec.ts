// What else goes through an agent's own Slack app: files, notices in threads, what is sent again, forms; and where the app
// went while Skein was down.
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

describe('what goes through an agent’s own Slack app', function () {
  this.timeout(90_000);
  let model: TestServer;
  let team: SlackTeam;
  let scribe = '';
  const answers: ((call: Call) => void)[] = [];
  let uses = 0;
  const says = (words: string) => stream(start(), ...text(0, words), ...end('end_turn'));
  const calls = (name: string, input: object) =>
    stream(start(), ...toolUse(0, JSON.stringify(input), { name, id: `toolu_t${++uses}` }), ...end('tool_use'));

  before(async () => {
    model = await serve((call) => (answers.shift() ?? says('Done.'))(call));
    team = await aSlackTeam({ ANTHROPIC_API_KEY: 'sk-k', ANTHROPIC_BASE_URL: model.url }, undefined, [
      'scribe',
      'scout',
    ]);
    const { apps } = team.slack.workspace.state;
    scribe = [...apps.values()].find(({ agent }) => agent === 'scribe')?.botUserId ?? '';
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
    team.slack.workspace.faults.clear();
    await team.quiet();
    expect(await team.aside('inbox')).to.deep.equal([]);
    expect(await team.aside('outbox')).to.deep.equal([]);
  });

  const shown = (one: Seen) => one.text + JSON.stringify(one.blocks);
  const withFiles = async (root: string) =>
    (await team.until('launch', root, (all) => all.some(({ files }) => files.length > 0))).filter(
      ({ files }) => files.length > 0,
    );

  it('shares a file as the agent, once, though Slack lost the reply', async () => {
    team.slack.workspace.faults.inject('files.completeUploadExternal', { kind: 'drop-reply' });
    answers.push(calls('put_file', { name: 'plan.md', text: 'Rye.' }), says('The plan is written.'));
    const root = await team.say('ada', 'launch', '@scribe write the plan');
    await withFiles(root);
    await team.quiet();
    expect((await withFiles(root)).map(({ user }) => user)).to.deep.equal([scribe]);
  });

  it('sends what waited during a restart as the agent', async () => {
    answers.push((call) => {
      team.slack.workspace.faults.inject('chat.postMessage', { kind: 'drop-reply' });
      says('Rye is in the cellar.')(call);
    });
    const root = await team.say('ada', 'launch', '@scribe where is the rye?');
    await team.until('launch', root, (all) => all.some((one) => shown(one).includes('in the cellar')));
    await team.down();
    await team.up();
    await team.quiet();
    const said = (await team.messages('launch', root)).filter((one) => shown(one).includes('in the cellar'));
    expect(said.map(({ user }) => user)).to.deep.equal([scribe]);
  });

  it('asks in the thread which question was meant as the agent that asks both', async () => {
    answers.push(
      calls('ask', { to: ['ben'], question: 'Is the oven clean?' }),
      calls('ask', { to: ['ben'], question: 'Is the shop open?' }),
      says('I have asked Ben.'),
    );
    const root = await team.say('ada', 'launch', '@scribe ask Ben about oven and shop');
    await team.until('launch', root, (all) => all.some((one) => shown(one).includes('Is the shop open?')));
    await team.quiet();
    await team.say('ben', 'launch', 'yes', root);
    const which = (one: Seen) => shown(one).includes('This answers q') || shown(one).includes('Which');
    const seen = await team.until('launch', root, (all) => all.some((one) => which(one) && one.user !== 'U0ADALIND1'));
    expect(seen.find(which)?.user).to.equal(scribe);
  });

  it('opens a form from a card in the agent’s direct message, and does what is filled in', async () => {
    const hello = await team.say('ben', 'dm:scribe', 'hello');
    await team.until('dm:scribe', hello, (all) => all.length > 1, 'ben');
    await team.quiet();
    const input = { title: 'Order rye', assignee: 'scribe' };
    expect((await team.act('ben', 'Ben Okafor and Scribe', 'create_task', input)).status).to.equal(200);
    const isCard = (one: Seen) => one.user === scribe && one.text.includes('Order rye');
    const card = (await team.until('dm:scribe', '', (all) => all.some(isCard), 'ben')).find(isCard) as Seen;
    await team.quiet();
    await team.post('/practice/click', { as: 'ben', channel: 'dm:scribe', ts: card.ts, actionId: 'item.comment' });
    type View = { id: string; title: { text: string } | null };
    const form = await team.when('a form', async () =>
      (await team.get<View[]>('/practice/views?as=ben')).find(({ title }) => title?.text === 'Comment on a task'),
    );
    answers.push(says('The small mill it is.'));
    await team.post('/practice/submit', { as: 'ben', viewId: form.id, values: { text: 'From the small mill.' } });
    const thread = await team.until(
      'dm:scribe',
      card.ts,
      (all) => all.some((one) => shown(one).includes('The small mill it is.')),
      'ben',
    );
    expect(thread.find((one) => one.text.includes('From the small mill'))?.username).to.match(/^Ben Okafor/);
    expect(thread.find((one) => shown(one).includes('The small mill it is.'))?.user).to.equal(scribe);
  });

  it('takes an agent out of the pod whose app was removed while Skein was down, and no other', async () => {
    const members = async () => {
      const { body } = await team.act<{ members: { handle: string }[] }>('ada', 'launch', 'read_pod');
      return body.members.map(({ handle }) => handle);
    };
    expect(await members()).to.include.members(['scribe', 'scout', 'pilot']);
    await team.down();
    await team.post('/practice/kick', { as: 'ada', channel: 'launch', who: 'scout' });
    await team.up();
    await team.when('Scout is out', async () => !(await members()).includes('scout'));
    expect(await members()).to.include.members(['scribe', 'pilot']);
    await team.down();
    await team.post('/practice/invite', { as: 'ada', channel: 'launch', who: 'scout' });
    await team.up();
    await team.when('Scout is back', async () => (await members()).includes('scout'));
  });

  it('leaves an agent in the pod that was added in words, though its app was never in the channel', async () => {
    await team.post('/practice/kick', { as: 'ada', channel: 'launch', who: 'scout' });
    await team.quiet();
    await team.act('ada', 'launch', 'add_member', { who: 'scout' });
    await team.down();
    await team.up();
    await team.quiet();
    const { body } = await team.act<{ members: { handle: string }[] }>('ada', 'launch', 'read_pod');
    expect(body.members.map(({ handle }) => handle)).to.include('scout');
  });
});
