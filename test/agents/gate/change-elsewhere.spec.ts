// Changes in another pod of the person, named by its name in a direct conversation.
import { expect } from 'chai';
import { callTools } from '../../../src/agents/runs/calls/call-tools.ts';
import { openSession } from '../../../src/agents/sessions/open-session.ts';
import { markOutside } from '../../../src/agents/sessions/session.ts';
import type { PersonId } from '../../../src/log/participant.ts';
import { TASKS } from '../../../src/pods/tasks/task.ts';
import { anOffice, never, type Office, type Process } from '../office.ts';

const TOOLS = ['read_pod', 'list_pods', 'list_tasks', 'create_task', 'complete_task', 'put_file', 'ask', 'add_member'];

describe('a change in another pod, from a direct conversation', () => {
  let office: Office;
  let desk: Process;
  let n: number;
  let thread: string;

  beforeEach(async () => {
    office = await anOffice();
    desk = office.process();
    n = 0;
    const { ada, does } = office.world;
    const origin = { kind: 'slack' as const, team: 'T1', channel: 'D1', direct: true };
    await does(ada, 'create_pod', { name: 'Ada and Skein' }, { pod: 'p_dm', origin });
    await does(ada, 'create_pod', { name: 'web-relaunch', members: ['ben'] }, { pod: 'p_web' });
    const { conversation } = await does(ada, 'start_conversation', { title: 'Hi', text: 'Hello' }, { pod: 'p_dm' });
    thread = conversation.id;
  });

  const adaSays = (text: string) =>
    office.world.does(office.world.ada, 'post_message', { conversation: thread, text }, { pod: 'p_dm' });

  async function call(name: string, input: object = {}, heard: PersonId[] = [office.world.ada], direct = true) {
    const session = await openSession(desk.deps, { pod: 'p_dm', conversation: thread, agent: office.world.scribe });
    const caller = { session, n: ++n, heard, tools: TOOLS, direct, signal: never };
    const { results } = await callTools(desk.deps, caller, [{ id: 't', name, input, block: 0 }]);
    return { failed: results[0]?.is_error ?? false, text: results[0]?.content ?? '', session };
  }
  const tasksIn = async (pod: string) =>
    (await office.world.store.collection(TASKS.name).find({ where: { pod } as never })) as unknown as {
      number: number;
      state: string;
      givenBy?: string;
      createdBy: string;
      assignee?: string;
    }[];

  it('is made in the pod of that name, by the agent and for the person', async () => {
    await adaSays('In launch, make a task: book the hall. For Ben, please.');
    for (const pod of ['launch', '#Launch', ' LAUNCH ', office.world.pod]) {
      const { failed, text } = await call('create_task', { pod, title: 'Book the hall', assignee: 'ben' });
      expect(failed, `${pod}: ${text}`).to.equal(false);
    }
    const made = await tasksIn(office.world.pod);
    expect(made.map(({ number }) => number)).to.have.members([1, 2, 3, 4]);
    const { ada, ben, scribe } = office.world;
    expect(made[0]).to.include({ createdBy: scribe, givenBy: ada, assignee: ben });
    expect(await tasksIn('p_dm')).to.deep.equal([]);
    // Signs and spaces are spoken in many ways.
    expect((await call('create_task', { pod: 'web relaunch', title: 'Book the hall' })).failed).to.equal(false);
    expect(await tasksIn('p_web')).to.have.length(1);
  });

  it('tells whom it concerns as any other: who is given the task has it waiting', async () => {
    await adaSays('In launch, make a task for Ben: book the hall');
    await call('create_task', { pod: 'launch', title: 'Book the hall', assignee: 'ben' });
    const waiting = await office.world.does(office.world.ben, 'list_waiting', {});
    expect(JSON.stringify(waiting)).to.include('Book the hall').and.include('Launch');
  });

  it('is made nowhere while the name fits two pods: the sentence lists both', async () => {
    await office.world.does(office.world.ada, 'create_pod', { name: 'Launch' }, { pod: 'p_second' });
    const { failed, text } = await call('create_task', { pod: 'launch', title: 'Book the hall' });
    expect(failed).to.equal(true);
    expect(text).to.equal('“launch” could be Launch (p_launch), Launch (p_second). Give the id of the one you mean.');
    expect([...(await tasksIn('p_launch')), ...(await tasksIn('p_second'))]).to.deep.equal([]);
    expect((await call('create_task', { pod: 'p_second', title: 'Hello' })).failed).to.equal(false);
  });

  it('is made nowhere for a part of a name, and says which pod may be meant', async () => {
    const { text } = await call('create_task', { pod: 'relaunch', title: 'Hello' });
    expect(text).to.include('Ada Lindqvist is in no pod “relaunch”. Did you mean web-relaunch (p_web)?');
    expect((await call('create_task', { pod: 'nowhere', title: 'Hello' })).text).to.include('Theirs: ');
    expect(await tasksIn('p_web')).to.deep.equal([]);
  });

  it('reaches no pod that the person is not in, and none that the agent may only read', async () => {
    const { ben, ada, does } = office.world;
    await does(ben, 'create_pod', { name: 'Secret plans' }, { pod: 'p_ben' });
    const hidden = await call('create_task', { pod: 'Secret plans', title: 'Hello' });
    const none = await call('create_task', { pod: 'Open plans', title: 'Hello' });
    expect(hidden.text.replace('Secret', 'X')).to.equal(none.text.replace('Open', 'X'));
    await does(ada, 'remove_member', { who: 'scribe' }, { pod: 'p_web' });
    const { text } = await call('create_task', { pod: 'web-relaunch', title: 'Hello' });
    expect(text).to.equal(
      'Create a task: you are not a member of web-relaunch, so you can only read there for them. They can do it themselves, or add you to that pod (add_member).',
    );
    expect((await call('list_tasks', { pod: 'web-relaunch' })).failed).to.equal(false);
  });

  it('carries words of a third pod only as the person wrote them here; numbers, names and days pass', async () => {
    const { ada, does } = office.world;
    await does(ada, 'record_decision', { decision: 'Margin is 41 percent' });
    await does(ada, 'create_task', { title: 'Sweep the yard' });
    await adaSays('Make a task in web-relaunch: check the prices, by Friday, for Ben. And task 1 is done.');
    await call('read_pod', { pod: 'launch' });
    const told = await call('create_task', { pod: 'web-relaunch', title: 'Margin is 41 percent' });
    expect(told.text).to.include('has read the pod “Launch”').and.include('“Margin is 41 percent”');
    const input = { pod: 'web-relaunch', title: 'Check the prices', assignee: 'ben', due: '2026-11-06' };
    const made = await call('create_task', input);
    expect(made.failed, made.text).to.equal(false);
    // A field that names something by its id holds no words; a title may not look like one.
    const { tasks } = JSON.parse((await call('list_tasks', { pod: 'web-relaunch' })).text);
    const asTitle = await call('create_task', { pod: 'web-relaunch', title: tasks[0].id });
    expect(asTitle.failed, asTitle.text).to.equal(true);
    const started = await call('complete_task', { pod: 'web-relaunch', task: tasks[0].id });
    expect(started.failed, started.text).to.equal(false);
    const done = await call('complete_task', { pod: 'launch', task: '#1' });
    expect(done.failed, done.text).to.equal(false);
    // What is from that very pod may go back into it.
    const back = await call('create_task', { pod: 'launch', title: 'Margin is 41 percent' });
    expect(back.failed, back.text).to.equal(true);
    expect(back.text).to.include('has read the pod “web-relaunch”');
  });

  it('counts as having read that pod, for its result tells of it', async () => {
    await call('create_task', { pod: 'launch', title: 'Hello' });
    const { sources } = (await call('list_tasks')).session;
    expect(sources).to.deep.equal([office.world.pod]);
  });

  it('says nothing of its own making once text from outside came in', async () => {
    await adaSays('In launch, make a task: book the hall');
    const { session } = await call('list_tasks');
    await markOutside(office.world.store, session.id);
    const made = await call('create_task', { pod: 'launch', title: 'Pay the invoice of Eve' });
    expect(made.text).to.include('that is another pod').and.include('taken in text from outside');
    expect((await call('create_task', { pod: 'launch', title: 'Book the hall' })).failed).to.equal(false);
  });

  it('is no question of a run: that is asked where the run is', async () => {
    const { text } = await call('ask', { pod: 'launch', to: ['ben'], question: 'Which hall?' });
    expect(text).to.match(/pod/i);
    expect(text).to.include('Mend the input');
  });

  it('can be named in no channel', async () => {
    const { text } = await call('create_task', { pod: 'launch', title: 'Hello' }, [office.world.ada], false);
    expect(text).to.include('Mend the input');
    expect(await tasksIn(office.world.pod)).to.deep.equal([]);
  });
});
