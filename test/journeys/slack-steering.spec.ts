// What people say while an agent works, in Slack: it is heard before the next effect, whoever it names.
import { expect } from 'chai';
import { aSlackTeam, type SlackTeam } from '../doors/slack/slack-team.ts';
import { aModelFront, type ModelFront } from './model-front.ts';

describe('what is said while an agent works, in Slack', () => {
  let team: SlackTeam;
  let model: ModelFront;
  before(async () => {
    model = await aModelFront();
    team = await aSlackTeam(model.settings);
    await team.command('ada', 'launch', '/skein pod new');
  });
  after(async () => {
    await team.stop();
    await model.stop();
  });
  afterEach(async () => {
    model.atRequest = async () => 'pass';
    await team.quiet();
    expect(await team.aside('outbox')).to.deep.equal([]);
  });

  /** The titles of the tasks with this word. */
  async function tasks(word: string): Promise<string[]> {
    const { body } = await team.act<{ tasks: { title: string }[] }>('ada', 'launch', 'list_tasks', { state: 'all' });
    return body.tasks.map(({ title }) => title).filter((title) => title.toLowerCase().includes(word));
  }

  type Marked = { reactions?: { name: string }[] };
  const marks = async (ts: string) =>
    ((await team.messages('launch', ts)) as Marked[]).map(({ reactions = [] }) => reactions.map(({ name }) => name));
  /** Waits until so many messages of the thread have a mark. It stands on each that the agent will hear, once the log has it. */
  const marked = (ts: string, count: number) =>
    team.when(`${count} marked`, async () => {
      const all = await marks(ts);
      return all.length === count && all.every((one) => one.length > 0);
    });

  it('holds back what was about to be done, though it names nobody, and the agent leaves that', async () => {
    const held = model.hold();
    const ts = await team.say('ada', 'launch', '@scribe add a task: paint the sign brown');
    await held.asked;
    await team.say('ben', 'launch', 'no, green', ts);
    await marked(ts, 2);
    held.pass();
    const answer = await team.answer('launch', ts, 'Scribe');
    expect(await tasks('sign')).to.deep.equal([]);
    expect(answer.text).to.include('left it');
    const [, second = ''] = model.bodies.slice(-2).map((body) => body.slice(-4000));
    expect(second).to.include('because Ben Okafor wrote here first').and.to.include('no, green');
  });

  it('lets it go ahead where it still fits, without the whole call once more', async () => {
    const held = model.hold();
    const ts = await team.say('ada', 'launch', '@scribe add a task: order the oak boards');
    await held.asked;
    await team.say('ben', 'launch', 'good idea, thanks', ts);
    await marked(ts, 2);
    held.pass();
    await team.answer('launch', ts, 'Scribe');
    expect(await tasks('oak boards')).to.have.length(1);
    expect(model.bodies.at(-1)).to.include('go_ahead');
  });

  it('is heard by one run, all in its order, where ten messages come within two seconds', async () => {
    const before = model.bodies.length;
    const held = model.hold();
    const ts = await team.say('ada', 'launch', '@scribe what is open here? part 0');
    for (let n = 1; n < 5; n++) await team.say(n % 2 ? 'ben' : 'ada', 'launch', `part ${n}`, ts);
    await held.asked;
    for (let n = 5; n < 10; n++) await team.say(n % 2 ? 'ben' : 'ada', 'launch', `@scribe part ${n}`, ts);
    await marked(ts, 10);
    held.pass();
    await team.answer('launch', ts, 'Scribe');
    await team.quiet();
    const last = model.bodies.at(-1) ?? '';
    const heard = [...last.matchAll(/part (\d)/g)].map(([, n]) => n);
    expect([...new Set(heard)].join('')).to.equal('0123456789');
    expect(model.bodies.length - before).to.be.at.most(3);
    const { body } = await team.act<{ runs: { conversation: string }[] }>('ada', 'launch', 'list_runs', { limit: 50 });
    const [newest] = body.runs;
    expect(body.runs.filter(({ conversation }) => conversation === newest?.conversation)).to.have.length(1);
    await team.when(
      '✅ alone on all ten',
      async () => [...new Set((await marks(ts)).flat())].join() === 'white_check_mark',
    );
  });

  it('holds nothing back where it names only others', async () => {
    const before = model.bodies.length;
    const held = model.hold();
    const ts = await team.say('ada', 'launch', '@scribe add a task: sweep the yard');
    await held.asked;
    await team.say('ben', 'launch', '@chiara are you in on Friday?', ts);
    await team.when('Ben’s words', async () => (await team.messages('launch', ts)).length === 2);
    held.pass();
    await team.answer('launch', ts, 'Scribe');
    expect(await tasks('sweep the yard')).to.have.length(1);
    expect(model.bodies.slice(before).some((body) => body.includes('not done, because'))).to.equal(false);
  });
});
