// Stopping: at any moment, from any process, with one reply and a whole transcript.
import { expect } from 'chai';
import { ModelStopped, ModelUnavailable } from '../../../src/agents/model/errors.ts';
import type { ModelRequest } from '../../../src/agents/model/model.ts';
import type { Delivery } from '../../../src/pods/deliveries.ts';
import { aServer } from '../../tools/mcp-builders.ts';
import { anOffice, calls, never, type Office, type Process, reaching, says, USAGE, wakeOf } from '../office.ts';

describe('a runner', () => {
  let office: Office;
  beforeEach(async () => {
    office = await anOffice();
  });

  const replies = async () => (await office.thread()).filter((line) => /^Scribe: .*(stopped|not working)/.test(line));
  const goesOn = async () => {
    office.script.length = 0;
    await office.hears(office.world.ada, '@scribe go on');
    expect((await office.thread()).at(-1)).to.equal('Scribe: Done.');
  };
  /** A model that thinks until it is stopped. */
  const thinking = (begun: () => void) => ({
    turn: ({ signal }: ModelRequest) =>
      new Promise<never>((_resolve, reject) => {
        signal?.addEventListener('abort', () => reject(new ModelStopped()));
        begun();
      }),
  });

  it('stops a wake that has not begun', async () => {
    const { ada } = office.world;
    const wake = await office.says(ada, '@scribe work');
    const halt = await office.says(ada, '@scribe stop');
    await office.carry([...halt, ...wake, ...halt]);
    expect(office.asked).to.have.length(0);
    expect(await replies()).to.deep.equal(['Scribe: Okay, I stopped.']);
    await goesOn();
  });

  for (const where of ['this process', 'another process'])
    it(`stops while the model thinks, asked in ${where}`, async () => {
      const { ada } = office.world;
      const [wake] = await office.says(ada, '@scribe work');
      let halting: Promise<void> | undefined;
      const model = thinking(() => {
        halting = office
          .says(ada, '@scribe stop')
          .then((halt) => office.carry(halt, where === 'this process' ? mine : office.process()));
      });
      const mine = office.process({ model }, {}, { stopPollMs: 2 });
      await mine.runner.wake(wakeOf(wake), never);
      await halting;
      expect(await replies()).to.deep.equal(['Scribe: Okay, I stopped.']);
      expect((await office.turns()).map(({ role }) => role)).to.deep.equal(['user', 'assistant']);
      await goesOn();
    });

  it('stops between two calls, and says truly which was done', async () => {
    const { ada, world } = { ...office.world, world: office.world };
    let halt: Delivery[] = [];
    const mcp = {
      tools: async () => [{ name: 'find', description: 'Finds.', inputSchema: { type: 'object' } }],
      async call() {
        halt = await office.says(ada, '@scribe stop');
        await office.carry(halt, mine);
        return { kind: 'answered' as const, text: 'used', isError: false };
      },
    };
    const mine: Process = office.process({
      tools: reaching(office.process().deps, [aServer({ effect: 'read' })], mcp).tools,
    });
    await world.does(ada, 'update_agent', { agent: 'scribe', tools: ['create_task', 'mcp:crm'] });
    const find = ['use_tool', { tool: 'mcp:crm/find' }] as const;
    office.script.push(calls(['create_task', { title: 'One' }], find, ['create_task', { title: 'Two' }]));
    await office.hears(ada, '@scribe work', mine);
    const results = (await office.turns())[2]?.content ?? '';
    expect(results).to.include('One').and.include('used').and.include('Not run: a person stopped you.');
    expect((await world.does(ada, 'list_tasks')).tasks).to.have.length(1);
    expect(await replies()).to.deep.equal(['Scribe: Okay, I stopped.']);
    // The stop is news in the next request, and no words that the agent would have said.
    await goesOn();
    const request = office.asked.at(-1)?.messages.join('\n') ?? '';
    expect(request).to.match(/"role":"user"[^\n]*<stopped by=\\"Ada Lindqvist\\" at=\\"2026-11-02 /);
    expect(request).not.to.match(/"role":"assistant"[^\n]*stopped/);
  });

  it('stops what waits to be tried again', async () => {
    const { ada } = office.world;
    office.script.push(new ModelUnavailable('overloaded', 'Busy.'));
    const wake = await office.says(ada, '@scribe work');
    await office.carry(wake).then(
      () => expect.fail('it did not wait'),
      (error) => expect(error).to.be.instanceOf(ModelUnavailable),
    );
    await office.hears(ada, '@scribe stop');
    await office.carry(wake);
    expect(office.asked).to.have.length(1);
    expect(await replies()).to.deep.equal(['Scribe: Okay, I stopped.']);
    await goesOn();
  });

  it('has nothing to stop once a wake was given up', async () => {
    const { ada } = office.world;
    office.script.push(new ModelUnavailable('overloaded', 'Busy.'));
    const [wake] = await office.says(ada, '@scribe work');
    const { runner } = office.process();
    await runner.wake(wakeOf(wake), never).catch(() => {});
    const run = async () => (await office.runs())[0];
    expect(await run()).to.include({ id: wake?.id, state: 'working' });
    await runner.giveUp({ ...wakeOf(wake), id: 'another' });
    expect(await run()).to.include({ state: 'working' });
    await runner.giveUp(wakeOf(wake));
    expect(await run()).to.deep.include({ state: 'ended', ending: { as: 'failed', why: 'gave_up' } });
    await office.hears(ada, '@scribe stop');
    expect(await replies()).to.deep.equal(['Scribe: I was not working on anything here.']);
  });

  it('says of a wake that is tried again that it waits, and for what, until it is at work again', async () => {
    office.script.push(new ModelUnavailable('overloaded', 'Busy.'));
    const [wake] = await office.says(office.world.ada, '@scribe work');
    const { runner } = office.process();
    const run = async () => (await office.runs())[0];
    const error = await runner.wake(wakeOf(wake), never).catch((thrown: unknown) => thrown);
    await runner.waits(wakeOf(wake), error, 5000);
    const until = office.world.clock.now + 5000;
    expect(await run()).to.deep.include({ state: 'waiting', waits: { until, for: 'model' } });
    office.script.push(async () => {
      expect(await run())
        .to.include({ state: 'working' })
        .and.not.have.property('waits');
      return {};
    });
    await runner.wake(wakeOf(wake), never);
    expect(await run()).to.include({ state: 'ended' });
    await runner.waits(wakeOf(wake), error, 5000);
    expect(await run()).to.include({ state: 'ended' });
  });

  it('is told as stopped, and by which commit', async () => {
    const { ada } = office.world;
    const wake = await office.says(ada, '@scribe work');
    const halt = await office.says(ada, '@scribe stop');
    await office.carry([...halt, ...wake]);
    const by = Number(halt[0]?.id.split(':').at(-2));
    expect((await office.runs())[0]).to.deep.include({ state: 'ended', ending: { as: 'stopped', by } });
    const { runs } = await office.world.does(ada, 'list_runs', { state: 'stopped' });
    expect(runs[0].says).to.match(/^Scribe was stopped by Ada Lindqvist at /);
  });

  it('says after the end that it was not working, once, however often the stop is carried out', async () => {
    const { ada } = office.world;
    await office.hears(ada, '@scribe work');
    const halt = await office.says(ada, '@scribe stop');
    await office.carry([...halt, ...halt]);
    await office.carry(halt, office.process());
    expect(await replies()).to.deep.equal(['Scribe: I was not working on anything here.']);
    await goesOn();
  });

  it('replies once to a stop, at whatever step of it the process is killed', async () => {
    for (let k = 1; ; k++) {
      office = await anOffice();
      const { ada } = office.world;
      const wake = await office.says(ada, '@scribe work');
      const halt = await office.says(ada, '@scribe stop');
      let left = k;
      const step = async () => {
        if (--left <= 0) throw new Error('killed');
      };
      const died = await office.carry(halt, office.process({}, { step })).then(
        () => false,
        () => true,
      );
      await office.carry([...wake, ...halt]);
      // Killed before the stop was on record, the work may have been done first.
      expect(await replies(), `killed at ${k}`).to.have.length(1);
      if (!died) break;
    }
  });

  it('leaves a later wake alone', async () => {
    const { ada } = office.world;
    await office.hears(ada, '@scribe work');
    const halt = await office.says(ada, '@scribe stop');
    const wake = await office.says(ada, '@scribe more');
    const model = {
      async turn() {
        await office.carry(halt, mine);
        return { content: '[]', stopReason: 'end_turn' as const, usage: USAGE, ...says('More.') };
      },
    };
    const mine = office.process({ model });
    await office.carry(wake, mine);
    expect((await office.thread()).slice(-2)).to.deep.equal([
      'Scribe: I was not working on anything here.',
      'Scribe: More.',
    ]);
  });

  it('lets go when its process stops, and is taken up again', async () => {
    const [wake] = await office.says(office.world.ada, '@scribe work');
    const stop = new AbortController();
    const model = thinking(() => stop.abort(new Error('The process stops.')));
    const error = await office
      .process({ model })
      .runner.wake(wakeOf(wake), stop.signal)
      .then(
        () => undefined,
        (thrown) => thrown,
      );
    expect(error).to.equal(stop.signal.reason);
    expect(await replies()).to.deep.equal([]);
    await office.process().runner.wake(wakeOf(wake), never);
    expect((await office.thread()).at(-1)).to.equal('Scribe: Done.');
  });
});
