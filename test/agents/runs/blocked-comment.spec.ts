// A comment on a task that waits for another gets an answer, and no start.
import { expect } from 'chai';
import { anOffice, calls, newestIn, says } from '../office.ts';

describe('a comment on a task that waits for another', () => {
  it('is answered by its agent, whose work does not begin until it can', async () => {
    const office = await anOffice();
    const { world, conversation, script, asked } = office;
    const { ada, ben } = world;
    const tools = ['start_task', 'complete_task', 'put_file'];
    await world.does(ada, 'update_agent', { agent: 'scribe', tools });
    await world.does(ada, 'create_task', { title: 'Bake', assignee: 'ben' });
    const second = { title: 'Pack the rye', assignee: 'scribe', depends_on: ['#1'], conversation };
    await world.does(ada, 'create_task', second);
    const state = async () =>
      (await world.does(ada, 'list_tasks', { state: 'all' })).tasks.find(
        ({ number }: { number: number }) => number === 2,
      )?.state;

    script.push(
      calls(['start_task', { task: '#2' }], ['complete_task', { task: '#2' }]),
      says('In paper bags, once #1 is done.'),
    );
    await office.hears(ada, '@scribe about #2: bags or boxes? And begin.');
    const refused = newestIn(asked[1] as never);
    expect(refused.match(/#1/g), 'both are refused, and name what it waits for').to.have.length.at.least(2);
    expect(await state()).to.equal('open');
    expect(await office.thread()).to.include('Scribe: In paper bags, once #1 is done.');
    expect(script).to.deep.equal([]);

    world.delivered.length = 0;
    script.push(calls(['start_task', { task: '#2' }]), says('I pack.'));
    await world.does(ben, 'complete_task', { task: '#1' });
    await office.carry(world.delivered.filter(({ kind }) => kind === 'wake'));
    expect(await state()).to.equal('started');
  });
});
