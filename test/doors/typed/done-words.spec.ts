// What somebody reads of what they did: each thing once, and only what they did.
import { expect } from 'chai';
import { doneWords } from '../../../src/doors/typed/done-words.ts';
import { makeReader } from '../../../src/log/read.ts';
import { aWorld, type World } from '../../pods/build.ts';

describe('the words about one’s own act', () => {
  let world: World;
  beforeEach(async () => {
    world = await aWorld();
    await world.does(world.ada, 'create_task', { title: 'Print the box', assignee: 'ada' });
    await world.does(world.ada, 'create_task', { title: 'Mail the customers', depends_on: ['#1'] });
  });
  const last = async () => {
    const read = makeReader(world.store);
    const seq = (await read.commits(world.pod, 1, 100)).at(-1)?.seq ?? 0;
    return doneWords(read, { pod: world.pod, seq });
  };

  it('of a task of one’s own say “yourself”', async () => {
    await world.does(world.ada, 'create_task', { title: 'Call', assignee: 'ada' });
    expect(await last()).to.equal('created #3 “Call” for yourself');
  });
  it('of a dropped task say nothing of what waits for it', async () => {
    await world.does(world.ada, 'drop_task', { task: '#1', reason: 'No box' });
    expect(await last()).to.equal('dropped #1 “Print the box”: “No box”');
  });
  it('of a merge name it once', async () => {
    await world.does(world.ada, 'create_task', { title: 'Call' });
    await world.does(world.ada, 'merge_tasks', { task: '#3', into: '#2' });
    expect(await last()).to.equal('merged #3 “Call” into #2');
  });
});
