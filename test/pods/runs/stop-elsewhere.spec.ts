// Whoever stops an agent sees what else runs for the same request, and stops that too, one by one or all at once.
import { expect } from 'chai';
import { makeReader } from '../../../src/log/read.ts';
import { CONVERSATIONS, type ConversationDoc } from '../../../src/pods/conversations/conversation.ts';
import { MESSAGES, type MessageDoc } from '../../../src/pods/conversations/message.ts';
import { isStopped } from '../../../src/pods/conversations/words/at-work.ts';
import { NEEDS, needId } from '../../../src/pods/needs/need.ts';
import { isUnderWay } from '../../../src/pods/runs/control/same-root.ts';
import { RUNS, type RunDoc } from '../../../src/pods/runs/run.ts';
import { TASKS } from '../../../src/pods/tasks/task.ts';
import { aWorld, type Json, type World } from '../build.ts';

describe('a stop of one of several agents at work for one request', () => {
  let world: World;
  let here: string;
  let there: string;
  beforeEach(async () => {
    world = await aWorld();
    const start = async (title: string, text: string): Promise<string> =>
      (await world.does(world.ada, 'start_conversation', { title, text })).conversation.id;
    here = await start('Launch', '@scribe plan it');
    there = await start('Prices', '@pilot look up prices');
    for (const [agent, conversation] of [
      [world.scribe, here],
      [world.pilot, there],
    ] as const)
      await live(`r_${agent}`, { agent, conversation, root: 'r' });
    world.delivered.length = 0;
  });

  const rooted = async (conversation: string, root: string) => {
    const all = world.store.collection<ConversationDoc>(CONVERSATIONS.name);
    const doc = (await all.get(conversation)) as ConversationDoc;
    await all.replace({ ...doc, root }, doc.rev);
  };
  const live = (id: string, more: Pick<RunDoc, 'agent' | 'conversation' | 'root'> & { pod?: string }) =>
    world.store.collection<RunDoc>(RUNS.name).insert([
      {
        ...{ id, rev: 1, pod: world.pod, seq: 1, at: world.clock.now, state: 'working' as const },
        ...{ turns: 1, tokens: 1, cached: 0, steps: [], ...more },
      },
    ]);
  const halts = () =>
    world.delivered.flatMap((one) => (one.kind === 'halt' ? [`${one.agent} ${one.conversation}`] : []));
  const newestLine = async (): Promise<(MessageDoc & { text: string }) | undefined> => {
    const { messages } = await world.does(world.ada, 'read_conversation', { conversation: here, limit: 9 });
    const line = messages.findLast(({ from }: Json) => from === 'Skein');
    return line && { ...((await world.doc(MESSAGES, line.id)) as MessageDoc), text: line.text };
  };

  it('says in the thread what still runs, with a button for each and one for all, and in the result', async () => {
    const { stopped, still_at_work } = await world.does(world.ben, 'stop_run', { conversation: here });
    expect(stopped).to.deep.equal([world.scribe]);
    expect(still_at_work).to.deep.equal([`Pilot in “Prices” (${there})`]);
    expect(halts()).to.deep.equal([`${world.scribe} ${here}`]);
    expect(await newestLine()).to.deep.include({
      text: 'Still at work for the same request: Pilot in “Prices”. Write “stop all” here to stop that too.',
      stops: [{ conversation: there, agent: world.pilot }],
    });
  });

  it('says the same after a word in the thread, and “stop all” stops the others too', async () => {
    await world.does(world.ben, 'post_message', { conversation: here, text: '@scribe stop' });
    expect(await newestLine()).to.deep.include({ stops: [{ conversation: there, agent: world.pilot }] });
    world.delivered.length = 0;
    await world.does(world.ben, 'post_message', { conversation: here, text: 'stop all, please' });
    expect(halts().sort()).to.deep.equal([`${world.pilot} ${there}`, `${world.scribe} ${here}`]);
  });

  it('stops all by the action as well, with the questions that stood open there', async () => {
    const ask = { to: ['ben'], question: 'Which price?', conversation: there };
    const { question } = await world.does(world.pilot, 'ask', ask);
    const { also_stopped } = await world.does(world.ben, 'stop_run', { conversation: here, everywhere: true });
    expect(also_stopped).to.deep.equal([`Pilot in “Prices” (${there})`]);
    const { questions } = await world.does(world.ben, 'list_questions', {});
    expect(questions.map(({ number }: Json) => number)).not.to.include(question.number);
  });

  it('shows what is to come for the same request, and once it is stopped neither the day nor the answer wakes the agent', async () => {
    const runs = world.store.collection<RunDoc>(RUNS.name);
    const pilots = (await runs.get(`r_${world.pilot}`)) as RunDoc;
    await runs.replace({ ...pilots, state: 'ended' }, 1);
    const { task } = await world.does(world.ben, 'create_task', {
      ...{ title: 'Count', assignee: 'pilot', conversation: there, due: '2026-11-06' },
    });
    await rooted(there, 'r');
    const { still_at_work } = await world.does(world.ben, 'stop_run', { conversation: here });
    expect(still_at_work).to.deep.equal([`Pilot on #1 (Fri 6 Nov 2026) (${there})`]);
    expect(await newestLine()).to.deep.include({
      text: 'To come for the same request: Pilot on #1 (Fri 6 Nov 2026). Write “stop all” here to stop that too.',
      stops: [{ conversation: there, agent: world.pilot }],
    });
    expect(await isUnderWay(makeReader(world.store), { conversation: there, agent: world.pilot })).to.equal(true);
    world.delivered.length = 0;
    await world.does(world.ben, 'post_message', { conversation: here, text: 'stop all' });
    expect((await newestLine())?.text).to.equal('Stopped too: Pilot on #1 (Fri 6 Nov 2026).');
    expect(halts(), 'nothing runs there').to.deep.equal([`${world.scribe} ${here}`]);
    expect(await isUnderWay(makeReader(world.store), { conversation: there, agent: world.pilot })).to.equal(false);
    const { dueAt = 0 } = (await world.doc(TASKS, task.id)) ?? {};
    world.clock.now = dueAt;
    world.delivered.length = 0;
    await world.does('skein', 'fall_due', { task: task.id, dueAt });
    expect(world.delivered.filter(({ kind }) => kind === 'wake')).to.deep.equal([]);
  });

  it('shows tasks of agents that wait for another task; stopped, none begins when that is done, and its person has it open', async () => {
    const make = (title: string, more: object) => world.does(world.scribe, 'create_task', { title, ...more });
    await rooted(here, 'r');
    await rooted(there, 'r');
    await make('Ask the mill', { assignee: 'ben', conversation: here });
    await make('Compare prices', { assignee: 'pilot', conversation: here, depends_on: ['#1'] });
    await make('Write them up', { assignee: 'pilot', conversation: here, depends_on: ['#2'] });
    const runs = world.store.collection<RunDoc>(RUNS.name);
    const pilots = (await runs.get(`r_${world.pilot}`)) as RunDoc;
    await runs.replace({ ...pilots, state: 'ended' }, 1);
    await world.does(world.ben, 'stop_run', { conversation: here, agent: 'scribe' });
    expect(await newestLine()).to.deep.include({
      text: 'To come for the same request: Pilot on #2 and #3, which wait for #1. Write “stop all” here to stop that too.',
      stops: [{ conversation: here, agent: world.pilot }],
    });
    expect(await isUnderWay(makeReader(world.store), { conversation: here, agent: world.pilot })).to.equal(true);
    await world.does(world.ben, 'post_message', { conversation: here, text: '@scribe stop all' });
    expect((await newestLine())?.text).to.equal('Stopped too: Pilot on #2 and #3, which wait for #1.');
    expect(await isUnderWay(makeReader(world.store), { conversation: here, agent: world.pilot })).to.equal(false);
    world.delivered.length = 0;
    await world.does(world.ada, 'complete_task', { task: '#1' });
    expect(world.delivered.filter(({ kind }) => kind === 'wake')).to.deep.equal([]);
    const item = await world.doc(NEEDS, needId(world.pod, world.ben, { on: 'conversations', id: here }));
    expect(item).to.deep.include({ reason: 'stopped', state: 'open' });
    await world.does(world.ada, 'post_message', { conversation: here, text: '@pilot go on' });
    expect(world.delivered.flatMap((one) => (one.kind === 'wake' ? [one.agent] : []))).to.deep.equal([world.pilot]);
  });

  it('of the agent that has the waiting tasks itself does not show them: they are stopped with it', async () => {
    await rooted(here, 'r');
    await world.does(world.scribe, 'create_task', { title: 'Ask the mill', assignee: 'ben', conversation: here });
    const waits = { title: 'Compare', assignee: 'scribe', conversation: here, depends_on: ['#1'] };
    await world.does(world.ada, 'create_task', waits);
    const { still_at_work } = await world.does(world.ben, 'stop_run', { conversation: here });
    expect(still_at_work).to.deep.equal([`Pilot in “Prices” (${there})`]);
    world.delivered.length = 0;
    await world.does(world.ben, 'complete_task', { task: '#1' });
    expect(world.delivered.filter(({ kind }) => kind === 'wake')).to.deep.equal([]);
  });

  it('reaches into other pods that whoever stops is in, by a commit there, and tells nobody else of them', async () => {
    const { pod } = await world.does(world.ada, 'create_pod', { name: 'Sales' }, { pod: 'p_sales' });
    const made = await world.does(
      world.ada,
      'start_conversation',
      { title: 'Rebates', text: '@pilot look' },
      { pod: pod.id },
    );
    const sales = made.conversation.id;
    await live('r_sales', { agent: world.pilot, conversation: sales, root: 'r', pod: pod.id });
    const seen = await world.does(world.ada, 'stop_run', { conversation: here });
    expect(seen.still_at_work).to.have.members([
      `Pilot in “Prices” (${there})`,
      `Pilot in “Rebates” in Sales (${sales})`,
    ]);
    const line = await newestLine();
    expect(line?.text).to.include('Pilot in “Prices”.').and.not.include('Rebates');
    expect(line?.stops).to.have.length(1);
    const bens = await world.does(world.ben, 'stop_run', { conversation: here, everywhere: true });
    expect(bens.also_stopped).to.deep.equal([`Pilot in “Prices” (${there})`]);
    world.delivered.length = 0;
    await world.does(world.ada, 'stop_run', { conversation: here, everywhere: true });
    const act = world.delivered.find((one) => one.kind === 'act' && one.action === 'stop_there');
    if (act?.kind !== 'act') throw new Error('Nothing is to be done in the other pod.');
    expect([act.in, act.actor]).to.deep.equal([pod.id, world.ada]);
    const { action, input, key } = act;
    await world.act({ pod: act.in, actor: act.actor, via: 'skein', action, input, key });
    expect(isStopped((await world.doc(CONVERSATIONS, sales))?.atWork, world.pilot)).to.equal(true);
    expect(halts()).to.include(`${world.pilot} ${sales}`);
    expect((await newestLine())?.text ?? '').not.to.include('Rebates');
  });

  it('says nothing where nothing else runs, or only for another request', async () => {
    const runs = world.store.collection<RunDoc>(RUNS.name);
    const pilots = await runs.get(`r_${world.pilot}`);
    await runs.replace({ ...(pilots as RunDoc), root: 'another' }, 1);
    expect(await world.does(world.ben, 'stop_run', { conversation: here })).to.deep.equal({ stopped: [world.scribe] });
    expect(await newestLine()).to.equal(undefined);
  });
});
