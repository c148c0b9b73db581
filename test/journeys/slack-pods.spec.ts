// A channel becomes a pod, and the pod follows its channel.
import { expect } from 'chai';
import * as channels from '../../src/practice/slack/acts/channels.ts';
import type { Channel } from '../../src/practice/slack/state/state.ts';
import { aSlackTeam, type SlackTeam } from '../doors/slack/slack-team.ts';

describe('a Slack channel as a pod', () => {
  let team: SlackTeam;
  before(async () => {
    team = await aSlackTeam();
  });
  after(() => team.stop());
  afterEach(async () => {
    await team.quiet();
    expect(await team.aside('inbox')).to.deep.equal([]);
    expect(await team.aside('outbox')).to.deep.equal([]);
  });

  const channelNamed = (name: string) =>
    [...team.slack.workspace.state.channels.values()].find((channel) => channel.name === name) as Channel;
  const make = (name: string, members: string[] = []) =>
    team.post('/practice/channel', { as: 'ada', name, members: [...members, 'skein'] });
  const invitation = (name: string) =>
    team.when(`the question in ${name}`, async () =>
      (await team.messages(name)).find(({ text }) => /Make #.* a pod\?/.test(text)),
    );
  it('is made by a command, and everybody in it is a member', async () => {
    expect(await team.command('ada', 'launch', '/skein pod new')).to.contain('is a pod now');
    for (const person of ['ada', 'ben', 'chiara', 'dev'])
      expect((await team.act(person, 'launch', 'list_tasks')).status, person).to.equal(200);
    expect(await team.command('ben', 'launch', '/skein pod new')).to.contain('already is a pod');
    expect(await team.command('ben', 'launch', '/skein pods')).to.contain('launch');
  });

  it('is not made where Skein does not listen, and not of a direct message', async () => {
    expect(await team.command('ada', 'general', '/skein pod new')).to.contain('Invite me');
    expect(await team.command('ada', 'app', '/skein pod new')).to.contain('already is a pod of your own');
  });

  it('has the name that was asked for, with people and signs in it', async () => {
    await make('names');
    expect(await team.command('ada', 'names', '/skein pod new Bread &amp; Salt of <@U0BENOKAF1|ben>')).to.contain(
      'is a pod now',
    );
    expect(await team.command('ada', 'names', '/skein pods'))
      .to.contain('Bread &amp; Salt of @Ben Okafor')
      .and.not.to.contain('amp;amp;');
  });

  it('is offered when Skein is invited, and made once, however many click', async () => {
    await make('bakers', ['ben', 'chiara']);
    const { ts } = await invitation('bakers');
    const click = (as: string) =>
      team.post('/practice/click', { as, channel: 'bakers', ts, actionId: 'pod.make' }).catch(() => undefined);
    await Promise.all([click('ben'), click('chiara'), click('ben')]);
    await team.quiet();
    const [offer] = (await team.messages('bakers')).filter((message) => message.ts === ts);
    expect(offer?.text).to.contain('is a pod now');
    for (const person of ['ada', 'ben', 'chiara'])
      expect((await team.act(person, 'bakers', 'list_tasks')).status, person).to.equal(200);
    const { pods } = (await team.act<{ pods: { name: string }[] }>('ben', 'bakers', 'list_pods')).body;
    expect(pods.filter(({ name }) => name === 'bakers')).to.have.length(1);
    const made = (await team.messages('bakers')).filter(({ text }) => text.includes('is a pod now'));
    expect(made).to.have.length(1);
    expect((await team.act('dev', 'bakers', 'list_tasks')).status).not.to.equal(200);
  });

  it('is told to nobody who only looks into its channel', async () => {
    await team.post('/practice/channel', { as: 'ben', name: 'oven', members: ['chiara', 'skein'] });
    await team.quiet();
    const asks = async () => [
      await team.command('ada', 'oven', '/skein tasks'),
      await team.command('ada', 'oven', '/skein pod new Mine'),
    ];
    const before = await asks();
    expect(await team.command('ben', 'oven', '/skein pod new Oven')).to.contain('is a pod now');
    expect(await asks()).to.deep.equal(before);
    expect(before[1]).to.contain('You are not in this channel');
    expect(await team.command('chiara', 'oven', '/skein tasks')).to.contain('Oven');
  });

  it('is not made by who only looked in', async () => {
    await team.post('/practice/channel', { as: 'ben', name: 'kiln', members: ['chiara', 'skein'] });
    const { ts } = await invitation('kiln');
    await team.post('/practice/click', { as: 'ada', channel: 'kiln', ts, actionId: 'pod.make' });
    await team.quiet();
    expect((await team.act('ben', 'kiln', 'list_tasks')).status).not.to.equal(200);
    await team.post('/practice/click', { as: 'ben', channel: 'kiln', ts, actionId: 'pod.make' });
    await team.quiet();
    expect((await team.act('ben', 'kiln', 'list_tasks')).status).to.equal(200);
  });

  it('stays a channel when somebody declines, and can be made later', async () => {
    await make('quiet-room', ['ben']);
    const { ts } = await invitation('quiet-room');
    await team.post('/practice/click', { as: 'ben', channel: 'quiet-room', ts, actionId: 'pod.decline' });
    await team.quiet();
    const shown = await team.messages('quiet-room');
    expect(shown.find((message) => message.ts === ts)?.text).to.contain('Not now, then (Ben Okafor)');
    expect((await team.act('ben', 'quiet-room', 'list_tasks')).status).not.to.equal(200);
    await team.say('ben', 'quiet-room', '<@U0SKEINBT1> hello?');
    await team.until('quiet-room', '', (all) => all.some(({ ephemeral }) => ephemeral), 'ben');
    expect(await team.command('ben', 'quiet-room', '/skein pod new')).to.contain('is a pod now');
  });

  it('lets people in and out as they join, leave and are removed', async () => {
    await make('doors', ['ben']);
    await team.command('ada', 'doors', '/skein pod new');
    const reads = async (person: string) => (await team.act(person, 'doors', 'list_tasks')).status === 200;
    await team.post('/practice/invite', { as: 'chiara', channel: 'doors', who: 'chiara' });
    await team.when('Chiara is in', () => reads('chiara'));
    await team.post('/practice/kick', { as: 'ada', channel: 'doors', who: 'chiara' });
    await team.when('Chiara is out', async () => !(await reads('chiara')));
    await team.post('/practice/leave', { as: 'ben', channel: 'doors' });
    await team.when('Ben is out', async () => !(await reads('ben')));
    await team.post('/practice/invite', { as: 'ben', channel: 'doors', who: 'ben' });
    await team.when('Ben is in again', () => reads('ben'));
  });

  it('is in the end as Slack says, in whatever order the events come', async () => {
    const channel = channelNamed('doors');
    team.slack.workspace.tamper.reorder = 2;
    channels.join(team.slack.surfaces.workspace, channel, 'U0DEVPATE1');
    channels.leave(team.slack.surfaces.workspace, channelNamed('doors'), 'U0DEVPATE1');
    team.slack.workspace.tamper.reorder = 0;
    await team.quiet();
    expect((await team.act('dev', 'doors', 'list_tasks')).status).not.to.equal(200);
  });

  it('takes in what happened while Skein was down, each time', async () => {
    for (const round of [1, 2]) {
      await team.down();
      await team.post('/practice/kick', { as: 'ada', channel: 'doors', who: 'ben' });
      await team.post('/practice/invite', { as: 'ada', channel: 'doors', who: 'dev' });
      forgetEvents();
      await team.up();
      await team.quiet();
      expect((await team.act('ben', 'doors', 'list_tasks')).status, `round ${round}`).not.to.equal(200);
      expect((await team.act('dev', 'doors', 'list_tasks')).status, `round ${round}`).to.equal(200);
      await team.down();
      await team.post('/practice/kick', { as: 'ada', channel: 'doors', who: 'dev' });
      await team.post('/practice/invite', { as: 'ada', channel: 'doors', who: 'ben' });
      forgetEvents();
      await team.up();
      await team.quiet();
      expect((await team.act('ben', 'doors', 'list_tasks')).status, `round ${round}`).to.equal(200);
      expect((await team.act('dev', 'doors', 'list_tasks')).status, `round ${round}`).not.to.equal(200);
    }
  });

  /** As when Slack gave up sending them. */
  function forgetEvents(): void {
    const { state } = team.slack.workspace;
    team.slack.surfaces.workspace.commit(
      [...state.pending.keys()].map((id) => ({ kind: 'event-settled' as const, id, acked: false })),
    );
  }

  it('takes every pod from whoever is deactivated', async () => {
    await make('gone', ['dev']);
    await team.command('ada', 'gone', '/skein pod new');
    const user = { id: 'U0DEVPATE1', name: 'dev', real_name: 'Dev Patel', deleted: true, profile: {} };
    await team.inject({ type: 'user_change', user });
    await team.quiet();
    for (const pod of ['gone', 'launch'])
      expect((await team.act('dev', pod, 'list_tasks')).status, pod).not.to.equal(200);
    await team.inject({ type: 'user_change', user: { ...user, deleted: false } });
  });

  it('follows the channel when it is renamed, archived, woken, and when Skein is taken out and invited again', async () => {
    await make('moving', ['ben']);
    await team.command('ada', 'moving', '/skein pod new');
    const pods = (as = 'ada') => team.command(as, 'launch', '/skein pods');
    const { workspace } = team.slack.surfaces;
    channels.rename(workspace, channelNamed('moving'), 'moved', 'U0ADALIND1');
    await team.when('the new name', async () => (await pods()).includes('*moved*'));
    await team.post('/practice/kick', { as: 'ada', channel: 'moved', who: 'skein' });
    await team.when('at rest', async () => !(await pods()).includes('*moved*'));
    await team.post('/practice/invite', { as: 'ada', channel: 'moved', who: 'skein' });
    await team.when('awake', async () => (await pods()).includes('*moved*'));
    channels.archive(workspace, channelNamed('moved'), 'U0ADALIND1');
    await team.when('archived', async () => !(await pods()).includes('*moved*'));
    await team.inject({ type: 'channel_unarchive', channel: channelNamed('moved').id, user: 'U0ADALIND1' });
    await team.when('unarchived', async () => (await pods()).includes('*moved*'));
  });
});
