// The mark on a person's message in Slack: it comes at once, changes with the work, and is no message.
import { expect } from 'chai';
import { aSlackTeam, type SlackTeam } from '../doors/slack/slack-team.ts';
import { aModelFront, type ModelFront } from './model-front.ts';
import type { Seen } from './team.ts';

type Marked = Seen & { reactions?: { name: string; users: string[] }[] };

describe('the mark on a message in Slack', () => {
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
    team.slack.workspace.faults.clear();
    await team.quiet();
    expect(await team.aside('outbox')).to.deep.equal([]);
  });

  async function marksOn(ts: string, thread = ts): Promise<string[]> {
    const all = (await team.messages('launch', thread)) as Marked[];
    return (all.find((one) => one.ts === ts)?.reactions ?? []).map(({ name }) => name);
  }
  const shows = (ts: string, mark: string, thread = ts) =>
    team.when(`${mark} on ${ts}`, async () => (await marksOn(ts, thread)).join() === mark);

  it('is 👀 while the agent has it, and ✅ once the answer stands', async () => {
    const held = model.hold();
    const ts = await team.say('ada', 'launch', '@scribe what is open here?');
    await shows(ts, 'eyes');
    held.pass();
    await team.answer('launch', ts, 'Scribe');
    await shows(ts, 'white_check_mark');
    const all = await team.messages('launch', ts);
    expect(all.map(({ username }) => username)).to.deep.equal(['Ada Lindqvist', 'Scribe']);
  });

  it('of a message in mid-work is ⏳ until a turn has taken it in', async () => {
    const first = model.hold();
    const ts = await team.say('ada', 'launch', '@scribe add a task: call the mill');
    await first.asked;
    const more = await team.say('ben', 'launch', '@scribe what is open here?', ts);
    await shows(more, 'hourglass_flowing_sand', ts);
    const second = model.hold();
    first.pass();
    await second.asked;
    await shows(more, 'eyes', ts);
    expect(await marksOn(ts)).to.deep.equal(['eyes']);
    second.pass();
    await shows(more, 'white_check_mark', ts);
    await shows(ts, 'white_check_mark');
  });

  it('is ❓ while a question is open; a person’s reaction answers nothing', async () => {
    const ts = await team.say('ada', 'launch', '@pilot ask Ben: which flour do we order, rye or wheat?');
    await shows(ts, 'question');
    const question = await team.when('the question', async () =>
      (await team.messages('launch', ts)).find(({ username, text }) => username === 'Pilot' && /flour/.test(text)),
    );
    for (const name of ['+1', 'white_check_mark'])
      await team.post('/practice/react', { as: 'ben', channel: 'launch', ts: question.ts, name });
    await team.quiet();
    expect(await marksOn(ts)).to.deep.equal(['question']);
    const { body } = await team.act<{ questions: { state: string }[] }>('ada', 'launch', 'list_questions');
    expect(body.questions.map(({ state }) => state)).to.deep.equal(['open']);
    await team.say('ben', 'launch', 'rye', ts);
    await shows(ts, 'white_check_mark');
  });

  it('is 😶 where an agent that was called by name has nothing to say, and no word is posted', async () => {
    const ts = await team.say('ada', 'launch', '@scribe no need to answer');
    await shows(ts, 'no_mouth');
    await team.quiet();
    expect((await team.messages('launch', ts)).map(({ username }) => username)).to.deep.equal(['Ada Lindqvist']);
  });

  it('comes with the edit that first calls an agent', async () => {
    const ts = await team.say('ada', 'launch', 'what is open here?');
    await team.quiet();
    const before = await marksOn(ts);
    await team.post('/practice/edit', { as: 'ada', channel: 'launch', ts, text: '@pilot what is open here?' });
    await team.answer('launch', ts, 'Pilot');
    await shows(ts, 'white_check_mark');
    expect(before).to.deep.equal([]);
  });

  it('is 🛑 where a person stopped the agent', async () => {
    const held = model.hold();
    const ts = await team.say('ada', 'launch', '@scribe what is open here?');
    await held.asked;
    await team.say('ben', 'launch', '@scribe stop', ts);
    await shows(ts, 'octagonal_sign');
    held.pass();
  });

  it('is 🛑 on a word, too, that the agent had not taken in when it was stopped', async () => {
    const held = model.hold();
    const ts = await team.say('ada', 'launch', '@scribe what is open here?');
    await held.asked;
    const more = await team.say('ben', 'launch', 'and what is late?', ts);
    await shows(more, 'hourglass_flowing_sand', ts);
    await team.say('ada', 'launch', '@scribe stop', ts);
    await shows(more, 'octagonal_sign', ts);
    held.pass();
  });

  it('of work stands on no message once the run has failed, also not on those that came in mid-work', async () => {
    let asked = () => {};
    let fail = () => {};
    const begun = new Promise<void>((done) => (asked = done));
    const failing = new Promise<void>((done) => (fail = done));
    model.atRequest = async () => {
      asked();
      await failing;
      return 'refuse';
    };
    const ts = await team.say('ada', 'launch', '@scribe add a task: call the ferry');
    await begun;
    const called = await team.say('ben', 'launch', '@scribe what is open here?', ts);
    const said = await team.say('ben', 'launch', 'and what is late?', ts);
    for (const one of [called, said]) await shows(one, 'hourglass_flowing_sand', ts);
    fail();
    await team.answer('launch', ts, 'Scribe');
    await team.quiet();
    const working = ['eyes', 'hourglass_flowing_sand', 'question', 'double_vertical_bar'];
    for (const one of [ts, called, said]) {
      const marks = await marksOn(one, ts);
      expect(
        marks.filter((name) => working.includes(name)),
        one,
      ).to.deep.equal([]);
    }
    expect([await marksOn(ts), await marksOn(called, ts)]).to.deep.equal([['warning'], ['warning']]);
  });

  it('is ⚠️ where the agent failed, and changes once somebody lets it try again', async () => {
    model.atRequest = async () => 'refuse';
    const ts = await team.say('ada', 'launch', '@scribe what is open here?');
    await shows(ts, 'warning');
    const failed = await team.answer('launch', ts, 'Scribe');
    model.atRequest = async () => 'pass';
    await team.post('/practice/click', { as: 'ada', channel: 'launch', ts: failed.ts, actionId: 'run.retry' });
    await shows(ts, 'white_check_mark');
  });

  it('is missing where the app may not react: the answer comes, and the log says so once', async () => {
    team.slack.workspace.faults.inject('reactions.add', { kind: 'refuse', error: 'missing_scope' }, 100);
    const warnings = () => team.lines.filter((line) => line.includes('messages in Slack get no marks'));
    for (const text of ['@scribe what is open here?', '@scribe who is here?']) {
      const ts = await team.say('ada', 'launch', text);
      await team.answer('launch', ts, 'Scribe');
      await team.quiet();
      expect(await marksOn(ts)).to.deep.equal([]);
    }
    expect(warnings()).to.have.length(1);
    expect(warnings()[0]).to.contain('reactions.add');
  });
});
