// Agents that are Slack users of their own, beside the main app and agents that have none.
import { expect } from 'chai';
import { aTeam, type Seen, type Team } from './team.ts';

const LAUNCH = 'C0LAUNCH01';

interface State {
  agents: { handle: string; name: string; user?: string }[];
  app: { id: string };
}

describe('agents with Slack apps of their own', () => {
  let team: Team;
  let users: Record<string, string>;
  before(async () => {
    team = await aTeam({ SLACK_SCRIBE_BOT_TOKEN: 'practice', SLACK_SCOUT_BOT_TOKEN: 'practice' });
    const { agents, app } = await team.get<State>('/practice/state');
    users = { main: app.id, ...Object.fromEntries(agents.map(({ handle, user }) => [handle, user ?? ''])) };
    for (const who of ['scribe', 'scout']) await team.post('/practice/invite', { as: 'ada', channel: LAUNCH, who });
    await team.quiet();
  });
  after(() => team.stop());

  const by = (messages: Seen[], who: string) => messages.filter(({ user }) => user === users[who]);

  it('are Slack users, and the others are not', () => {
    expect(users.scribe).to.match(/^U/);
    expect(users.scout).to.match(/^U/).and.not.equal(users.scribe);
    expect(users.pilot).to.equal('');
  });

  it('answer a mention of their own as themselves, once, though three apps saw it', async () => {
    const thread = await team.say('ben', LAUNCH, '@scribe what is open?');
    const seen = await team.until(LAUNCH, thread, (messages) => by(messages, 'scribe').length > 0);
    expect(seen[0]?.text).to.contain(`<@${users.scribe}>`);
    await team.quiet();
    const after = await team.messages(LAUNCH, thread);
    expect(by(after, 'scribe')).to.have.length(1);
    expect(by(after, 'scout')).to.have.length(0);
    expect(by(after, 'main')).to.have.length(0);
    expect(by(after, 'scribe')[0]?.username).to.equal('Scribe');
  });

  it('leave a thread alone that is for another of them, or for one without an app', async () => {
    const thread = await team.say('ben', LAUNCH, '@scout what do we know about rye?');
    await team.until(LAUNCH, thread, (messages) => by(messages, 'scout').length > 0);
    await team.say('ada', LAUNCH, '@pilot who has the price?', thread);
    const seen = await team.until(LAUNCH, thread, (messages) => by(messages, 'main').length > 0);
    expect(by(seen, 'main')[0]?.username).to.equal('Pilot');
    await team.quiet();
    const after = await team.messages(LAUNCH, thread);
    expect([by(after, 'scout').length, by(after, 'scribe').length, by(after, 'main').length]).to.deep.equal([1, 0, 1]);
  });

  it('have direct messages of their own', async () => {
    const thread = await team.say('ben', 'dm:scribe', 'What is open for me?');
    const seen = await team.until('dm:scribe', thread, (messages) => by(messages, 'scribe').length > 0, 'ben');
    expect(by(seen, 'scribe')[0]?.thread_ts).to.equal(thread);
    await team.quiet();
    expect(await team.messages('app', undefined, 'ben')).to.deep.equal([]);
  });

  it('come into a pod with their app, and leave with it', async () => {
    await team.post('/practice/kick', { as: 'ada', channel: LAUNCH, who: 'scout' });
    await team.quiet();
    const thread = await team.say('ben', LAUNCH, '@scout are you there?');
    const seen = await team.until(LAUNCH, thread, (messages) => messages.length > 1);
    expect(JSON.stringify(seen.at(-1)?.blocks)).to.match(/scout/i);
    expect(by(seen, 'scout')).to.have.length(0);
    await team.post('/practice/invite', { as: 'ada', channel: LAUNCH, who: 'scout' });
    await team.quiet();
    const again = await team.say('ben', LAUNCH, '@scout and now?');
    await team.until(LAUNCH, again, (messages) => by(messages, 'scout').length > 0);
  });

  it('speak through the main app once Slack has taken their token', async () => {
    await team.post('/practice/revoke', { agent: 'scribe' });
    const thread = await team.say('ben', LAUNCH, '@scribe sum up, please');
    const seen = await team.until(LAUNCH, thread, (messages) => by(messages, 'main').length > 0);
    expect(by(seen, 'main')[0]?.username).to.equal('Scribe');
    expect(by(seen, 'scout')).to.have.length(0);
  });
});
