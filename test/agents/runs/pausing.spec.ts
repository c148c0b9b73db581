// Pausing a run and taking its work over: nothing has an effect meanwhile, and it goes on in the same run and session.
import { expect } from 'chai';
import type { ModelRequest } from '../../../src/agents/model/model.ts';
import type { Delivery } from '../../../src/pods/deliveries.ts';
import { anOffice, calls, type Office, says } from '../office.ts';

describe('a run that people pause', () => {
  let office: Office;
  beforeEach(async () => {
    office = await anOffice();
  });

  const titles = async (): Promise<string[]> => {
    const { tasks } = await office.world.does(office.world.ada, 'list_tasks');
    return tasks.map(({ title }: { title: string }) => title).sort();
  };
  /** A person's act on the run, and the wakes that it causes. */
  const acts = async (who: Office['world']['ada'], action: string, more: object = {}): Promise<Delivery[]> => {
    office.world.delivered.length = 0;
    await office.world.does(who, action, { conversation: office.conversation, ...more });
    return office.world.delivered.filter(({ kind }) => kind === 'wake' || kind === 'halt');
  };
  const newest = ({ messages }: ModelRequest) => messages.at(-1) ?? '';
  const pausedBy = (who: Office['world']['ada'], turn: ReturnType<typeof says>) => async () => {
    await acts(who, 'pause_run');
    return turn;
  };

  it('makes none of the calls of the turn in which it was paused, and makes them when it goes on: same run, same session', async () => {
    const { ada } = office.world;
    office.script.push(pausedBy(ada, calls(['create_task', { title: 'One' }])), says('One task.'));
    await office.hears(ada, '@scribe work');
    expect(await titles()).to.deep.equal([]);
    expect(office.asked).to.have.length(1);
    const [run, ...others] = await office.runs();
    expect(others).to.deep.equal([]);
    expect(run).to.deep.include({ state: 'waiting', waits: { for: 'people' } });
    // Another process, after a restart.
    await office.carry(await acts(ada, 'resume_run'), office.process());
    expect(await titles()).to.deep.equal(['One']);
    expect((await office.thread()).at(-1)).to.equal('Scribe: One task.');
    expect(await office.runs()).to.have.length(1);
    expect((await office.runs())[0]).to.deep.include({ id: run?.id, state: 'ended', turns: 2 });
    expect((await office.session()).epoch).to.equal(1);
    expect(await office.session()).not.to.have.property('parked');
  });

  it('has no effect after a pause that comes in the middle of its calls, and is asked about the rest', async () => {
    const { ada, ben } = office.world;
    let left = 2;
    const desk = office.process(
      {},
      {
        step: async (what) => {
          if (what.startsWith('after tasks.insert') && --left === 0) await acts(ben, 'pause_run');
        },
      },
    );
    const four = ['One', 'Two', 'Three', 'Four'].map((title) => ['create_task', { title }] as const);
    office.script.push(calls(...four), says('Two, then you paused me.'));
    await office.carry(await office.says(ada, '@scribe four tasks'), desk);
    expect(await titles()).to.deep.equal(['One', 'Two']);
    expect(office.asked).to.have.length(1);
    await office.carry(await acts(ben, 'resume_run'));
    expect(newest(office.asked[1] as ModelRequest)).to.include('not done, because Ben Okafor paused you first');
    expect(await titles()).to.deep.equal(['One', 'Two']);
  });

  it('posts no answer while it is paused, and posts it when it goes on, without another turn', async () => {
    const { ada } = office.world;
    office.script.push(pausedBy(ada, says('All is counted.')));
    await office.hears(ada, '@scribe count');
    expect((await office.thread()).filter((line) => line.startsWith('Scribe:'))).to.deep.equal([]);
    await office.carry(await acts(ada, 'resume_run'));
    expect((await office.thread()).at(-1)).to.equal('Scribe: All is counted.');
    expect(office.asked).to.have.length(1);
  });

  it('asks no model about what is written meanwhile, and hears it when it goes on, before its next effect', async () => {
    const { ada, ben } = office.world;
    office.script.push(pausedBy(ada, calls(['create_task', { title: 'Brown sign' }])), says('Green, then.'));
    await office.hears(ada, '@scribe a brown sign');
    await office.hears(ben, '@scribe no, green');
    await office.hears(ben, '@scribe and a big one');
    expect(office.asked).to.have.length(1);
    await office.hears(ada, '@scribe go on');
    expect(await titles()).to.deep.equal([]);
    expect(newest(office.asked[1] as ModelRequest))
      .to.include('no, green')
      .and.include('and a big one')
      .and.include('Held (');
    expect(await office.runs()).to.have.length(1);
    expect((await office.thread()).at(-1)).to.equal('Scribe: Green, then.');
  });

  it('does not begin at all if it is paused before it begins, and begins once when it may', async () => {
    const { ada } = office.world;
    const wake = await office.says(ada, '@scribe work');
    await acts(ada, 'pause_run');
    await office.carry([...wake, ...wake]);
    await office.carry(wake, office.process());
    expect(office.asked).to.have.length(0);
    const going = await acts(ada, 'resume_run');
    await office.carry([...going, ...going, ...wake]);
    expect(office.asked).to.have.length(1);
    expect((await office.thread()).filter((line) => line === 'Scribe: Done.')).to.have.length(1);
  });

  it('is ended by a stop, and the next request is not paused', async () => {
    const { ada } = office.world;
    office.script.push(pausedBy(ada, calls(['create_task', { title: 'One' }])));
    await office.hears(ada, '@scribe work');
    await office.hears(ada, '@scribe stop');
    expect((await office.runs())[0]).to.deep.include({ state: 'ended' });
    expect((await office.thread()).at(-1)).to.equal('Scribe: Okay, I stopped.');
    await office.hears(ada, '@scribe something else');
    expect(await titles()).to.deep.equal([]);
    expect((await office.thread()).at(-1)).to.equal('Scribe: Done.');
  });

  it('is said to be paused, by whom and since when, in the list of runs', async () => {
    const { ada, world } = { ...office.world, world: office.world };
    office.script.push(pausedBy(office.world.ben, calls(['create_task', { title: 'One' }])));
    await office.hears(ada, '@scribe work');
    const { runs } = await world.does(ada, 'list_runs', {});
    expect(runs[0]).to.deep.include({ state: 'waiting', waits_for: 'people', paused_by: ['Ben Okafor'] });
    expect(runs[0].says).to.match(/^Scribe is paused since \S+ \(Ben Okafor\) in “Launch”, for Ada Lindqvist: 1 step/);
  });

  for (const first of ['answer', 'pause lifted'] as const)
    it(`while it waits for an answer goes on in the same run once it has both; first comes: ${first}`, async () => {
      const { ada, ben, world } = { ...office.world, world: office.world };
      await world.does(ada, 'update_agent', { agent: 'scribe', tools: ['ask', 'wait_for', 'create_task'] });
      office.script.push(
        calls(['ask', { to: ['ben'], question: 'Which boxes?' }]),
        calls(['wait_for', { questions: ['q1'] }]),
      );
      await office.hears(ada, '@scribe count');
      await office.carry(await acts(ada, 'pause_run', { agent: 'scribe' }));
      const answers = async () => {
        world.delivered.length = 0;
        await world.does(ben, 'answer_question', { question: 'q1', text: 'The blue ones' });
        return world.delivered.filter(({ kind }) => kind === 'wake');
      };
      const lifts = () => acts(ada, 'resume_run');
      const [one, two] = first === 'answer' ? [answers, lifts] : [lifts, answers];
      await office.carry(await one(), office.process());
      expect(office.asked, 'one of the two is no word to go on').to.have.length(2);
      office.script.push(says('Ten blue ones.'));
      const wakes = await two();
      await office.carry([...wakes, ...wakes], office.process());
      expect(newest(office.asked[2] as ModelRequest)).to.include('The blue ones');
      const worked = (await office.runs()).filter(({ turns }) => turns > 0);
      expect(worked.map(({ state, turns }) => [state, turns])).to.deep.equal([['ended', 3]]);
      expect((await office.thread()).filter((line) => line === 'Scribe: Ten blue ones.')).to.have.length(1);
      expect((await office.session()).epoch).to.equal(1);
    });

  it('leaves its work to whoever takes it over, and hears on its return what was said and what has changed', async () => {
    const { ada, ben } = office.world;
    await office.world.does(ada, 'create_task', { title: 'Sign', conversation: office.conversation });
    office.script.push(
      calls(['list_tasks']),
      async () => {
        await acts(ben, 'take_over', { agent: 'scribe' });
        return calls(['create_task', { title: 'Brown sign' }]);
      },
      says('I leave the sign to you.'),
    );
    await office.hears(ada, '@scribe the sign');
    expect(await titles()).to.deep.equal(['Sign']);
    await office.world.does(ben, 'update_task', { task: '#1', title: 'Green sign' });
    await office.hears(ben, '@scribe over to you again: the sign is green now');
    const request = newest(office.asked.at(-1) as ModelRequest);
    expect(request).to.include('Held (').and.include('the sign is green now').and.include('Green sign');
    expect(request).to.include('<changed');
    expect(await titles()).to.deep.equal(['Green sign']);
    expect(await office.runs()).to.have.length(1);
  });
});
