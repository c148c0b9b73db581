// Somebody wants the result only, in Slack: the agent asks nobody, and the card of the task says what it assumed.
import { expect } from 'chai';
import { aSlackTeam, type SlackTeam } from '../doors/slack/slack-team.ts';
import { middayClock } from './midday.ts';

const MINUTE_MS = 60_000;

describe('somebody who wants the result only, in Slack', function () {
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

  const title = 'Ask Ben: which flour do we order, rye or wheat?';
  /** A task that Ada gives to Scribe. Returns the ts of its card. */
  async function given(level: string): Promise<string> {
    ahead += 3 * MINUTE_MS;
    const { body } = await team.act<{ task: { number: number } }>('ada', 'launch', 'create_task', { title });
    const number = `#${body.task.number}`;
    expect(await team.command('ada', 'launch', `/skein follow ${number} ${level}`)).to.contain(number);
    await team.act('ada', 'launch', 'assign_task', { task: number, assignee: 'scribe' });
    const card = await team.when(`the card of ${number}`, async () =>
      (await team.messages('launch')).find(
        ({ text, thread_ts, ts }) => text.includes(number) && (thread_ts ?? ts) === ts,
      ),
    );
    return card.ts;
  }

  it('gets no question and no post before the result; its card says what was assumed', async () => {
    expect(await team.command('ada', 'launch', '/skein follow only when it’s done')).to.contain(
      'ask you nothing before',
    );
    const root = await given('only when it’s done');
    const answer = await team.answer('launch', root, 'Scribe', 1);
    expect(answer.text).to.match(/^Done: #\d+\. Nobody was to be asked, so I took: Rye\./);
    await team.quiet();
    const [card, ...thread] = await team.messages('launch', root);
    expect(thread.map(({ username }) => username)).to.deep.equal(['Scribe']);
    expect(JSON.stringify(card?.blocks)).to.contain('Assumed: Which flour do we order, rye or wheat? Rye.');
    const { body } = await team.act<{ questions: unknown[] }>('ada', 'launch', 'list_questions');
    expect(body.questions).to.deep.equal([]);
  });

  it('is asked again once the dial is turned', async () => {
    const root = await given('digest');
    const all = await team.until('launch', root, (seen) =>
      seen.some(({ username, text }) => username === 'Scribe' && text.includes('rye or wheat?')),
    );
    await team.quiet();
    expect(all.some(({ username, text }) => username === 'Scribe' && text.includes('rye or wheat?'))).to.equal(true);
  });
});
