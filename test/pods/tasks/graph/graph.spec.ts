// Tasks wait for tasks: what is refused, what sets free, and who hears of it.
import { expect } from 'chai';
import { gate } from '../../../../src/agents/gate/gate.ts';
import { makeAct } from '../../../../src/log/act.ts';
import type { AgentId, ParticipantId } from '../../../../src/log/participant.ts';
import { meaningWith } from '../../../../src/pods/decide.ts';
import type { Delivery } from '../../../../src/pods/deliveries.ts';
import { NEEDS, type NeedDoc } from '../../../../src/pods/needs/need.ts';
import { TASKS, type TaskDoc } from '../../../../src/pods/tasks/task.ts';
import { aWorld, type Json, refusal, type World } from '../../build.ts';

type Wake = Extract<Delivery, { kind: 'wake' }>;

describe('tasks that wait for tasks', () => {
  let world: World;
  beforeEach(async () => {
    world = await aWorld();
  });
  const make = async (input: object, by: ParticipantId = world.ada): Promise<number> =>
    (await world.does(by, 'create_task', { title: 'Work', ...input })).task.number;
  const wakes = () => world.delivered.splice(0).filter((one): one is Wake => one.kind === 'wake');
  const task = async (number: number): Promise<TaskDoc> =>
    (
      await world.store.collection<TaskDoc>(TASKS.name).find({ where: { pod: world.pod, number } as never })
    )[0] as TaskDoc;
  const refused = async (action: string, input: object, by: ParticipantId = world.ada) =>
    (await refusal(world.does(by, action, input))).message;
  const items = async (who: string, reason: string): Promise<NeedDoc[]> => {
    const all = await world.store.collection<NeedDoc>(NEEDS.name).find({ where: { who } as never });
    return all.filter((one) => one.reason === reason && (one.state === 'open' || one.state === 'news'));
  };
  const done = (number: number, by: ParticipantId = world.ada): Promise<Json> =>
    world.does(by, 'complete_task', { task: `#${number}` });

  it('is not begun and not finished before they are done; the refusal names them', async () => {
    await make({});
    await make({});
    await make({ assignee: 'ben', depends_on: ['#1', '#2'] });
    expect(await refused('start_task', { task: '#3' }, world.ben)).to.equal(
      '#3 waits for #1 and #2. It can begin when they are done; change_dependencies goes on without.',
    );
    await done(1);
    expect(await refused('complete_task', { task: '#3' })).to.contain(
      '#3 waits for #2. It can begin when that is done',
    );
    await done(2);
    await world.does(world.ben, 'start_task', { task: '#3' });
  });

  it('wakes no agent before that, and once then, in a conversation of the task', async () => {
    await make({});
    await make({});
    await make({ assignee: 'scribe', depends_on: ['#1', '#2'] });
    await done(1);
    expect(wakes(), 'not yet').to.deep.equal([]);
    const { sets_free } = await done(2);
    expect(sets_free).to.deep.equal(['#3, with Scribe']);
    const [wake, ...more] = wakes();
    const { conversation } = await task(3);
    expect(wake).to.include({ agent: world.scribe, conversation });
    expect(more).to.deep.equal([]);
    const read = await world.does(world.ada, 'read_conversation', { conversation });
    expect(read.messages.map(({ text }: Json) => text)).to.deep.equal([
      '#3 “Work” can begin: #1 and #2 are done. It is with @scribe.',
    ]);
  });

  it('is named with “you” in the result of whoever has it themselves', async () => {
    await make({ assignee: 'scribe' });
    await make({ assignee: 'scribe', depends_on: ['#1'] });
    await make({ assignee: 'pilot', depends_on: ['#1'] });
    const { sets_free } = await world.does(world.scribe, 'complete_task', { task: '#1' });
    expect(sets_free).to.deep.equal(['#2, with you', '#3, with Pilot']);
  });

  it('tells a person that it waits, and that it can begin', async () => {
    await make({});
    await make({ assignee: 'ben', depends_on: ['#1'] });
    expect(await items(world.ben, 'assigned')).to.have.length(1);
    await done(1);
    const [item] = await items(world.ben, 'unblocked');
    expect(item?.about).to.deep.equal({ on: 'tasks', id: (await task(2)).id });
  });

  it('begins nothing where it is given on, reopened or gets another day while it waits', async () => {
    await make({});
    await make({ assignee: 'ben', depends_on: ['#1'], due: '2026-12-04' });
    wakes();
    await world.does(world.ada, 'assign_task', { task: '#2', assignee: 'scribe' });
    await world.does(world.ada, 'update_task', { task: '#2', due: '2026-12-07' });
    await world.does(world.ada, 'drop_task', { task: '#2', reason: 'Not now' });
    await world.does(world.ada, 'reopen_task', { task: '#2' });
    expect(wakes()).to.deep.equal([]);
  });

  describe('a circle', () => {
    it('is refused with its path, over dependencies and parts together', async () => {
      await make({}); // 1
      await make({ depends_on: ['#1'] }); // 2
      await make({ depends_on: ['#2'] }); // 3
      expect(await refused('change_dependencies', { task: '#1', add: ['#3'] })).to.equal(
        'That would be a circle, in which nobody could begin: #1 waits for #3, #3 waits for #2, #2 waits for #1. Take one of these apart first.',
      );
      await make({ parent: '#3' }); // 4, a part of 3
      expect(await refused('change_dependencies', { task: '#4', add: ['#3'] })).to.contain(
        '#4 waits for #3, #4 is a part of #3',
      );
      await make({ depends_on: ['#3'] }); // 5 waits for 3, whose part is 4
      expect(await refused('change_dependencies', { task: '#4', add: ['#5'] })).to.contain(
        '#4 waits for #5, #5 waits for #3, #4 is a part of #3',
      );
      expect(await refused('create_task', { title: 'Part', parent: '#3', depends_on: ['#5'] })).to.contain(
        '#6 is a part of #3, #6 waits for #5, #5 waits for #3',
      );
    });

    it('of one is refused too, and so is too much', async () => {
      await make({});
      expect(await refused('change_dependencies', { task: '#1', add: ['#1'] })).to.equal('#1 can’t wait for itself.');
      expect(await refused('change_dependencies', { task: '#1' })).to.contain('nothing was changed');
      for (let n = 1; n <= 5; n += 1) await make({ parent: `#${n}` });
      expect(await refused('create_task', { title: 'Deep', parent: '#6' })).to.contain('5 levels deep at most');
    });
  });

  describe('a task that is dropped', () => {
    beforeEach(async () => {
      await make({ assignee: 'ben' });
      await make({ assignee: 'ben', depends_on: ['#1'] });
      await make({ assignee: 'scribe', depends_on: ['#1'] });
      world.delivered.length = 0;
    });

    it('sets nobody free and hides nothing: whoever has what waits for it is asked how they go on', async () => {
      const { wait_for_it } = await world.does(world.ada, 'drop_task', { task: '#1', reason: 'The hall is closed' });
      expect(wait_for_it).to.deep.equal(['#2, with Ben Okafor', '#3, with Scribe']);
      expect(wakes()).to.deep.equal([]);
      const { tasks } = await world.does(world.ada, 'list_tasks', {});
      expect(tasks.map(({ number, waits_for }: Json) => [number, waits_for])).to.deep.equal([
        [2, '#1, dropped by Ada Lindqvist'],
        [3, '#1, dropped by Ada Lindqvist'],
      ]);
      expect(await items(world.ben, 'stuck'), 'its person').to.have.length(1);
      expect(await items(world.ada, 'stuck'), 'who gave the agent its task').to.have.length(1);
      expect(await refused('start_task', { task: '#2' }, world.ben)).to.equal(
        '#2 waits for #1, dropped by Ada Lindqvist. change_dependencies goes on without #1 or puts another task in its place; drop_task drops #2 too.',
      );
    });

    it('is undone by reopening; what waited waits as before', async () => {
      await world.does(world.ada, 'drop_task', { task: '#1', reason: 'The hall is closed' });
      await world.does(world.ada, 'reopen_task', { task: '#1' });
      expect(await items(world.ben, 'stuck')).to.deep.equal([]);
      expect((await task(2)).waitsFor).to.deep.equal([{ task: (await task(1)).id, number: 1 }]);
      expect(await items(world.ben, 'reopened')).to.have.length(1);
      await done(1);
      expect(await items(world.ben, 'unblocked')).to.have.length(1);
    });

    it('is gone on without, replaced, or followed', async () => {
      await make({});
      await world.does(world.ada, 'drop_task', { task: '#1', reason: 'The hall is closed' });
      wakes();
      await world.does(world.ben, 'change_dependencies', { task: '#2', remove: ['#1'], add: ['#4'] });
      expect((await task(2)).waitsFor?.map(({ number }) => number)).to.deep.equal([4]);
      expect(await items(world.ben, 'stuck')).to.deep.equal([]);
      await world.does(world.ada, 'change_dependencies', { task: '#3', remove: ['#1'] });
      expect(
        wakes().map(({ agent }) => agent),
        'it goes on without',
      ).to.deep.equal([world.scribe]);
      expect(await items(world.ada, 'stuck')).to.deep.equal([]);
      await world.does(world.ben, 'drop_task', { task: '#2', reason: 'No hall, no party' });
      expect(await refused('complete_task', { task: '#2' })).to.equal(
        '#2 already is dropped, by Ben Okafor; reopen_task opens it again.',
      );
    });

    it('that is erased is waited for in the same way', async () => {
      await world.does(world.ada, 'redact', { what: '#1' });
      const { tasks } = await world.does(world.ada, 'list_tasks', {});
      expect(tasks[0].waits_for).to.equal('#1, which is erased');
      expect(await items(world.ben, 'stuck')).to.have.length(1);
      await world.does(world.ben, 'change_dependencies', { task: '#2', remove: ['#1'] });
      await world.does(world.ben, 'start_task', { task: '#2' });
    });

    it('is told to whoever has it and whoever gave it, once', async () => {
      await world.does(world.scribe, 'drop_task', { task: '#1', reason: 'The hall is closed' });
      const steps = async (who: string) => (await items(who, 'step')).map(({ step }) => step);
      expect(await steps(world.ben)).to.deep.equal(['dropped']);
      expect(await steps(world.ada)).to.deep.equal(['dropped']);
      const { history } = await world.does(world.ada, 'pod_history', { limit: 1 });
      expect(history[0].did).to.contain('dropped #1 “Work”: “The hall is closed”');
    });
  });

  describe('a task with parts', () => {
    it('is begun, and not finished before them', async () => {
      await make({});
      await make({ parent: '#1' });
      await make({ parent: '#1' });
      await world.does(world.ada, 'start_task', { task: '#1' });
      expect(await refused('complete_task', { task: '#1' })).to.equal(
        '#1 has parts that are not done: #2 and #3. Finish or drop them first.',
      );
      await done(2);
      await world.does(world.ada, 'drop_task', { task: '#3', reason: 'Not needed' });
      await done(1);
    });

    it('lets whoever has it hear of each part once: done, dropped, blocked', async () => {
      await make({ assignee: 'ben' });
      await make({});
      await make({ parent: '#1' });
      await make({ parent: '#1' });
      await make({ parent: '#1', depends_on: ['#2'] });
      await done(3);
      await world.does(world.ada, 'drop_task', { task: '#4', reason: 'Not needed' });
      await world.does(world.ada, 'drop_task', { task: '#2', reason: 'Not needed' });
      const heard = (await items(world.ben, 'part')).map(({ became, count }) => [became, count]);
      expect(heard).to.have.deep.members([
        ['done', 1],
        ['dropped', 1],
        ['blocked', 1],
      ]);
    });

    it('wakes the agent that has it, in its own conversation', async () => {
      await make({ assignee: 'scribe' });
      await make({ parent: '#1' });
      wakes();
      await done(2);
      const { conversation } = await task(1);
      expect(wakes()).to.have.length(1);
      const { messages } = await world.does(world.ada, 'read_conversation', { conversation });
      expect(messages.at(-1).text).to.equal('Ada Lindqvist finished #2 “Work”, a part of #1.');
    });
  });

  describe('a chain of agents', () => {
    const chain = async (length: number, who: (n: number) => string) => {
      for (let n = 1; n <= length; n += 1)
        await make({ assignee: who(n), ...(n > 1 ? { depends_on: [`#${n - 1}`] } : {}) });
      wakes();
    };

    it('of 25 steps comes to its end: an edge of a graph that a person made wakes once beside the limits', async () => {
      await chain(26, (n) => (n % 2 ? 'scribe' : 'pilot'));
      for (let n = 1; n <= 25; n += 1) {
        const { assignee, conversation = '' } = await task(n);
        await world.does(assignee as AgentId, 'complete_task', { task: `#${n}` }, { conversation } as never);
        expect(
          wakes().map(({ agent }) => agent),
          `after #${n}`,
        ).to.deep.equal([(await task(n + 1)).assignee]);
      }
    });

    it('that goes round does not: opened again by an agent, the edge counts', async () => {
      await chain(2, (n) => (n % 2 ? 'scribe' : 'pilot'));
      let rounds = 0;
      for (; rounds < 40; rounds += 1) {
        const [first, second] = [await task(1), await task(2)];
        await world.does(world.scribe, 'complete_task', { task: '#1' }, { conversation: first.conversation } as never);
        if (!wakes().length) break;
        const from = { conversation: (await task(2)).conversation ?? second.conversation } as never;
        await world.does(world.pilot, 'reopen_task', { task: '#1' }, from);
        if (!wakes().length) break;
      }
      expect(rounds).to.be.lessThan(20);
    });
  });

  it('begins once, also if the process dies right after the commit that sets it free', async () => {
    await make({});
    await make({ assignee: 'scribe', depends_on: ['#1'] });
    const from = { kinds: world.fold.kinds, store: world.store };
    const dying = makeAct({
      ...{ ...meaningWith(gate), ...from, clock: () => world.clock.now },
      deliver: async () => {
        throw new Error('killed');
      },
    });
    const wish = {
      pod: world.pod,
      actor: world.ada,
      via: 'slack',
      action: 'complete_task',
      input: { task: '#1' },
    } as const;
    expect((await refusal(dying({ ...wish, key: 'finish' }))).message).to.equal('killed');
    wakes();
    // After the start whatever happens first in the pod applies it, as the sweeper would.
    await world.does(world.ada, 'record_decision', { decision: 'Rye' });
    expect(wakes().map(({ agent }) => agent)).to.deep.equal([world.scribe]);
    await world.act({ ...wish, key: 'finish' });
    await world.does(world.ada, 'record_decision', { decision: 'Wheat' });
    expect(wakes(), 'once').to.deep.equal([]);
  });

  it('with more dependents than one commit holds, sets the others free by a delivery', async () => {
    await make({});
    for (let n = 0; n < 55; n += 1) await make({ assignee: 'ben', depends_on: ['#1'] });
    world.delivered.length = 0;
    await done(1);
    const left = async () =>
      (await world.store.collection<TaskDoc>(TASKS.name).find({ where: { pod: world.pod } as never })).filter(
        ({ waitsFor }) => waitsFor?.length,
      ).length;
    expect(await left()).to.equal(5);
    const rest = world.delivered.find((one) => one.kind === 'act' && one.action === 'follow_graph') as Json;
    await world.act({
      pod: rest.in,
      actor: rest.actor,
      via: 'skein',
      action: rest.action,
      input: rest.input,
      key: rest.key,
    });
    expect(await left()).to.equal(0);
  });
});
