// list_runs and read_run: what agents do, for members of the pod.
import { expect } from 'chai';
import { NotAllowed, NotFound } from '../../../src/errors.ts';
import { outside } from '../../../src/log/labels/label.ts';
import { RUNS, type RunDoc } from '../../../src/pods/runs/run.ts';
import { aWorld, refusal, type World } from '../build.ts';

describe('what agents are doing', () => {
  let world: World;
  let conversation: string;
  beforeEach(async () => {
    world = await aWorld();
    const asked = { title: 'Launch day', text: '@scribe sum up' };
    conversation = (await world.does(world.ada, 'start_conversation', asked)).conversation.id;
  });

  let runs = 0;
  async function aRun(over: Partial<RunDoc> = {}): Promise<string> {
    const [{ seq = 0 } = {}] = (await world.commits()).slice(-1);
    const id = `${world.pod}:${seq}:${runs++}`;
    const run = { id, rev: 1, pod: world.pod, seq, conversation, agent: world.scribe, root: 'r', at: world.clock.now };
    const used = { turns: 2, tokens: 12_400, cached: 9000, steps: steps() };
    await world.store.collection<RunDoc>(RUNS.name).insert([{ ...run, state: 'working', ...used, ...over }]);
    return id;
  }
  const steps = () => [
    { n: 1, at: world.clock.now, tools: ['list_tasks', 'search_pod'], tokens: 400 },
    { n: 2, at: world.clock.now + 60_000, tools: [], tokens: 12_000 },
  ];
  const says = async (input: object = {}, who = world.ben) =>
    (await world.does(who, 'list_runs', input)).runs.map((run: { says: string }) => run.says);
  const ended = (ending: RunDoc['ending'], over: Partial<RunDoc> = {}) =>
    aRun({ state: 'ended', endedAt: world.clock.now + 120_000, ...(ending ? { ending } : {}), ...over });

  it('is told in words, with since when, where, for whom and how far', async () => {
    const working = [{ n: 1, at: world.clock.now, tools: ['list_tasks', 'search_pod'], tokens: 400 }];
    const id = await aRun({ turns: 1, tokens: 12_400, steps: working });
    const { runs } = await world.does(world.ben, 'list_runs');
    const since = `${new Date(world.clock.now - 60_000).toISOString().slice(0, 16)}Z`;
    expect(runs).to.deep.equal([
      {
        ...{ id, agent: 'Scribe', conversation, title: 'Launch day', state: 'working', since },
        ...{ woken_by: 'Ada Lindqvist', why: 'message', steps: 1, last: 'search_pod', tokens: 12_400 },
        instructions: [{ as: 'i3', by: 'Ada Lindqvist', at: since, state: 'open', words: '@scribe sum up' }],
        says: `Scribe has been working since ${since} in “Launch day”, for Ada Lindqvist: 1 step, last: search_pod; 12,400 tokens`,
      },
    ]);
  });

  it('says of each how it ended, or what it waits for', async () => {
    await aRun({ state: 'waiting', waits: { until: world.clock.now + 600_000, for: 'model' } });
    await ended({ as: 'answered' });
    await ended({ as: 'silent' });
    await ended({ as: 'paused', budget: 'day' });
    const { commit } = await world.acts(world.ben, 'stop_run', { conversation });
    await ended({ as: 'stopped', by: commit?.seq ?? 0 });
    await ended({ as: 'failed', why: 'refused' });
    await ended(undefined);
    const said = (await says()).join('\n');
    expect(said).to.match(/Scribe waits for the model and tries again at \d{4}-\S+Z in “Launch day”/);
    for (const word of ['answered at', 'had nothing to say', 'because the budget of the pod for the day was used up'])
      expect(said).to.include(word);
    expect(said).to.include('was stopped by Ben Okafor at').and.include('because the model refused the request');
    expect(said).to.match(/Scribe ended at \S+ in/);
  });

  it('is not told where it found nothing to do, because another run had heard it', async () => {
    await ended({ as: 'silent' }, { turns: 0, steps: [] });
    expect(await says()).to.deep.equal([]);
    await ended({ as: 'silent' });
    expect(await says()).to.have.length(1);
  });

  it('shows what is going on first, then the newest, and only what is asked for', async () => {
    const old = await aRun();
    world.clock.now += 60_000;
    const done = await ended({ as: 'answered' });
    world.clock.now += 60_000;
    const pilots = await ended({ as: 'silent' }, { agent: world.pilot });
    const ids = async (input: object = {}) =>
      (await world.does(world.ben, 'list_runs', input)).runs.map(({ id }: { id: string }) => id);
    expect(await ids()).to.deep.equal([old, pilots, done]);
    expect(await ids({ limit: 1 })).to.deep.equal([old, pilots]);
    expect(await ids({ state: 'live' })).to.deep.equal([old]);
    expect(await ids({ state: 'answered' })).to.deep.equal([done]);
    expect(await ids({ agent: 'pilot' })).to.deep.equal([pilots]);
    const elsewhere = await world.does(world.ben, 'start_conversation', { title: 'Venue', text: 'Which?' });
    expect(await ids({ conversation: elsewhere.conversation.id })).to.deep.equal([]);
    expect(await ids({ conversation })).to.deep.equal([old, pilots, done]);
  });

  it('can be read step by step', async () => {
    const id = await ended({ as: 'answered' }, { message: 'm_1', turns: 14 });
    const { run } = await world.does(world.gil, 'read_run', { run: id });
    expect(run).to.include({ state: 'answered', message: 'm_1', cached_tokens: 9000 });
    const time = (at: number) => `${new Date(at).toISOString().slice(0, 16)}Z`;
    const [first, second] = steps().map(({ at }) => time(at - 60_000));
    expect(run.step_list).to.deep.equal([
      '12 earlier steps',
      `1. ${first} called list_tasks, search_pod (400 tokens)`,
      `2. ${second} wrote (12,000 tokens)`,
    ]);
  });

  it('lists what each person wants of it, since when and what became of it; never words that were taken back', async () => {
    const id = await aRun();
    const said = await world.does(world.ben, 'post_message', { conversation, text: '@scribe in green,\nplease' });
    const listed = async () => (await world.does(world.gil, 'read_run', { run: id })).run.instructions;
    expect((await listed()).map(({ by, state, words }: Record<string, string>) => [by, state, words])).to.deep.equal([
      ['Ada Lindqvist', 'open', '@scribe sum up'],
      ['Ben Okafor', 'unjudged', '@scribe in green, please'],
    ]);
    await world.does(world.ben, 'redact', { what: said.message.id });
    const [, second] = await listed();
    expect(second).to.include({ by: 'Ben Okafor', state: 'withdrawn' }).and.not.have.property('words');
    const { commit } = await world.acts(world.ben, 'stop_run', { conversation });
    await aRun({ state: 'ended', endedAt: world.clock.now, ending: { as: 'stopped', by: commit?.seq ?? 0 } });
    const { runs } = await world.does(world.gil, 'list_runs', { state: 'stopped' });
    expect(runs[0].instructions, 'what was left by the stop').to.have.length(2);
  });

  it('is for the pod alone', async () => {
    const id = await aRun();
    expect(await refusal(world.does(world.zoe, 'list_runs'))).to.be.instanceOf(NotAllowed);
    expect(await refusal(world.does(world.zoe, 'read_run', { run: id }))).to.be.instanceOf(NotAllowed);
    await world.does(world.zoe, 'create_pod', { name: 'Other' }, { pod: 'p_other' });
    expect(await refusal(world.does(world.zoe, 'read_run', { run: id }, { pod: 'p_other' }))).to.be.instanceOf(
      NotFound,
    );
    const { runs } = await world.does(world.zoe, 'list_runs', {}, { pod: 'p_other' });
    expect(runs).to.deep.equal([]);
  });

  it('repeats no title that was erased or came from outside', async () => {
    await aRun();
    world.delivered.length = 0;
    await world.does(world.ada, 'redact', { what: conversation });
    for (const one of world.delivered) if (one.kind === 'erase') await world.store.bodies.remove(one.bodies);
    const foreign = { title: 'Pay this', text: 'A mail says so.' };
    const { result } = await world.acts(world.scribe, 'start_conversation', foreign, {
      label: outside({ kind: 'agent', agent: world.scribe }),
    });
    await aRun({ conversation: result.conversation.id });
    for (const words of await says()) expect(words).to.match(/^Scribe has been working since \S+, for /);
  });
});
