// Two tasks about the same work: one joins the other, and comes out again.
import { expect } from 'chai';
import { Conflict, InvalidInput } from '../../../src/errors.ts';
import { CONVERSATIONS } from '../../../src/pods/conversations/conversation.ts';
import { NEEDS, type NeedDoc } from '../../../src/pods/needs/need.ts';
import { TASKS } from '../../../src/pods/tasks/task.ts';
import { aWorld, refusal, type World } from '../build.ts';

describe('merge_tasks', () => {
  let world: World;
  let first: string;
  let second: string;
  beforeEach(async () => {
    world = await aWorld();
    const thread = async (title: string, who: string) => {
      const { conversation } = await world.does(world.ada, 'start_conversation', { title, text: title });
      const id = conversation.id as string;
      return (await world.does(world.ada, 'create_task', { title, assignee: who, conversation: id })).task.id as string;
    };
    first = await thread('Book the hall', 'ben');
    second = await thread('Get the hall', 'gil');
  });
  const steps = async (who: string) => {
    const items = (await world.store.collection<NeedDoc>(NEEDS.name).find({ where: {} })) as NeedDoc[];
    const news = items.filter((one) => one.who === who && one.reason === 'step' && one.state === 'news');
    return news.map(({ step, about }) => `${step} ${about.id}`);
  };
  const files = async () => (await world.doc(TASKS, first))?.files;

  it('ends the first and takes its files along; whoever has either hears of it once', async () => {
    await world.does(world.ben, 'put_file', { name: 'plan.md', text: 'Rye.' });
    await world.does(world.ada, 'attach_file', { task: second, file: 'plan.md' });
    expect(await steps(world.ben)).to.deep.equal([]);
    const { result } = await world.acts(world.ada, 'merge_tasks', { task: '#2', into: '#1', note: 'One hall' });
    expect(result.task).to.include({ number: 2, state: 'done' });
    expect(result.into).to.include({ number: 1, state: 'open' });
    const merged = await world.doc(TASKS, second);
    expect(merged?.merged).to.deep.include({ into: first, number: 1 });
    expect(await files()).to.have.length(1);
    expect(await steps(world.ben)).to.deep.equal([`changed ${first}`]);
    expect(await steps(world.gil)).to.deep.equal([`finished ${second}`]);
    const { history } = await world.does(world.ada, 'pod_history', { limit: 1 });
    expect(history[0].did).to.contain('merged #2 “Get the hall” into #1: “One hall”');
  });

  it('is undone by reopening: the task has its assignee, and the other gives back what it got', async () => {
    await world.does(world.ben, 'put_file', { name: 'plan.md', text: 'Rye.' });
    await world.does(world.ada, 'attach_file', { task: second, file: 'plan.md' });
    await world.does(world.ada, 'merge_tasks', { task: second, into: first });
    await world.does(world.ada, 'reopen_task', { task: second });
    const task = await world.doc(TASKS, second);
    expect(task).to.include({ state: 'open', assignee: world.gil });
    expect(task).not.to.have.property('merged');
    expect(task?.files).to.have.length(1);
    expect(await files()).to.equal(undefined);
    await world.does(world.ada, 'merge_tasks', { task: second, into: first });
    expect(await files(), 'and merged again').to.have.length(1);
  });

  it('brings those who follow the mail of the first into the conversation of the other, until it is undone', async () => {
    const origin = { kind: 'email', messageId: '<m1@x.example>', raw: 'h' } as const;
    const mail = { title: 'The hall', text: 'Please book it.' };
    const { task } = await world.does(world.ben, 'take_mail', mail, { origin });
    const people = async () => {
      const { conversation = '' } = (await world.doc(TASKS, first)) ?? {};
      return (await world.doc(CONVERSATIONS, conversation))?.mail?.people ?? [];
    };
    await world.does(world.ada, 'merge_tasks', { task: task.id, into: first });
    expect(await people()).to.have.length(1);
    await world.does(world.ada, 'reopen_task', { task: task.id });
    expect(await people()).to.deep.equal([]);
  });

  it('lets those that wait for the first wait for the other, until it is undone', async () => {
    const waits = async (number: number) => {
      const { tasks } = await world.does(world.ada, 'list_tasks', {});
      return tasks.find((one: { number: number }) => one.number === number).waits_for;
    };
    await world.does(world.ada, 'create_task', { title: 'Invite them', assignee: 'ben', depends_on: ['#2'] });
    await world.does(world.ada, 'merge_tasks', { task: '#2', into: '#1' });
    expect(await waits(3)).to.equal('#1');
    await world.does(world.ada, 'reopen_task', { task: '#2' });
    expect(await waits(3)).to.equal('#2');
    await world.does(world.ada, 'change_dependencies', { task: '#1', add: ['#3'] });
    const circle = await refusal(world.does(world.ada, 'merge_tasks', { task: '#2', into: '#1' }));
    expect(circle.message).to.equal(
      '#3 waits for #2, and would wait for #1 then. That would be a circle: #1 waits for #3. Take one of these apart first.',
    );
    await world.does(world.ada, 'merge_tasks', { task: '#2', into: '#3' });
    expect(await waits(3)).to.equal(undefined);
  });

  it('refuses what makes no sense, with what to do', async () => {
    const merges = (task: string, into: string) => refusal(world.does(world.ada, 'merge_tasks', { task, into }));
    expect(await merges('#1', '#1')).to.be.instanceOf(InvalidInput);
    await world.does(world.ada, 'complete_task', { task: '#1' });
    expect((await merges('#2', '#1')).message).to.equal(
      '#1 is done, and only open tasks are merged. reopen_task opens it.',
    );
    await world.does(world.ada, 'reopen_task', { task: '#1' });
    await world.does(world.ada, 'merge_tasks', { task: '#2', into: '#1' });
    const again = await merges('#2', '#1');
    expect(again).to.be.instanceOf(Conflict);
    expect(again.message).to.equal('#2 has joined #1 already; reopen_task undoes that.');
  });
});
