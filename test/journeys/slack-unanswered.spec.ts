// What a person writes in a channel and what calls nobody: a name that nobody has, “#3 done”, and “stop” beside all threads.
import { expect } from 'chai';
import { aSlackTeam, type SlackTeam } from '../doors/slack/slack-team.ts';
import { aModelFront, type ModelFront } from './model-front.ts';
import type { Seen } from './team.ts';

describe('words in a channel that call nobody, in Slack', () => {
  let team: SlackTeam;
  let model: ModelFront;
  let pass: () => void;
  beforeEach(async () => {
    model = await aModelFront();
    team = await aSlackTeam(model.settings);
    await team.command('ada', 'launch', '/skein pod new');
    // Agents think until the test lets them go on.
    const open = new Promise<void>((done) => (pass = done));
    model.atRequest = async () => {
      await open;
      return 'pass';
    };
  });
  afterEach(async () => {
    pass();
    await team.quiet();
    expect(await team.aside('inbox')).to.deep.equal([]);
    await team.stop();
    await model.stop();
  });

  const own = async (as: string): Promise<Seen[]> =>
    (await team.messages('launch', undefined, as)).filter(({ ephemeral }) => ephemeral);
  const told = (as: string, words: string): Promise<Seen> =>
    team.when(`${as} alone reads ${words}`, async () => (await own(as)).find(({ text }) => text.includes(words)));
  /** What each of them alone has read, once all that was said is on the log and nothing runs. */
  async function readSince(as: string, before: number): Promise<string[]> {
    await team.quiet();
    return (await own(as)).slice(before).map(({ text }) => text);
  }
  const runs = async (state: string) =>
    (await team.act<{ runs: { agent: string; title?: string }[] }>('ada', 'launch', 'list_runs', { state })).body.runs;
  /** A stopped run is over once its process has seen it. */
  const over = () => team.when('nothing runs', async () => (await runs('live')).length === 0);
  async function atWork(as: string, text: string): Promise<string> {
    const before = (await runs('live')).length;
    const ts = await team.say(as, 'launch', text);
    await team.when('it is at work', async () => (await runs('live')).length > before);
    return ts;
  }
  const stops = (seen: Seen) => JSON.stringify(seen.blocks).match(/"run\.stop"/g)?.length ?? 0;

  it('tell their author alone that nobody has the name that they call, with those that are near', async () => {
    await team.say('ada', 'launch', '@zebra hello');
    const none = await told('ada', '@zebra');
    expect(none.text).to.match(/^Nobody in \S+ is called @zebra, so your message calls nobody\. The agents here are /);
    expect(none.text).to.contain('@scribe');
    await team.say('ada', 'launch', '@scrbie what is open?');
    expect((await told('ada', '@scrbie')).text).to.match(/Did you mean @scribe\?$/);
    await team.say('ada', 'launch', 'could @chiarra look at it?');
    expect((await told('ada', '@chiarra')).text).to.contain('Did you mean @chiara?');
    expect(await own('ben')).to.deep.equal([]);
  });

  it('say nothing of a package, of code, of a note, of everybody, or of a name that somebody has', async () => {
    for (const text of [
      '@types/node is too old',
      'we take @zebra/stripes for it',
      '`@zebra hello`',
      'note: @zebra hello',
      '@here lunch',
      'meet me at the gate @noon',
      '@chiara hello',
    ])
      await team.say('chiara', 'launch', text);
    expect(await readSince('chiara', 0)).to.deep.equal([]);
  });

  it('do to a task what its line says, as in the thread of a notice, and tell why not', async () => {
    await team.act('ada', 'launch', 'create_task', { title: 'Ask the mill', assignee: 'ben' });
    const state = async () =>
      (await team.act<{ tasks: { state: string }[] }>('ada', 'launch', 'list_tasks', { state: 'all' })).body.tasks[0]
        ?.state;
    await team.say('ben', 'launch', '#1 done');
    expect((await told('ben', '#1 done')).text).to.equal('“#1 done”: it is done, in your name.');
    expect(await state()).to.equal('done');
    await team.say('ben', 'launch', 'done #1');
    expect((await told('ben', 'done #1')).text).to.equal('“done #1”: it was so already.');
    await team.say('ben', 'launch', '#9 done');
    expect((await told('ben', '#9')).text).to.match(
      /^“#9 done”: There is no task “#9” in this pod\. \/skein tasks shows/,
    );
    await team.say('ben', 'launch', 'I think #1 done is wrong\n#1 reopen');
    await team.say('ben', 'launch', '`#1 reopen`');
    expect(await readSince('ben', 3)).to.deep.equal([]);
    expect(await state()).to.equal('done');
  });

  type Listed = { number: number; state: string; review?: string; waits_for?: string };
  const taskNow = async (number: number): Promise<Listed | undefined> =>
    (await team.act<{ tasks: Listed[] }>('ada', 'launch', 'list_tasks', { state: 'all' })).body.tasks.find(
      (one) => one.number === number,
    );
  /** Returns the newest conversation of the pod. */
  const newest = async () => {
    await team.quiet();
    const { body } = await team.act<{ conversations: { id: string }[] }>('ada', 'launch', 'read_conversation', {
      conversation: 'all',
    });
    return body.conversations[0]?.id;
  };
  const taskIn = async (title: string, more: object) => {
    const ts = await team.say('ada', 'launch', `Here we do this: ${title}`);
    const conversation = await team.when('it is on the log', newest);
    await team.act('ada', 'launch', 'create_task', { title, conversation, ...more });
    return ts;
  };

  it('do what “done” says in the thread of a task to whoever has or gave it, and tell others what to write', async () => {
    const ts = await taskIn('Ask the mill', { assignee: 'ben' });
    await team.say('chiara', 'launch', 'done', ts);
    const told = async (as: string, words: string) =>
      (
        await team.when(`${as} alone reads ${words} in the thread`, async () =>
          (await team.messages('launch', ts, as)).find((one) => one.ephemeral && one.text.includes(words)),
        )
      ).text;
    expect(await told('chiara', 'done')).to.equal(
      '“done”: nothing is done yet, as you neither have #1 nor gave it. If you mean it, write “#1 done”.',
    );
    await team.say('ben', 'launch', 'thanks, done with lunch', ts);
    await team.say('ben', 'launch', 'approve', ts);
    expect(await told('ben', 'approve')).to.contain('Nobody reviews #1');
    expect((await taskNow(1))?.state).to.equal('open');
    await team.say('ben', 'launch', 'done', ts);
    expect(await told('ben', 'done')).to.equal('“done”: it is done, in your name.');
    expect((await taskNow(1))?.state).to.equal('done');
    await team.say('ada', 'launch', 'reopen', ts);
    expect(await told('ada', 'reopen')).to.equal('“reopen”: it is done, in your name.');
    const second = await taskIn('Print it', { assignee: 'ben', depends_on: ['#1'] });
    expect((await taskNow(2))?.waits_for).to.equal('#1');
    await team.say('ben', 'launch', 'go on without #1', second);
    await team.when('it waits for none', async () => (await taskNow(2))?.waits_for === undefined);
  });

  it('approve a task for its reviewer where an agent is, without waking it', async () => {
    const thread = await atWork('ada', '@scribe write the price page');
    pass();
    await over();
    const made = { title: 'The price page', assignee: 'ada', conversation: await newest() };
    await team.act('ada', 'launch', 'create_task', made);
    await team.act('ada', 'launch', 'request_review', { task: '#1', reviewers: ['ben'] });
    const asked = model.bodies.length;
    await team.say('ben', 'launch', 'send back: the price is missing', thread);
    await team.when('it is sent back', async () => (await taskNow(1))?.review?.includes('sent back'));
    await team.act('ada', 'launch', 'request_review', { task: '#1', note: 'it is there' });
    await team.say('ben', 'launch', '#1 approve', thread);
    await team.when('it is approved', async () => (await taskNow(1))?.review?.includes('approved'));
    await team.quiet();
    expect(model.bodies).to.have.length(asked);
  });

  it('stop the one run there is, whoever asked for it', async () => {
    const thread = await atWork('ada', '@scribe what is open here?');
    await team.say('ben', 'launch', 'please stop!');
    expect((await told('ben', 'Stopped')).text).to.match(/^Stopped: Scribe/);
    await over();
    expect((await runs('stopped')).length).to.equal(1);
    expect((await team.messages('launch', thread)).length).to.be.greaterThan(1);
  });

  it('stop one’s own of several, and list the others; where several may be meant each has Stop', async () => {
    await atWork('ada', '@scribe what is open here?');
    await atWork('ada', '@scout what is open here?');
    await atWork('ben', '@pilot what is open here?');
    await team.say('ben', 'launch', 'stop');
    expect((await told('ben', 'Stopped')).text).to.match(/^Stopped: Pilot/);
    expect(stops(await told('ben', 'What agents do'))).to.equal(2);
    await team.when('Pilot is stopped', async () => (await runs('live')).length === 2);
    await team.say('chiara', 'launch', 'stop');
    const list = await told('chiara', 'What agents do');
    expect(stops(list)).to.equal(2);
    expect(await runs('live')).to.have.length(2);
    await team.post('/practice/click', { as: 'chiara', channel: 'launch', ts: list.ts, actionId: 'run.stop' });
    await team.when('the newest is stopped', async () => (await runs('live')).length === 1);
    await team.say('ada', 'launch', '@pilot stop');
    await told('ada', 'It is not at work here');
    await team.say('ada', 'launch', '@scribe stop');
    expect((await told('ada', 'Stopped')).text).to.match(/^Stopped: Scribe/);
    await over();
  });

  it('stop the run of a direct message too, which no other reads', async () => {
    await team.say('ada', 'app', 'what is open?');
    await team.when('it is at work', () => model.bodies.length > 0);
    await team.say('ada', 'app', 'stop');
    await team.when('it is stopped', async () =>
      (await team.messages('app', undefined, 'ada')).some((one) => one.ephemeral && /^Stopped: /.test(one.text)),
    );
  });

  it('stop all, if they say so', async () => {
    await atWork('ada', '@scribe what is open here?');
    await atWork('ben', '@scout what is open here?');
    await team.say('chiara', 'launch', 'stop everything');
    expect((await told('chiara', 'Stopped')).text).to.match(/Scribe.*, Scout|Scout.*, Scribe/);
    await over();
  });

  it('say that nothing runs, and are no command inside a sentence', async () => {
    await team.say('ben', 'launch', 'stop');
    expect((await told('ben', 'No agent is at work')).text).to.equal(
      'No agent is at work here, so there is nothing to stop.',
    );
    await atWork('ada', '@scribe what is open here?');
    await team.say('ben', 'launch', 'stop at the bakery on the way, please');
    await team.say('ben', 'launch', '@chiara stop');
    await team.say('ben', 'launch', 'is it on the log?');
    await team.when('the last word is on the log', async () => {
      const { body } = await team.act<{ found: unknown[] }>('ada', 'launch', 'search_pod', { query: 'on the log' });
      return body.found.length > 0;
    });
    expect(await own('ben')).to.have.length(1);
    expect(await runs('live')).to.have.length(1);
  });
});
