import { expect } from 'chai';
import { Conflict, InvalidInput, NotAllowed, NotFound } from '../../../src/errors.ts';
import { rebuild } from '../../../src/log/heal/rebuild.ts';
import { TASKS } from '../../../src/pods/tasks/task.ts';
import type { Collection, Doc, Store } from '../../../src/store/port.ts';
import { aWorld, type Json, openStore, refusal } from '../build.ts';

describe('create_task', () => {
  it('numbers the tasks of the pod', async () => {
    const world = await aWorld();
    const input = { title: ' Order boxes ', text: 'Blue', assignee: '@Scribe', due: '2026-12-01' };
    const { task } = await world.does(world.ben, 'create_task', input);
    expect(task).to.deep.include({ number: 1, title: 'Order boxes', state: 'open', due: '2026-12-01' });
    expect(task).to.include({ assignee: world.scribe, assigneeName: 'Scribe' });
    expect((await world.does(world.scribe, 'create_task', { title: 'Next' })).task.number).to.equal(2);
  });

  it('refuses days that are not, assignees who are not here, and guests', async () => {
    const world = await aWorld();
    const make = (more: object) => refusal(world.does(world.ben, 'create_task', { title: 'x', ...more }));
    expect(await make({ due: '2026-02-30' })).to.be.instanceOf(InvalidInput);
    expect((await make({ assignee: 'zoe' })).message).to.include('is not in this pod');
    expect(await make({ conversation: 'c_0' })).to.be.instanceOf(NotFound);
    expect(await refusal(world.does(world.gil, 'create_task', { title: 'x' }))).to.be.instanceOf(NotAllowed);
  });
});

describe('a title', () => {
  it('is one line, so that none can pass for another task', async () => {
    const world = await aWorld();
    const error = await refusal(world.does(world.ada, 'create_task', { title: 'Box (open)\n- #7 Fake' }));
    expect(error.message).to.include('A title is one line');
    const input = { title: 'Box\u2028Fake', text: 'x' };
    expect((await refusal(world.does(world.ada, 'start_conversation', input))).message).to.include(
      'A title is one line',
    );
  });
});

describe('update_task', () => {
  it('changes what is given, and takes a day away', async () => {
    const world = await aWorld();
    await world.does(world.ben, 'create_task', { title: 'Order', due: '2026-12-01', text: 'one' });
    const renamed = await world.does(world.ada, 'update_task', { task: '#1', title: 'Buy', text: 'two' });
    expect(renamed.task).to.include({ title: 'Buy', due: '2026-12-01' });
    const undated = await world.does(world.ada, 'update_task', { task: '1', due: null });
    expect(undated.task).not.to.have.property('due');
    const doc = await world.doc(TASKS, renamed.task.id);
    expect((await world.store.bodies.get([doc?.body ?? ''])).get(doc?.body ?? '')?.text).to.equal('two');
    expect(doc).not.to.have.property('due');
    expect(await refusal(world.does(world.ada, 'update_task', { task: '1' }))).to.be.instanceOf(InvalidInput);
    expect(await refusal(world.does(world.ada, 'update_task', { task: '9', title: 'x' }))).to.be.instanceOf(NotFound);
  });
});

describe('update_task', () => {
  it('is told of what became otherwise alone, and refused when nothing would', async () => {
    const world = await aWorld();
    await world.does(world.ben, 'create_task', { title: 'Order', due: '2026-12-01', text: 'one' });
    const same = { task: '#1', title: 'Order', text: 'one', due: '2026-12-01' };
    expect(await refusal(world.does(world.ada, 'update_task', same))).to.be.instanceOf(Conflict);
    await world.does(world.ada, 'update_task', { ...same, due: '2026-12-02' });
    expect((await world.commits()).at(-1)?.changes).to.deep.equal([
      {
        v: 1,
        on: 'tasks',
        id: (await world.does(world.ada, 'list_tasks')).tasks[0].id,
        type: 'task_updated',
        due: '2026-12-02',
        // When the usual hours begin: its creator has set none, and their zone is not known here.
        dueAt: Date.UTC(2026, 11, 2, 8, 0),
      },
    ]);
  });
});

describe('assign_task', () => {
  it('hands a task to a person or an agent', async () => {
    const world = await aWorld();
    await world.does(world.ben, 'create_task', { title: 'Order' });
    const { task } = await world.does(world.ben, 'assign_task', { task: '1', assignee: 'ada' });
    expect(task).to.include({ assignee: world.ada, assigneeName: 'Ada Lindqvist' });
    await world.does(world.ada, 'assign_task', { task: '1', assignee: 'pilot' });
    expect(await world.doc(TASKS, task.id)).to.include({ assignee: world.pilot });
    const missing = await refusal(world.does(world.ada, 'assign_task', { task: '1', assignee: 'zoe' }));
    expect(missing).to.be.instanceOf(NotFound);
  });
});

describe('start_task, complete_task and reopen_task', () => {
  it('move a task through its states', async () => {
    const world = await aWorld();
    await world.does(world.ben, 'create_task', { title: 'Order' });
    for (const [action, state] of [
      ['start_task', 'started'],
      ['complete_task', 'done'],
      ['reopen_task', 'open'],
      ['complete_task', 'done'],
    ])
      expect((await world.does(world.scribe, action ?? '', { task: '1' })).task.state).to.equal(state);
    const again = await refusal(world.does(world.ben, 'complete_task', { task: '1' }));
    expect(again).to.be.instanceOf(Conflict);
    expect(again.message).to.equal('#1 already is done, by Scribe; reopen_task opens it again.');
    expect(await refusal(world.does(world.ben, 'start_task', { task: '1' }))).to.be.instanceOf(Conflict);
  });
});

describe('list_tasks', () => {
  it('leaves out what was erased', async () => {
    const world = await aWorld();
    await world.does(world.ben, 'create_task', { title: 'one' });
    await world.does(world.ben, 'create_task', { title: 'two' });
    await world.does(world.ben, 'redact', { what: '1', reason: 'private' });
    const { tasks } = await world.does(world.gil, 'list_tasks');
    expect(tasks.map((task: Json) => `#${task.number} ${task.title}`)).to.deep.equal(['#2 two']);
  });

  it('reads of the tasks only those it is asked for, and counts the rest right', async () => {
    const read: number[] = [];
    const world = await aWorld({ store: countingTasks(openStore(), read) });
    for (const title of ['one', 'two', 'three', 'four', 'five', 'six']) {
      await world.does(world.ben, 'create_task', { title, assignee: title === 'five' ? 'ada' : 'ben' });
    }
    for (const task of ['1', '2', '3']) await world.does(world.ben, 'complete_task', { task });
    await world.does(world.ben, 'start_task', { task: '4' });
    for (const what of ['3', '6']) await world.does(world.ben, 'redact', { what });
    read.length = 0;
    const counts = async () => (await world.does(world.gil, 'read_pod')).tasks;
    const numbers = async (input: object) =>
      (await world.does(world.gil, 'list_tasks', input)).tasks.map((task: Json) => task.number);
    expect(await counts()).to.deep.equal({ open: 1, started: 1, done: 2 });
    expect(await numbers({})).to.deep.equal([4, 5]);
    expect(await numbers({ assignee: 'ben' })).to.deep.equal([4]);
    // Two active tasks, of which each state is read alone, and their parts; those that read_pod counts are not read.
    expect(read).to.deep.equal([...[1, 1, 0], ...[0, 1, 0]]);
    expect(await numbers({ state: 'all' })).to.deep.equal([1, 2, 4, 5]);
    expect(await numbers({ state: 'done' })).to.deep.equal([1, 2]);
    await rebuild(world.fold, world.pod);
    expect(await counts()).to.deep.equal({ open: 1, started: 1, done: 2 });
  });
});

/** Counts how many tasks each query returned. */
function countingTasks(store: Store, read: number[]): Store {
  return {
    ...store,
    collection<D extends Doc>(name: string): Collection<D> {
      const collection = store.collection<D>(name);
      if (name !== 'tasks') return collection;
      const find: Collection<D>['find'] = async (query) => {
        const found = await collection.find(query);
        read.push(found.length);
        return found;
      };
      return { ...collection, find };
    },
  };
}
