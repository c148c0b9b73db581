// An agent's own Slack app whose token Slack takes away in mid-work: who hears of it and with which words, what becomes of
// its direct messages, and what stands there once it works again.
import { expect } from 'chai';
import { aTeam, type Seen, type Team } from './team.ts';

const LAUNCH = 'C0LAUNCH01';
/** Over a weekend, whatever day it is: everybody has working hours within it. */
const DAYS = 4 * 86_400;

describe('an agent whose own Slack app is lost', function () {
  this.timeout(90_000);
  let team: Team;
  before(async () => {
    team = await aTeam({ SLACK_SCRIBE_BOT_TOKEN: 'practice' });
    // Over days the digest would tell it first.
    for (const who of ['ada', 'ben']) await team.command(who, LAUNCH, '/skein digest stop');
    await team.post('/practice/invite', { as: 'ada', channel: LAUNCH, who: 'scribe' });
    const thread = await team.say('ben', 'dm:scribe', 'What is open for me?');
    await team.until('dm:scribe', thread, (all) => all.length > 1, 'ben');
    await team.quiet();
    await team.post('/practice/revoke', { agent: 'scribe' });
  });
  after(() => team.stop());

  const told = ({ text }: Seen) => text.includes('Slack refuses the token');
  const inDm = (as: string) => team.messages('app', undefined, as);

  it('answers in a direct message through the main app, which says why it is there', async () => {
    await team.say('ben', 'dm:scribe', 'And what is due this week?');
    const [answer] = (
      await team.until('app', '', (all) => all.some(({ username }) => username === 'Scribe'), 'ben')
    ).filter(({ username }) => username === 'Scribe');
    expect(JSON.stringify(answer?.blocks[0])).to.contain('This belongs into your direct message with Scribe');
    expect(JSON.stringify(answer?.blocks[0])).to.contain('@scribe');
    await team.quiet();
    expect((await inDm('ben')).filter(({ username }) => username === 'Scribe')).to.have.length(1);
  });

  it('is told to whoever has to mend it, once, with the setting that is wrong', async () => {
    for (const n of [1, 2]) {
      const thread = await team.say('ben', LAUNCH, `@scribe sum up, please (${n})`);
      await team.until(LAUNCH, thread, (all) => all.some(({ username }) => username === 'Scribe'));
    }
    await team.quiet();
    await team.post('/practice/clock', { advance: DAYS });
    const notice = (await team.until('app', '', (all) => all.some(told), 'ada')).find(told);
    expect(notice?.text).to.contain('Scribe').and.contain('SLACK_SCRIBE_BOT_TOKEN').and.contain('main app');
    await team.post('/practice/clock', { advance: DAYS });
    await team.quiet();
    expect((await inDm('ada')).filter(told)).to.have.length(1);
    expect((await inDm('ben')).filter(told)).to.deep.equal([]);
    expect(await team.command('ada', LAUNCH, '/skein waiting')).to.contain(
      'Slack refuses the token of *Scribe*’s own app: set another',
    );
  });

  it('waits for nobody any more once its app works again', async () => {
    await team.restart();
    await team.quiet();
    await team.until('app', '', (all) => !all.some(told) && all.some(({ text }) => text.includes('Settled in')), 'ada');
    expect(await team.command('ada', LAUNCH, '/skein waiting')).not.to.contain('own app');
    const thread = await team.say('ben', LAUNCH, '@scribe are you back?');
    const seen = await team.until(LAUNCH, thread, (all) => all.length > 1);
    expect(seen[1]?.user).to.equal(
      (await team.get<{ agents: { handle: string; user?: string }[] }>('/practice/state')).agents.find(
        ({ handle }) => handle === 'scribe',
      )?.user,
    );
  });
});
