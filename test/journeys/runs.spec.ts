// “What are you doing?”, asked while an agent works: in its thread, by /skein runs, and on the command line.
import { expect } from 'chai';
import {
  type Call,
  end,
  serve,
  start,
  stream,
  type TestServer,
  text,
  toolUse,
} from '../agents/model/model-test-server.ts';
import { run } from '../cli/desk.ts';
import { aTeam, type Team } from './team.ts';

describe('what an agent is doing', () => {
  let model: TestServer;
  let team: Team;
  /** Answered one after the other; without any a call waits until there is one. */
  const answers: ((call: Call) => void)[] = [];
  const waiting: Call[] = [];
  const answer = (next: (call: Call) => void) => {
    const call = waiting.shift();
    if (call) next(call);
    else answers.push(next);
  };
  const says = (words: string) => stream(start(), ...text(0, words), ...end('end_turn'));
  let uses = 0;
  const looks = () =>
    stream(start(), ...toolUse(0, '{}', { name: 'list_tasks', id: `toolu_${++uses}` }), ...end('tool_use'));
  const asked = async (n: number) => {
    while (model.calls.length < n) await new Promise((resolve) => setTimeout(resolve, 10));
    return model.calls[n - 1]?.body ?? '';
  };

  before(async () => {
    model = await serve((call) => {
      const next = answers.shift();
      if (next) next(call);
      else waiting.push(call);
    });
    team = await aTeam({ ANTHROPIC_API_KEY: 'sk-k', ANTHROPIC_BASE_URL: model.url });
    await team.command('ada', 'launch', '/skein pod new');
  });
  after(async () => {
    await model.close();
    await team.stop();
  });

  const typed = (line: string) => run(line.split(' '), { env: { SKEIN_DATA_DIR: team.dir } });

  it('is seen by whoever is in the pod, wherever they ask, and answered in the thread', async () => {
    answer(looks());
    const thread = await team.say('ada', 'launch', '@scribe what is open?');
    await asked(2);
    const said = await team.command('ben', 'launch', '/skein runs');
    expect(said).to.match(
      /\*Scribe\* has been working since .*, for Ada Lindqvist\n1 step, last: list_tasks; \d+ tokens/,
    );
    expect(said).to.include('Write “stop” in a thread');
    expect(await team.command('ben', 'app', '/skein runs')).to.match(/\*Scribe\* has been working since .*\(launch\)/);
    const { out } = await typed('runs');
    expect(out).to.match(
      /^1 at work, 0 waiting\nlaunch +c_\S+ +(?:just now|\d+ min) +Scribe has been working since .*1 step, last: list_tasks/,
    );
    expect((await typed('list_runs --as ben --pod launch --state live')).out).to.match(
      /says: "?Scribe has been working since/,
    );
    await team.say('ben', 'launch', 'What are you doing?', thread);
    await new Promise((resolve) => setTimeout(resolve, 200));
    answer(looks());
    expect(await asked(3)).to.include('What are you doing?');
    answer(says('I look through the tasks.'));
    expect((await team.answer('launch', thread, 'Scribe')).text).to.include('I look through the tasks.');
    await team.quiet();
    expect(await team.command('ben', 'launch', '/skein runs'))
      .to.match(/\*Scribe\* answered at .*\n3 steps; \d+ tokens/)
      .and.not.include('Write “stop”');
    expect((await typed('runs')).out).to.match(
      /^No agent is at work\.\nLast:\nlaunch +p_\S+ +(?:just now|\d+ min) +Scribe answered at/,
    );
  });

  it('is seen to have been stopped, and by whom', async () => {
    const before = model.calls.length;
    const thread = await team.say('ada', 'launch', '@scribe count again');
    await asked(before + 1);
    await team.say('ben', 'launch', '@scribe stop', thread);
    await team.until('launch', thread, (all) => all.some(({ text }) => text.includes('I stopped')));
    await team.quiet();
    expect((await typed('list_runs --as ada --pod launch --state stopped')).out).to.include(
      'Scribe was stopped by Ben Okafor at',
    );
  });

  it('is nobody’s business in a direct message but of the person who writes there', async () => {
    waiting.length = 0;
    const before = model.calls.length;
    await team.say('chiara', 'dm:scribe', 'hello');
    await asked(before + 1);
    expect(await team.command('chiara', 'app', '/skein runs')).to.match(/\*Scribe\* has been working since/);
    for (const who of ['ada', 'ben'])
      expect(await team.command(who, 'app', '/skein runs')).not.to.include('has been working since');
    expect((await typed('runs')).out)
      .to.match(/^\(direct\) +c_\S+ +(?:just now|\d+ min) +Scribe has been working/m)
      .and.not.include('Chiara');
    answer(says('Hello.'));
    await team.quiet();
  });
});
