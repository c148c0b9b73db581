// Somebody leaves: what waits for them, and what they were asked, passes to others at once.
import { expect } from 'chai';
import { end, serve, start, stream, type TestServer, text, toolUse } from '../agents/model/model-test-server.ts';
import { aSlackTeam, type SlackTeam } from '../doors/slack/slack-team.ts';
import { aMailRoom, BEN, type MailRoom } from './mailroom.ts';
import { aMail } from './mails.ts';
import type { Seen } from './team.ts';

const DAYS = 4 * 86_400;

describe('somebody who is taken out of a pod', function () {
  this.timeout(120_000);
  let room: MailRoom;
  before(async () => {
    room = await aMailRoom();
    // Over days their digests would tell it first.
    for (const as of ['ada', 'ben']) await room.team.command(as, 'launch', '/skein digest stop');
    for (const assignee of ['ada', 'ben']) {
      const { tasks } = await room.act<{ tasks: { id: string }[] }>('list_tasks', { assignee });
      for (const { id } of tasks) await room.act('complete_task', { task: id });
    }
  });
  after(() => room.stop());

  const hears = async (as: string, words: RegExp): Promise<Seen> => {
    const said = ({ text }: Seen) => words.test(text) && !text.startsWith('Your digest');
    const seen = await room.team.until('app', '', (all) => all.some(said), as);
    return seen.findLast(said) as Seen;
  };
  const days = () => room.team.post('/practice/clock', { advance: DAYS });

  it('has nothing that waits there any more, and the owners have it; the buttons of their notices go', async () => {
    await room.act('create_task', { title: 'Order boxes', assignee: 'ben', due: '2030-01-07' });
    await room.team.quiet();
    await days();
    const told = await hears('ben', /“Order boxes”/);
    expect(JSON.stringify(told.blocks)).to.include('"button"');
    await room.team.post('/practice/kick', { as: 'ada', channel: 'launch', who: 'ben' });
    const gone = await hears('ben', /in launch is not with you any more\./);
    expect(gone.ts, 'the same message').to.equal(told.ts);
    expect(JSON.stringify(gone.blocks)).not.to.include('"button"').and.not.to.include('Order boxes');
    expect(await room.team.command('ada', 'launch', '/skein waiting')).to.match(
      /\*Ben Okafor\* has left: .*#\d+.*“Order boxes” in launch, due/,
    );
    await room.team.quiet();
    await days();
    const owners = await hears('ada', /has left launch/);
    expect(owners.text).to.match(
      /Ben Okafor.* has left launch and had .*#\d+.* “Order boxes”, due Mon 7 Jan\. Give it to somebody, or finish it\./,
    );
    expect(JSON.stringify(owners.blocks)).to.include('"button"');
    const { tasks } = await room.act<{ tasks: { id: string; title: string }[] }>('list_tasks');
    const task = tasks.find(({ title }) => title === 'Order boxes')?.id;
    await room.act('assign_task', { task, assignee: 'chiara' });
    const over = await hears('ada', /in launch is not with you any more\./);
    expect(over.ts).to.equal(owners.ts);
    expect(JSON.stringify(over.blocks)).not.to.include('"button"');
  });
});

describe('somebody who is deactivated in Slack', function () {
  this.timeout(120_000);
  let model: TestServer;
  let team: SlackTeam;
  const answers = [
    stream(
      start(),
      ...toolUse(0, JSON.stringify({ to: ['dev'], question: 'Which flour?', options: ['rye', 'spelt'] }), {
        ...{ name: 'ask', id: 'toolu_a' },
      }),
      ...end('tool_use'),
    ),
  ];

  before(async () => {
    model = await serve((call) => (answers.shift() ?? stream(start(), ...text(0, 'Done.'), ...end('end_turn')))(call));
    team = await aSlackTeam({ ANTHROPIC_API_KEY: 'sk-k', ANTHROPIC_BASE_URL: model.url });
    await team.post('/practice/channel', { as: 'ada', name: 'gone', members: ['dev', 'skein'] });
    await team.command('ada', 'gone', '/skein pod new');
    await team.quiet();
  });
  after(async () => {
    await team.stop();
    await model.close();
  });

  it('is asked no more: the owners are, at once, and have what waited for them', async () => {
    await team.act('ada', 'gone', 'create_task', { title: 'Bake the rye', assignee: 'dev' });
    const root = await team.say('ada', 'gone', '@scribe ask Dev about the flour');
    await team.until('gone', root, (all) => all.some((one) => JSON.stringify(one.blocks).includes('Which flour?')));
    await team.quiet();
    const user = { id: 'U0DEVPATE1', name: 'dev', real_name: 'Dev Patel', deleted: true, profile: {} };
    await team.inject({ type: 'user_change', user });
    const why = 'Dev Patel is no longer in the pod, so now the owners of the pod are asked.';
    await team.until('gone', root, (all) => all.some(({ text }) => text.includes(why)));
    const waiting = await team.command('ada', 'gone', '/skein waiting');
    expect(waiting).to.match(/\*Dev Patel\* has left: .*#1.*“Bake the rye” in gone/);
    expect(waiting).to.include('Which flour?');
    await team.quiet();
    expect(await team.aside('outbox')).to.deep.equal([]);
    await team.inject({ type: 'user_change', user: { ...user, deleted: false } });
  });
});

describe('the default agent that is taken out of a pod', function () {
  this.timeout(120_000);
  let room: MailRoom;
  before(async () => {
    room = await aMailRoom();
  });
  after(() => room.stop());

  const mails = (id: string, subject: string) =>
    room.send(BEN, room.launch.mail, aMail({ from: BEN, to: room.launch.mail, id, subject }));
  const taskOf = async (wanted: string) => {
    const { tasks } = await room.act<{ tasks: { title: string; assignee?: string }[] }>('list_tasks', { state: 'all' });
    return tasks.find(({ title }) => title === wanted);
  };
  const removes = async (who: string) => {
    const { says } = await room.act<{ says?: string }>('remove_member', { who });
    return says;
  };

  it('gives new mails to the next agent, and to nobody when no agent is left; its owners read so', async () => {
    expect(await removes('pilot')).to.match(/^New mails, and words to @Skein, went to Pilot\. Now they go to sc\w+;/);
    await mails('without-pilot', 'Order the boxes');
    await room.team.quiet();
    expect((await taskOf('Order the boxes'))?.assignee).to.match(/^agent:sc/);
    const { members } = await room.act<{ members: { id: string; handle: string }[] }>('read_pod');
    const left = members.filter(({ id }) => id.startsWith('agent:')).map(({ handle }) => handle);
    const said: (string | undefined)[] = [];
    for (const handle of left) said.push(await removes(handle));
    expect(said.at(-1)).to.match(/^New mails went to \w+\. Now each becomes a task that nobody has yet;/);
    await mails('without-agents', 'Weigh the flour');
    await room.team.quiet();
    const task = await taskOf('Weigh the flour');
    expect(task).to.include({ title: 'Weigh the flour' }).and.not.have.property('assignee');
    const all = await room.boxWithoutInvitations(BEN);
    expect(all.map(({ text: words }) => words).join('\n')).not.to.include('not a member');
    const history = JSON.stringify(await room.act('pod_history'));
    expect(history).to.include('it has no default agent');
  });
});
