// The main job: mention an agent in a thread and read its answer there.
import { expect } from 'chai';
import { aTeam, type Team } from './team.ts';

describe('a mention in a thread', () => {
  let team: Team;
  before(async () => {
    team = await aTeam();
  });
  after(() => team.stop());

  it('is answered in that thread under the agent’s own name', async () => {
    const ts = await team.say('ada', 'launch', '@scribe what is open here?');
    const answer = await team.answer('launch', ts, 'Scribe');
    expect(answer.thread_ts).to.equal(ts);
    expect(answer.text).to.contain('Order 400 boxes').and.to.contain('Stand-in model');
  });

  it('makes a task for another member, whom /skein tasks shows', async () => {
    const ts = await team.say('ada', 'launch', '@scribe please add a task for Ben to call the mill by Friday');
    const answer = await team.answer('launch', ts, 'Scribe');
    expect(answer.text).to.match(/#\d+/);
    const tasks = await team.command('chiara', 'launch', '/skein tasks @ben');
    expect(tasks)
      .to.match(/call the mill/i)
      .and.to.contain('Ben Okafor');
    expect(tasks).not.to.contain('Design the box');
  });

  it('gives one answer to the same event delivered three times', async () => {
    const ts = await team.say('ben', 'launch', '@scout what do we know about the mill?');
    await team.answer('launch', ts, 'Scout');
    await team.post('/practice/redeliver', { channel: 'launch', ts, times: 2 });
    await team.quiet();
    const thread = await team.messages('launch', ts);
    const answers = thread.filter((message) => message.username === 'Scout').map((message) => message.text);
    expect(answers, answers.join('\n---\n')).to.have.length(1);
  });

  it('needs no second mention in a thread the agent takes part in', async () => {
    const ts = await team.say('ada', 'launch', '@scribe hello');
    await team.answer('launch', ts, 'Scribe');
    await team.say('ada', 'launch', 'which tasks does Ben have?', ts);
    const second = await team.answer('launch', ts, 'Scribe', 2);
    expect(second.text).to.contain('400 boxes');
  });

  it('leaves people alone who address each other, and quotes and code address nobody', async () => {
    const ts = await team.say('ada', 'launch', '@scribe hello');
    await team.answer('launch', ts, 'Scribe');
    await team.say('ada', 'launch', '@ben what do you think?', ts);
    await team.say('ben', 'launch', 'I think yes.', ts);
    await team.say('chiara', 'launch', '> @scribe said hello\n`@scout run`', ts);
    await team.quiet();
    const thread = await team.messages('launch', ts);
    expect(thread.filter(({ username }) => ['Scribe', 'Scout', 'Pilot'].includes(username))).to.have.length(1);
  });

  it('means the default agent when only Skein is mentioned', async () => {
    const ts = await team.say('dev', 'launch', '<@U0SKEINBT1> who is here?');
    const answer = await team.answer('launch', ts, 'Pilot');
    expect(answer.text).to.contain('Chiara Rossi');
  });

  it('makes @name in an answer a real mention, and one of everybody none', async () => {
    const ts = await team.say(
      'ada',
      'launch',
      '@scribe add a task for Dev Patel: ask @chiara and @channel about the oven',
    );
    const answer = await team.answer('launch', ts, 'Scribe');
    const shown = `${answer.text} ${JSON.stringify(answer.blocks)}`;
    expect(answer.text).to.match(/ask <@U0CHIARAR1> and/i);
    expect(JSON.stringify(answer.blocks)).to.match(/ask <@U0CHIARAR1> and/i);
    expect(shown).not.to.match(/<!|@channel/);
  });

  it('is heard in a direct message, where no mention is needed and all the person’s pods are read', async () => {
    await team.post('/practice/channel', { as: 'ben', name: 'mill', members: ['skein'] });
    expect(await team.command('ben', 'mill', '/skein pod new')).to.contain('is a pod now');
    const at = { as: 'ben', pod: 'mill', action: 'create_task', input: { title: 'Count the sacks', assignee: 'ben' } };
    await team.post('/practice/act', at);
    const ts = await team.say('ben', 'dm:scribe', 'what tasks do I have?');
    const messages = await team.until(
      'dm:scribe',
      ts,
      (all) => all.some(({ username }) => username === 'Scribe'),
      'ben',
    );
    expect(messages.at(-1)?.thread_ts).to.equal(ts);
    expect(messages.at(-1)?.text)
      .to.contain('Order 400 boxes')
      .and.to.contain('Count the sacks')
      .and.not.to.contain('Design the box');
  });

  it('is stopped by a word in the thread', async () => {
    const ts = await team.say('ada', 'launch', '@scribe hello');
    await team.answer('launch', ts, 'Scribe');
    await team.say('ada', 'launch', '@scribe stop', ts);
    const said = await team.until(
      'launch',
      ts,
      (all) => all.filter(({ username }) => username === 'Scribe').length > 1,
    );
    expect(said.at(-1)?.text).to.match(/stopped|not working/);
  });

  it('stands on the log with who did it, for whom and through which door', async () => {
    const ts = await team.say('ben', 'launch', '@scribe please add a task for Chiara to weigh the dough');
    await team.answer('launch', ts, 'Scribe');
    await team.quiet();
    const { history } = await team.post<{ history: { who: string; for?: string; via: string; did: string }[] }>(
      '/practice/act',
      { as: 'ada', pod: 'launch', action: 'pod_history' },
    );
    const about = history.filter(({ did }) => /weigh the dough/i.test(did));
    expect(about.map(({ who, for: whom, via }) => ({ who, whom, via }))).to.deep.equal([
      { who: 'Ben Okafor', whom: undefined, via: 'slack' },
      { who: 'Scribe', whom: 'Ben Okafor', via: 'model' },
      { who: 'Scribe', whom: 'Ben Okafor', via: 'model' },
    ]);
    expect(about.map(({ did }) => did.split(' ')[0])).to.deep.equal(['wrote', 'created', 'wrote']);
  });

  it('leaves no error and no delivery aside in any of this', async () => {
    await team.quiet();
    expect(team.lines.filter((line) => / error /.test(line))).to.deep.equal([]);
    expect(team.lines.filter((line) => /set aside/.test(line))).to.deep.equal([]);
  });
});
