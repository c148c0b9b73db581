// A task whose day comes while it waits for others, and one that waits for what nobody will do: who is asked, and once.
import { expect } from 'chai';
import { makePoll } from '../../../../src/due/poll.ts';
import { makeReader } from '../../../../src/log/read.ts';
import { NEEDS, needId } from '../../../../src/pods/needs/need.ts';
import { dueTasks } from '../../../../src/pods/tasks/due/due.ts';
import { silent } from '../../../logs.ts';
import { aWorld, type Json, type World } from '../../build.ts';

describe('a task that an agent can’t begin by its day', () => {
  let world: World;
  let second: string;
  beforeEach(async () => {
    world = await aWorld();
    await world.does(world.ada, 'create_task', { title: 'Bake', assignee: 'ben' });
    const input = { title: 'Pack', assignee: 'scribe', depends_on: ['#1'], due: '2026-12-04' };
    second = (await world.does<Json>(world.ada, 'create_task', input)).task.id;
    world.delivered.length = 0;
  });

  const look = async (at: string) => {
    world.clock.now = Date.parse(`${at}Z`);
    const read = makeReader(world.store);
    const deps = { things: [dueTasks], act: world.act, read, clock: () => world.clock.now, logger: silent };
    await makePoll(deps)(new AbortController().signal);
  };
  const wakes = () => world.delivered.splice(0).filter(({ kind }) => kind === 'wake').length;
  const itemOf = (who: World['ada'] | 'owners') => world.doc(NEEDS, needId(world.pod, who, { on: 'lost', id: second }));
  const waiting = async (who: World['ada']): Promise<Json[]> => (await world.does(who, 'list_waiting', {})).waiting;

  it('wakes nobody, and asks whoever gave it, on its day and when that has passed', async () => {
    await look('2026-12-04T09:00');
    expect(wakes(), 'it can’t begin').to.equal(0);
    expect(await itemOf(world.ada)).to.include({ reason: 'stuck', state: 'open', count: 1, due: '2026-12-04' });
    const [row, ...more] = await waiting(world.ada);
    expect(row).to.include({ task: '#2', waits_for: '#1', lost: '#1', late: true });
    expect(more).to.deep.equal([]);
    await look('2026-12-07T09:00');
    expect(await itemOf(world.ada)).to.include({ state: 'open', count: 2 });
  });

  it('asks no more once it can begin', async () => {
    await look('2026-12-04T09:00');
    await world.does(world.ben, 'complete_task', { task: '#1' });
    expect(wakes()).to.equal(1);
    expect(await itemOf(world.ada)).to.include({ state: 'withdrawn' });
  });

  for (const [what, action, input] of [
    ['goes on without', 'change_dependencies', { remove: ['#1'] }],
    ['drops it', 'drop_task', { reason: 'Too late' }],
    ['gives it another day', 'update_task', { due: '2026-12-11' }],
    ['gives it to somebody else', 'assign_task', { assignee: 'ben' }],
    ['erases it', 'redact', { what: '#2' }],
  ] as const)
    it(`asks no more once somebody ${what}`, async () => {
      await look('2026-12-04T09:00');
      await world.does(world.ada, action, { ...(action === 'redact' ? {} : { task: '#2' }), ...input });
      expect(await itemOf(world.ada)).to.include({ state: 'withdrawn' });
    });

  it('asks the owners where whoever gave it has left, and says so', async () => {
    await world.does(world.ben, 'create_task', {
      title: 'Label',
      assignee: 'scribe',
      depends_on: ['#1'],
      due: '2026-12-04',
    });
    await world.does(world.ada, 'remove_member', { who: 'ben' });
    await look('2026-12-04T09:00');
    const row = (await waiting(world.ada)).find(({ task }) => task === '#3');
    expect(row).to.include({ why: 'stuck', left: 'Ben Okafor', late: true });
  });

  it('that waits for what was dropped is asked about by one item, on its day too', async () => {
    await world.does(world.ada, 'drop_task', { task: '#1', reason: 'No flour' });
    await look('2026-12-04T09:00');
    expect((await waiting(world.ada)).map(({ task, why, late }) => [task, why, late])).to.deep.equal([
      ['#2', 'stuck', undefined],
    ]);
  });
});

describe('a task of a person that waits for what nobody will do', () => {
  it('is one thing in their list, and theirs again once it goes on', async () => {
    const world = await aWorld();
    await world.does(world.ada, 'create_task', { title: 'Bake' });
    await world.does(world.ada, 'create_task', { title: 'Pack', assignee: 'ben', depends_on: ['#1'] });
    await world.does(world.ada, 'drop_task', { task: '#1', reason: 'No flour' });
    const listed = async () =>
      (await world.does<Json>(world.ben, 'list_waiting', {})).waiting.map(({ task, why }: Json) => `${task} ${why}`);
    expect(await listed()).to.deep.equal(['#2 stuck']);
    await world.does(world.ben, 'change_dependencies', { task: '#2', remove: ['#1'] });
    expect(await listed()).to.deep.equal(['#2 assigned']);
  });
});

describe('a task that a person can’t begin by its day', () => {
  const due = '2026-12-04';
  let world: World;
  beforeEach(async () => {
    world = await aWorld();
    await world.does(world.ada, 'create_task', { title: 'Bake', assignee: 'ada', due });
    await world.does(world.ada, 'create_task', { title: 'Pack', assignee: 'ben', depends_on: ['#1'], due });
    await world.does(world.ada, 'create_task', { title: 'Ship', assignee: 'scribe', depends_on: ['#2'], due });
    await world.does(world.ada, 'create_task', { title: 'Call', assignee: 'ben', due: '2026-12-05' });
  });
  const look = async (at: string) => {
    world.clock.now = Date.parse(`${at}Z`);
    const read = makeReader(world.store);
    const deps = { things: [dueTasks], act: world.act, read, clock: () => world.clock.now, logger: silent };
    await makePoll(deps)(new AbortController().signal);
  };
  const waiting = async (who: World['ada']) =>
    (await world.does<{ waiting: Json[] }>(who, 'list_waiting', {})).waiting.map(({ task, why }) => `${task} ${why}`);

  it('nags nobody behind the first, whose person is told; what can be done is listed first', async () => {
    await look('2026-12-07T09:00');
    expect(await waiting(world.ben)).to.deep.equal(['#4 overdue', '#2 assigned']);
    expect(await waiting(world.ada)).to.deep.equal(['#1 overdue']);
  });

  it('is told of with its day once it can begin', async () => {
    await look('2026-12-07T09:00');
    await world.does(world.ada, 'complete_task', { task: '#1' });
    const { waiting: all } = await world.does<{ waiting: Json[] }>(world.ben, 'list_waiting', {});
    expect(all.find(({ task }) => task === '#2')).to.include({ why: 'unblocked', due, is: 'overdue' });
  });

  it('is told of on its day where nobody else hears, as what it waits for has no day', async () => {
    await world.does(world.ada, 'update_task', { task: '#1', due: null });
    await look('2026-12-07T09:00');
    expect(await waiting(world.ben)).to.deep.equal(['#4 overdue', '#2 overdue']);
  });
});
