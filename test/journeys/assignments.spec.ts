// Tasks that are given to agents: they begin by themselves, and answer in the task's thread.
import { expect } from 'chai';
import { aSlackTeam, type SlackTeam } from '../doors/slack/slack-team.ts';
import { middayClock } from './midday.ts';

const MINUTE_MS = 60_000;

describe('a task that is given to an agent in Slack', function () {
  this.timeout(60_000);
  let team: SlackTeam;
  let ahead = 0;
  before(async () => {
    const midday = middayClock();
    team = await aSlackTeam({}, () => midday() + ahead);
    await team.command('ada', 'launch', '/skein pod new');
  });
  after(() => team.stop());
  afterEach(async () => {
    await team.quiet();
    expect(await team.aside('inbox')).to.deep.equal([]);
    expect(await team.aside('outbox')).to.deep.equal([]);
  });

  const lineFor = (number: string) =>
    team.when(`the line about ${number}`, async () =>
      (await team.messages('launch')).find(
        ({ text, thread_ts, ts }) => text.includes(number) && (thread_ts ?? ts) === ts,
      ),
    );

  it('is begun, and its answer stands in a thread of its own', async () => {
    await team.act('ada', 'launch', 'create_task', { title: 'Summarise what we agreed on' });
    await team.command('ada', 'launch', '/skein do assign_task --task #1 --assignee scribe');
    const line = await lineFor('#1');
    expect(line.text).to.equal('Ada Lindqvist gave #1 “Summarise what we agreed on” to @scribe.');
    expect(line.username).not.to.equal('Scribe');
    const answer = await team.answer('launch', line.ts, 'Scribe');
    expect(answer.text).to.contain('#1 is in progress');
    const { body } = await team.act<{ tasks: { state: string }[] }>('ada', 'launch', 'list_tasks');
    expect(body.tasks[0]?.state).to.equal('started');
  });

  it('is gone on with where somebody answers in that thread, without naming anybody', async () => {
    const line = await lineFor('#1');
    await team.say('ada', 'launch', '#1 is done', line.ts);
    expect((await team.answer('launch', line.ts, 'Scribe', 2)).text).to.contain('Done: #1');
  });

  it('is told to the next agent when it is given on, and the first one is left alone', async () => {
    // What is given later than two minutes after another task is a post of its own.
    ahead += 2 * MINUTE_MS;
    await team.act('ada', 'launch', 'create_task', { title: 'Find the old price list', assignee: 'scribe' });
    const line = await lineFor('#2');
    await team.answer('launch', line.ts, 'Scribe');
    await team.quiet();
    await team.act('ben', 'launch', 'assign_task', { task: '#2', assignee: 'scout' });
    await team.answer('launch', line.ts, 'Scout');
    await team.quiet();
    const thread = await team.messages('launch', line.ts);
    expect(thread.filter(({ username }) => username === 'Scribe')).to.have.length(1);
    expect(thread.map(({ text }) => text)).to.include(
      'Ben Okafor gave #2 “Find the old price list” to @scout. Scribe had it before.',
    );
  });

  it('begins in the thread where an agent gives it to another', async () => {
    const thread = await team.say('ada', 'launch', '@scribe add a task for @scout to list the suppliers');
    await team.answer('launch', thread, 'Scribe');
    const answer = await team.answer('launch', thread, 'Scout');
    expect(answer.text).to.contain('#3');
  });

  it('may be called where it is not: a button brings it in, and it answers what was written', async () => {
    const ledger = {
      handle: 'ledger',
      name: 'Ledger',
      purpose: 'Keeps accounts.',
      instructions: 'Be exact.',
      tools: ['list_tasks'],
    };
    expect((await team.act('ada', 'org', 'create_agent', ledger)).status).to.equal(200);
    const thread = await team.say('ben', 'launch', '@ledger what is open?');
    const seen = await team.until('launch', thread, (all) => all.some(({ text }) => text.includes('not in this pod')));
    await team.quiet();
    expect((await team.messages('launch', thread)).length, 'nobody answers in its place').to.equal(2);
    const offer = seen.find(({ text }) => text.includes('not in this pod'));
    const button = JSON.stringify(offer?.blocks).match(/"action_id":"(agent\.bring-in\.0)".*?"value":"([^"]+)"/) ?? [];
    expect(JSON.stringify(offer?.blocks)).to.contain('Add ledger');
    const [, actionId, value] = button;
    await team.post('/practice/click', { as: 'ada', channel: 'launch', ts: offer?.ts, actionId, value });
    expect((await team.answer('launch', thread, 'Ledger')).text).to.contain('open tasks');
    const after = await team.messages('launch', thread);
    expect(after.map(({ text }) => text)).to.include('Ada Lindqvist added Ledger to this pod.');
    await team.quiet();
    const gone = (await team.messages('launch', thread)).find(({ ts }) => ts === offer?.ts);
    expect(JSON.stringify(gone?.blocks)).not.to.contain('bring-in');
  });
});
