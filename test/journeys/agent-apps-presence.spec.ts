// An agent's own Slack app follows its agent: added to a pod, the agent's app comes into the channel, and leaves it with the
// agent. If Slack refuses that, whoever asked for it reads how to do it by hand.
import { expect } from 'chai';
import { aSlackTeam, type SlackTeam } from '../doors/slack/slack-team.ts';
import type { Seen } from './team.ts';

const LAUNCH = 'C0LAUNCH01';
const SCOPES = ['channels:manage', 'groups:write'];

describe('an agent’s own Slack app follows its agent', function () {
  this.timeout(90_000);
  let team: SlackTeam;
  let scribe = '';
  const invites: string[] = [];

  before(async () => {
    team = await aSlackTeam({}, undefined, ['scribe', 'scout']);
    scribe = [...team.slack.workspace.state.apps.values()].find(({ agent }) => agent === 'scribe')?.botUserId ?? '';
    await team.command('ada', 'launch', '/skein pod new');
    await team.quiet();
    team.slack.onChange((_notice, { kind, ...change }) => {
      if ((kind === 'joined' || kind === 'left') && (change as { user?: string }).user === scribe) invites.push(kind);
    });
  });
  after(() => team.stop());
  afterEach(async () => {
    invites.length = 0;
    await team.quiet();
    expect(await team.aside('inbox')).to.deep.equal([]);
    expect(await team.aside('outbox')).to.deep.equal([]);
  });

  const inChannel = () => team.slack.workspace.state.channels.get(LAUNCH)?.members.includes(scribe) ?? false;
  const inPod = async () => {
    const { body } = await team.act<{ members: { handle: string }[] }>('ada', 'launch', 'read_pod');
    return body.members.some(({ handle }) => handle === 'scribe');
  };
  const commits = async () => {
    const { body } = await team.act<{ history: { text: string }[] }>('ada', 'launch', 'pod_history', { limit: 100 });
    return body.history.flatMap(({ text }) => /(?:added|removed) Scribe/.exec(text)?.[0] ?? []);
  };
  const readsByHand = ({ text, blocks }: Seen) => /By hand it is/.test(text + JSON.stringify(blocks));

  it('comes into the channel with the agent, once, and speaks there', async () => {
    expect([inChannel(), await inPod()]).to.deep.equal([false, false]);
    await team.act('ada', 'launch', 'add_member', { who: 'scribe' });
    await team.when('the app in the channel', inChannel);
    await team.quiet();
    expect([invites, await commits()]).to.deep.equal([['joined'], ['added Scribe']]);
    const thread = await team.say('ben', 'launch', '@scribe what is open?');
    await team.until('launch', thread, (all) => all.some(({ user }) => user === scribe));
  });

  it('leaves it with the agent, once, and brings it back neither at once nor after a restart', async () => {
    await team.act('ada', 'launch', 'remove_member', { who: 'scribe' });
    await team.when('the app out of the channel', () => !inChannel());
    await team.quiet();
    await team.down();
    await team.up();
    await team.quiet();
    expect([inChannel(), await inPod(), invites]).to.deep.equal([false, false, ['left']]);
    expect(await commits()).to.have.length(2);
  });

  it('that a person invites in Slack brings its agent, and moves nothing itself', async () => {
    await team.post('/practice/invite', { as: 'ben', channel: 'launch', who: 'scribe' });
    await team.when('the agent in the pod', inPod);
    await team.quiet();
    await team.post('/practice/kick', { as: 'ada', channel: 'launch', who: 'scribe' });
    await team.when('the agent out of the pod', async () => !(await inPod()));
    await team.quiet();
    expect(invites).to.deep.equal(['joined', 'left']);
  });

  it('that Slack lets Skein neither invite nor remove is told of to whoever asked, with what they can do', async () => {
    const { app } = team.slack.workspace.state;
    const scopes = app.scopes;
    Object.assign(app, { scopes: scopes.filter((scope) => !SCOPES.includes(scope)) });
    await team.act('ben', 'launch', 'add_member', { who: 'scribe' });
    const [told] = (await team.until('app', '', (all) => all.some(readsByHand), 'ben')).filter(readsByHand);
    expect(told?.text).to.contain('/invite @Scribe').and.contain('channels:manage').and.contain('launch');
    expect(await team.messages('app', undefined, 'ada')).to.deep.equal([]);
    const thread = await team.say('ben', 'launch', '@scribe what is open?');
    const answer = await team.answer('launch', thread, 'Scribe');
    expect(answer.user).not.to.equal(scribe);
    // By hand, as the words say.
    await team.post('/practice/invite', { as: 'ben', channel: 'launch', who: 'scribe' });
    await team.quiet();
    await team.act('ada', 'launch', 'remove_member', { who: 'scribe' });
    const [more] = (await team.until('app', '', (all) => all.some(readsByHand), 'ada')).filter(readsByHand);
    expect(more?.text).to.contain('/remove @Scribe');
    await team.down();
    await team.up();
    await team.quiet();
    expect([inChannel(), await inPod()], 'its app does not bring it back').to.deep.equal([true, false]);
    await team.post('/practice/kick', { as: 'ada', channel: 'launch', who: 'scribe' });
    await team.quiet();
    await team.post('/practice/invite', { as: 'ada', channel: 'launch', who: 'scribe' });
    await team.when('the agent back in the pod', inPod);
    Object.assign(app, { scopes });
  });
});
