// A stopped agent is woken by a person's word alone; whatever else would wake it waits for the person who began it.
import { expect } from 'chai';
import { CONVERSATIONS } from '../../../src/pods/conversations/conversation.ts';
import { isStopped } from '../../../src/pods/conversations/words/at-work.ts';
import { NEEDS, needId } from '../../../src/pods/needs/need.ts';
import { TASKS } from '../../../src/pods/tasks/task.ts';
import { aWorld, type World } from '../build.ts';

describe('a stopped agent', () => {
  let world: World;
  let conversation: string;
  beforeEach(async () => {
    world = await aWorld();
    await world.does(world.ada, 'update_agent', { agent: 'pilot', tools: ['post_message', 'assign_task'] });
    const made = await world.does(world.ben, 'start_conversation', { title: 'Boxes', text: '@scribe count them' });
    conversation = made.conversation.id;
    await world.does(world.ada, 'stop_run', { conversation, agent: 'scribe' });
    world.delivered.length = 0;
  });

  const wakes = () => world.delivered.filter(({ kind }) => kind === 'wake');
  const item = (who: World['ben'] | 'owners') =>
    world.doc(NEEDS, needId(world.pod, who, { on: 'conversations', id: conversation }));
  const stopped = async () => isStopped((await world.doc(CONVERSATIONS, conversation))?.atWork, world.scribe);

  it('is not woken by another agent, who reads so, and whoever began it has an open item until they write', async () => {
    const said = await world.does(
      world.pilot,
      'post_message',
      { conversation, text: '@scribe here is the list' },
      { conversation },
    );
    expect(wakes()).to.deep.equal([]);
    expect(said.notWoken).to.deep.equal(['scribe']);
    expect(await item(world.ben)).to.deep.include({ reason: 'stopped', state: 'open' });
    expect(await stopped()).to.equal(true);
    await world.does(world.ben, 'post_message', { conversation, text: '@scribe go on with it' });
    expect(wakes()).to.have.length(1);
    expect(await item(world.ben)).to.deep.include({ state: 'settled' });
    expect(await stopped()).to.equal(false);
  });

  it('is not woken by a day that comes, and the task waits with its person', async () => {
    const { task } = await world.does(world.ben, 'create_task', {
      ...{ title: 'Count', assignee: 'scribe', conversation, due: '2026-11-05' },
    });
    await world.does(world.ada, 'stop_run', { conversation, agent: 'scribe' });
    world.delivered.length = 0;
    const { dueAt = 0 } = (await world.doc(TASKS, task.id)) ?? {};
    world.clock.now = dueAt;
    await world.does('skein', 'fall_due', { task: task.id, dueAt });
    expect(wakes()).to.deep.equal([]);
    expect(await stopped()).to.equal(true);
    expect(await item(world.ben)).to.deep.include({ reason: 'stopped', state: 'open' });
  });

  it('is woken by work that a person gives it', async () => {
    await world.does(world.ben, 'create_task', { title: 'Count', assignee: 'scribe', conversation });
    expect(wakes()).to.have.length(1);
    expect(await stopped()).to.equal(false);
  });
});
