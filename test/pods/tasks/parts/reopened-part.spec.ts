// A part that is opened again: what was said of its end is not so any more, for whoever has the whole.
import { expect } from 'chai';
import { NEEDS, needId, PARTS } from '../../../../src/pods/needs/need.ts';
import { TASKS } from '../../../../src/pods/tasks/task.ts';
import { aWorld, type Json, type World } from '../../build.ts';

describe('a part that is opened again', () => {
  let world: World;
  let part: string;
  beforeEach(async () => {
    world = await aWorld();
  });
  const make = async (holder: string): Promise<void> => {
    await world.does(world.ada, 'create_task', { title: 'Fair', assignee: holder });
    part = (await world.does(world.ada, 'create_task', { title: 'Stall', parent: '#1', assignee: 'scribe' })).task.id;
    await world.does(world.scribe, 'complete_task', { task: '#2' });
  };
  const news = (who: World['ben']) => world.doc(NEEDS, needId(world.pod, who, { on: PARTS, id: part }));

  it('is no news any more for the person who has the whole, and is news once more when it ends', async () => {
    await make('ben');
    expect(await news(world.ben)).to.include({ state: 'news', became: 'done' });
    await world.does(world.ada, 'reopen_task', { task: '#2' });
    expect(await news(world.ben)).to.include({ state: 'withdrawn' });
    await world.does(world.scribe, 'complete_task', { task: '#2' });
    expect(await news(world.ben)).to.include({ state: 'news', became: 'done' });
  });

  it('is none for somebody who opens it themselves', async () => {
    await make('ben');
    await world.does(world.ben, 'reopen_task', { task: '#2' });
    expect(await news(world.ben)).to.include({ state: 'withdrawn' });
  });

  it('is heard of by the agent that has the whole, which went on by its end', async () => {
    await make('pilot');
    world.delivered.length = 0;
    await world.does(world.ada, 'reopen_task', { task: '#2', note: 'The roof leaks' });
    expect(world.delivered.flatMap((one) => (one.kind === 'wake' ? [one.agent] : []))).to.include(world.pilot);
    const { conversation } = (await world.doc(TASKS, (await world.does(world.ada, 'list_tasks')).tasks[0].id)) ?? {};
    const { messages } = await world.does(world.ada, 'read_conversation', { conversation });
    expect(messages.map(({ text }: Json) => text).at(-1)).to.equal(
      'Ada Lindqvist opened #2 “Stall”, a part of #1, again.',
    );
  });
});
