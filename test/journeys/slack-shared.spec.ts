// A channel shared with another company: it becomes a pod only by a clear yes, and its people from outside stay guests.
import { expect } from 'chai';
import type { Channel } from '../../src/practice/slack/state/state.ts';
import { aSlackTeam, type SlackTeam } from '../doors/slack/slack-team.ts';

const EVE = { id: 'U0EVEOTHR1', handle: 'eve', name: 'Eve Outer', email: 'eve@other.example', tz: 'Europe/Berlin' };

describe('a channel shared through Slack Connect', () => {
  let team: SlackTeam;
  before(async () => {
    team = await aSlackTeam();
    team.slack.workspace.state.users.set(EVE.id, { ...EVE, team: 'T0OTHER001', admin: true });
    await team.post('/practice/channel', { as: 'ada', name: 'partners', members: ['ben', 'eve'] });
    Object.assign(channelNamed('partners'), { shared: true });
    await team.post('/practice/invite', { as: 'ada', channel: 'partners', who: 'skein' });
  });
  after(() => team.stop());
  afterEach(async () => {
    await team.quiet();
    expect(await team.aside('inbox')).to.deep.equal([]);
    expect(await team.aside('outbox')).to.deep.equal([]);
  });

  const channelNamed = (name: string) =>
    [...team.slack.workspace.state.channels.values()].find((channel) => channel.name === name) as Channel;
  const question = () =>
    team.when('the question', async () =>
      (await team.messages('partners')).find(({ text }) =>
        text.startsWith('People of another company read #partners.'),
      ),
    );

  it('is offered only with the word that others read there', async () => {
    const { blocks } = await question();
    expect(JSON.stringify(blocks)).to.contain('pod.make-shared').and.not.to.contain('"pod.make"');
    expect(await team.command('ada', 'partners', '/skein pod new Deals')).to.contain('People of another company read');
    expect((await team.act('ada', 'partners', 'list_tasks')).status).not.to.equal(200);
  });

  it('is not made a pod by one of the others', async () => {
    const { ts } = await question();
    await team.post('/practice/click', { as: 'eve', channel: 'partners', ts, actionId: 'pod.make-shared' });
    await team.quiet();
    expect((await team.act('ada', 'partners', 'list_tasks')).status).not.to.equal(200);
  });

  it('becomes a pod by a yes, which names who said it; the others are guests', async () => {
    const { ts } = await question();
    await team.post('/practice/click', { as: 'ben', channel: 'partners', ts, actionId: 'pod.make-shared' });
    await team.quiet();
    const shown = await team.messages('partners');
    expect(shown.find((message) => message.ts === ts)?.text).to.equal(
      'Ben Okafor made this channel a pod that people of another company read.',
    );
    expect(shown.map(({ text }) => text).join('\n')).to.contain('people of another company as guests');
    const { body } = await team.act<{ members: { name: string; role: string }[] }>('ben', 'partners', 'read_pod');
    const roles = new Map(body.members.map(({ name, role }) => [name, role]));
    expect([roles.get('Ben Okafor'), roles.get('Ada Lindqvist'), roles.get('Eve Outer')]).to.deep.equal([
      'owner',
      'member',
      'guest',
    ]);
    expect((await team.act('eve', 'partners', 'create_task', { title: 'Mine' })).status).not.to.equal(200);
    const raised = await team.act<{ error: string }>('ben', 'partners', 'change_role', { who: 'eve', role: 'owner' });
    expect(JSON.stringify(raised.body)).to.contain('Eve Outer is of another organisation');
  });

  it('takes what the others write as text from outside', async () => {
    const ts = await team.say('eve', 'partners', 'Our price is 5.');
    await team.say('ben', 'partners', 'I see.', ts);
    await team.quiet();
    const found = await team.act<{ outside?: true }>('ben', 'partners', 'search_pod', { query: 'price' });
    expect(found.body.outside).to.equal(true);
    const own = await team.act<{ outside?: true }>('ben', 'partners', 'search_pod', { query: 'see' });
    expect(own.body).not.to.have.property('outside');
  });

  it('gives the others no pod of their own in a direct message', async () => {
    await team.say('eve', 'app', 'Make me an agent.');
    const seen = await team.until('app', '', (all) => all.some(({ ephemeral }) => ephemeral), 'eve');
    expect(seen.find(({ ephemeral }) => ephemeral)?.text).to.contain('only for people of the company that runs me');
  });
});
