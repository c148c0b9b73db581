// “Not me”: the assignee gives a task back to whoever gave it, who is asked what becomes of it.
import { expect } from 'chai';
import { MESSAGES } from '../../../src/pods/conversations/message.ts';
import { NEEDS, needId } from '../../../src/pods/needs/need.ts';
import { TASKS } from '../../../src/pods/tasks/task.ts';
import { aWorld, type Json, refusal, type World } from '../build.ts';

describe('a task that is given back', () => {
  let world: World;
  beforeEach(async () => {
    world = await aWorld();
  });

  const itemOf = (who: World['ada'] | 'owners', task: string) =>
    world.doc(NEEDS, needId(world.pod, who, { on: TASKS.name, id: task }));
  const hears = () =>
    world.delivered
      .splice(0)
      .flatMap((one) => (one.kind === 'act' && /^hear/.test(one.action) ? [`${one.action} ${one.in}`] : []));
  const given = async (): Promise<Json> => {
    const { task } = await world.does(world.ada, 'create_task', { title: 'Order boxes', assignee: 'ben' });
    hears();
    return task;
  };

  it('is with its giver again, who has an open item with the reason, and waits for its assignee no more', async () => {
    const task = await given();
    const { task: after } = await world.does(world.ben, 'give_back_task', { task: task.id, reason: 'I am away' });
    expect(after).to.include({ assignee: world.ada, state: 'open' });
    expect(hears()).to.deep.equal([`hear ${world.ada}`]);
    const item = await itemOf(world.ada, task.id);
    expect(item).to.include({ state: 'open', reason: 'returned', by: world.ben });
    expect(item?.note).to.be.a('string');
    expect((await itemOf(world.ben, task.id))?.state).to.equal('withdrawn');
    const { history } = await world.does(world.ada, 'pod_history', { limit: 1 });
    expect(history[0].did).to.equal('gave back #1 “Order boxes” to Ada Lindqvist: “I am away”');
    await world.does(world.ada, 'assign_task', { task: task.id, assignee: 'pilot' });
    expect((await itemOf(world.ada, task.id))?.state).to.equal('withdrawn');
  });

  it('wakes the agent that gave it, in the conversation that it gave it from', async () => {
    const { conversation } = await world.does(world.ada, 'start_conversation', { title: 'Plan', text: '@pilot plan' });
    const from = { conversation: conversation.id, onBehalfOf: world.ada };
    const { task } = await world.does(world.ada, 'create_task', { title: 'Order boxes' });
    await world.does(world.pilot, 'assign_task', { task: task.id, assignee: 'ben' }, from);
    world.delivered.length = 0;
    await world.does(world.ben, 'give_back_task', { task: task.id, reason: 'I am away' });
    const wakes = world.delivered.flatMap((one) => (one.kind === 'wake' ? [one] : []));
    expect(wakes.map((one) => [one.agent, one.conversation])).to.deep.equal([[world.pilot, conversation.id]]);
    expect((await world.doc(MESSAGES, wakes[0]?.because ?? ''))?.line).to.include({ why: 'returned', to: world.pilot });
    const { messages } = await world.does(world.ada, 'read_conversation', { conversation: conversation.id });
    expect(messages.at(-1).text).to.equal('Ben Okafor gave #1 “Order boxes” back: I am away. It is with @pilot.');
    expect((await world.doc(TASKS, task.id))?.assignee).to.equal(world.pilot);
  });

  it('is the owners’ where its giver is the only one to review it', async () => {
    const asked = { title: 'Order boxes', assignee: 'ben', reviewers: ['ada'] };
    const { task } = await world.does(world.ada, 'create_task', asked);
    hears();
    const { task: after } = await world.does(world.ben, 'give_back_task', { task: task.id, reason: 'I am away' });
    expect(after.assignee).to.equal(undefined);
    expect(after.review).to.include('Ada Lindqvist');
    expect(hears().some((one) => one.startsWith('hear_owners'))).to.equal(true);
    expect(await itemOf('owners', task.id)).to.include({ state: 'open', reason: 'returned' });
  });

  it('is the owners’ where its giver has left the pod', async () => {
    await world.does(world.ada, 'add_member', { who: 'zoe' });
    const { task } = await world.does(world.zoe, 'create_task', { title: 'Order boxes', assignee: 'ben' });
    await world.does(world.ada, 'remove_member', { who: 'zoe' });
    hears();
    const { task: after } = await world.does(world.ben, 'give_back_task', { task: task.id, reason: 'I am away' });
    expect(after.assignee).to.equal(undefined);
    expect(hears()).to.include(`hear_owners ${world.pod}`);
    expect(await itemOf('owners', task.id)).to.include({ state: 'open', reason: 'returned' });
  });

  it('is refused to whoever does not have it, and once it is done', async () => {
    const task = await given();
    const said = async (who: World['ada']) =>
      (await refusal(world.does(who, 'give_back_task', { task: task.id, reason: 'No' }))).message;
    expect(await said(world.ada)).to.contain('#1 is with Ben Okafor, and only who has it gives it back.');
    await world.does(world.ben, 'complete_task', { task: task.id });
    expect(await said(world.ben)).to.contain('#1 is done');
  });

  it('tells for whom an agent gave it', async () => {
    await world.does(world.scribe, 'create_task', { title: 'Order boxes', assignee: 'ben' }, { onBehalfOf: world.ada });
    const { waiting } = await world.does(world.ben, 'list_waiting');
    expect(waiting[0].from).to.equal('Scribe, for Ada Lindqvist');
  });
});
