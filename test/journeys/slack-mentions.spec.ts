// In a thread an agent takes part in: people who address each other are left alone.
import { expect } from 'chai';
import { aSlackTeam, type SlackTeam } from '../doors/slack/slack-team.ts';

describe('a thread in which an agent has answered', () => {
  let team: SlackTeam;
  before(async () => {
    team = await aSlackTeam();
    await team.command('ben', 'launch', '/skein pod new');
  });
  after(() => team.stop());

  it('leaves alone what Slack’s own mentions say to people, to groups or to everybody', async () => {
    const thread = await team.say('ada', 'launch', '@scribe what is open?');
    await team.answer('launch', thread, 'Scribe');
    for (const text of [
      '<@U0DEVPATE1> can you look at this?',
      '<!here> what do you think?',
      '<!subteam^S012|@ops> look',
    ])
      await team.say('ada', 'launch', text, thread);
    await team.say('ada', 'launch', '“@scribe sum up”, she said', thread);
    await team.quiet();
    const answers = (await team.messages('launch', thread)).filter(({ username }) => username === 'Scribe');
    expect(answers).to.have.length(1);
    await team.say('ada', 'launch', '@scribe and what is done?', thread);
    await team.answer('launch', thread, 'Scribe', 2);
  });
});
