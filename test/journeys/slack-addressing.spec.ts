// An agent that works for owners only: the others read in the thread whom to ask.
import { expect } from 'chai';
import { aSlackTeam, type SlackTeam } from '../doors/slack/slack-team.ts';

describe('an agent that owners alone may address', () => {
  let team: SlackTeam;
  before(async () => {
    team = await aSlackTeam();
    await team.command('ben', 'launch', '/skein pod new');
    const { status } = await team.act('ada', 'org', 'update_agent', { agent: 'scribe', addressable_by: ['owners'] });
    expect(status).to.equal(200);
  });
  after(() => team.stop());

  it('tells a member once whom to ask, and works for an owner', async () => {
    const thread = await team.say('chiara', 'launch', '@scribe what is open here?');
    const refused = await team.answer('launch', thread, 'Scribe');
    expect(refused.text).to.equal('I take work only from owners, so I leave this. Ask Ben Okafor.');
    await team.say('chiara', 'launch', '@scribe please', thread);
    await team.quiet();
    expect((await team.messages('launch', thread)).filter(({ username }) => username === 'Scribe')).to.have.length(1);
    await team.say('ben', 'launch', '@scribe what is open here?', thread);
    expect((await team.answer('launch', thread, 'Scribe', 2)).text).not.to.contain('I take work only');
  });

  it('works for nobody else in a direct message of their own', async () => {
    const ts = await team.say('dev', 'dm:scribe', 'hello').catch(() => team.say('dev', 'app', '@scribe hello'));
    const seen = await team.when('the answer', async () =>
      (await team.messages('app', ts, 'dev')).find(({ username }) => username === 'Scribe'),
    );
    expect(seen.text).to.contain('I take work only from owners');
  });
});
