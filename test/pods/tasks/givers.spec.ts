// Whoever gave work hears of its end: a person by a notice, an agent where it gave the work from.
import { expect } from 'chai';
import { heardLine, lineText } from '../../../src/agents/sessions/hearing/heard-line.ts';
import type { PersonId } from '../../../src/log/participant.ts';
import { makeReader } from '../../../src/log/read.ts';
import { MOST_WAKES } from '../../../src/pods/conversations/cause.ts';
import { CONVERSATIONS } from '../../../src/pods/conversations/conversation.ts';
import { MESSAGES } from '../../../src/pods/conversations/message.ts';
import type { Delivery } from '../../../src/pods/deliveries.ts';
import { NEEDS, needId, STEPS } from '../../../src/pods/needs/need.ts';
import { giversAfter } from '../../../src/pods/tasks/giving/givers.ts';
import { TASKS } from '../../../src/pods/tasks/task.ts';
import { stillOpen } from '../../../src/pods/telling/still-open.ts';
import { aWorld, type Json, type World } from '../build.ts';

type Wake = Extract<Delivery, { kind: 'wake' }>;

describe('whoever gave a task', () => {
  let world: World;
  let plan: string;
  beforeEach(async () => {
    world = await aWorld();
    const { conversation } = await world.does(world.ada, 'start_conversation', { title: 'Plan', text: '@pilot plan' });
    plan = conversation.id;
    world.delivered.length = 0;
  });

  const wakes = () => world.delivered.splice(0).filter((one): one is Wake => one.kind === 'wake');
  const hears = () =>
    world.delivered.splice(0).flatMap((one) => (one.kind === 'act' && one.action === 'hear' ? [one.in] : []));
  const given = async (to: string, where = {}): Promise<Json> => {
    const from = { conversation: plan, onBehalfOf: world.ada };
    const { task } = await world.does(world.pilot, 'create_task', { title: 'Ask the mill', ...where }, from);
    await world.does(world.pilot, 'assign_task', { task: task.id, assignee: to }, from);
    wakes();
    return task;
  };
  const newsOf = (who: PersonId, task: string) => world.doc(NEEDS, needId(world.pod, who, { on: STEPS, id: task }));

  it('as an agent is woken where it gave it from, once, and reads what became of it', async () => {
    const task = await given('ben');
    const before = await world.doc(CONVERSATIONS, plan);
    await world.does(world.ben, 'complete_task', { task: task.id, note: 'They grind on Friday' });
    const [wake, ...more] = wakes();
    expect(more).to.deep.equal([]);
    expect(wake).to.include({ agent: world.pilot, conversation: plan });
    const message = await world.doc(MESSAGES, wake?.because ?? '');
    const { messages } = await world.does(world.ada, 'read_conversation', { conversation: plan });
    expect(messages.at(-1).text).to.equal('Ben Okafor finished #1 “Ask the mill”: They grind on Friday.');
    const line =
      message?.line && (await heardLine(makeReader(world.store), { pod: world.pod, line: message.line }, world.pilot));
    expect(line && lineText(line, 'm', 'now')).to.equal(
      `<assignment id="m" at="now" why="done" by="Ben Okafor" handle="ben" role="member" task="#1" state="done" to="Ben Okafor" gave="you" conversation="${plan}">Ask the mill\nSaid with it: They grind on Friday</assignment>`,
    );
    // It is no message: nobody's turn changes.
    const { lastBy, lastTo, messages: count } = before ?? {};
    expect(await world.doc(CONVERSATIONS, plan)).to.deep.include({ lastBy, lastTo, messages: count });
    expect(hears(), 'Ada hears it of Pilot').to.deep.equal([]);
    const { erased } = { erased: await world.does(world.ada, 'redact', { what: task.id }) };
    expect(erased).to.be.an('object');
    expect((await world.doc(MESSAGES, wake?.because ?? ''))?.erased, 'the line holds the title').to.be.an('object');
  });

  it('as an agent is woken when the doer’s run fails, once for a failure, within what caused it', async () => {
    const { task } = await world.does(world.ada, 'create_task', { title: 'Ask the mill' });
    const give = { task: task.id, assignee: 'scribe' };
    await world.does(world.pilot, 'assign_task', give, { conversation: plan, onBehalfOf: world.ada });
    wakes();
    const { conversation } = (await world.doc(TASKS, task.id)) ?? {};
    const fails = (key: string) =>
      world.acts(
        world.scribe,
        'report_failure',
        { conversation, text: 'I could not work: no model.' },
        { via: 'model', key },
      );
    const before = await world.doc(CONVERSATIONS, plan);
    await fails('f1');
    await fails('f1');
    const [wake, ...more] = wakes();
    expect(more).to.deep.equal([]);
    expect(wake).to.include({ agent: world.pilot, conversation: plan });
    const message = await world.doc(MESSAGES, wake?.because ?? '');
    const { messages } = await world.does(world.ada, 'read_conversation', { conversation: plan });
    expect(messages.at(-1).text).to.equal(
      'Scribe works on #1 “Ask the mill” and could not go on: the run failed. It is still with Scribe.',
    );
    const line =
      message?.line && (await heardLine(makeReader(world.store), { pod: world.pod, line: message.line }, world.pilot));
    expect(line && lineText(line, 'm', 'now')).to.equal(
      `<assignment id="m" at="now" why="failed" by="Scribe" handle="scribe" role="member" task="#1" state="open" to="Scribe" gave="you" conversation="${conversation}">Ask the mill</assignment>`,
    );
    const { hops = 0 } = before ?? {};
    expect((await world.doc(CONVERSATIONS, plan))?.hops).to.be.greaterThan(hops);
    // A run that only waits has not failed.
    const input = { conversation, text: 'The model is away.', waits: true };
    await world.acts(world.scribe, 'report_failure', input, { via: 'model' });
    expect(wakes()).to.deep.equal([]);
    for (let n = 0; n < 40; n++) await fails(`again${n}`);
    expect(wakes().length, 'no storm').to.be.below(MOST_WAKES);
    const unwoken = await world.doc(NEEDS, needId(world.pod, world.ada, { on: 'conversations', id: plan }));
    expect(unwoken).to.include({ state: 'open', reason: 'unwoken' });
    const { history } = await world.does(world.ada, 'pod_history', {});
    expect(JSON.stringify(history)).not.to.include('updated #1');
  });

  it('as an agent hears of an agent’s work within the limits of the request, and in another thread than it', async () => {
    const { task } = await world.does(world.ada, 'create_task', { title: 'Weigh' });
    await world.does(
      world.pilot,
      'assign_task',
      { task: task.id, assignee: 'scribe' },
      { conversation: plan, onBehalfOf: world.ada },
    );
    const [begun] = wakes();
    const root = (await world.doc(CONVERSATIONS, plan))?.root;
    await world.does(
      world.scribe,
      'complete_task',
      { task: task.id },
      { conversation: begun?.conversation ?? '', onBehalfOf: world.ada },
    );
    expect(wakes().map(({ agent, conversation }) => [agent, conversation])).to.deep.equal([[world.pilot, plan]]);
    expect(await world.doc(CONVERSATIONS, plan)).to.include({ root, hops: 2 });
  });

  it('as an agent hears that it was passed on, and nothing of what it did itself or has now', async () => {
    const task = await given('ben');
    await world.does(world.ada, 'assign_task', { task: task.id, assignee: 'gil' });
    expect(wakes().map(({ agent }) => agent)).to.deep.equal([world.pilot]);
    await world.does(world.pilot, 'complete_task', { task: task.id }, { conversation: plan, onBehalfOf: world.ada });
    expect(wakes()).to.deep.equal([]);
    const other = await given('ben');
    await world.does(world.ben, 'assign_task', { task: other.id, assignee: 'pilot' });
    expect(wakes(), 'as its new assignee alone').to.have.length(1);
    expect((await world.doc(TASKS, other.id))?.givers).to.deep.equal([{ by: world.ben }]);
  });

  it('as an agent that was stopped is not woken, and has it as news when a person calls it', async () => {
    const task = await given('ben');
    await world.does(world.ada, 'stop_run', { conversation: plan, agent: 'pilot' });
    await world.does(world.ben, 'complete_task', { task: task.id });
    expect(wakes()).to.deep.equal([]);
    const { messages } = await world.does(world.ada, 'read_conversation', { conversation: plan });
    expect(messages.at(-1).text).to.equal('Ben Okafor finished #1 “Ask the mill”.');
    await world.does(world.ada, 'post_message', { conversation: plan, text: '@pilot go on' });
    const next = await given('ben');
    await world.does(world.ben, 'complete_task', { task: next.id });
    expect(wakes(), 'it was called again').to.have.length(1);
  });

  it('as a person is told who did it and in which words, and not of their own act', async () => {
    const { task } = await world.does(world.ada, 'create_task', { title: 'Order boxes', assignee: 'ben' });
    hears();
    await world.does(world.ben, 'complete_task', { task: task.id, note: 'They come on Monday' });
    expect(hears()).to.deep.equal([world.ada]);
    expect(await newsOf(world.ada, task.id)).to.include({ state: 'news', step: 'finished', by: world.ben });
    await world.does(world.ada, 'reopen_task', { task: task.id });
    hears();
    await world.does(world.ada, 'complete_task', { task: task.id });
    expect(hears()).to.deep.equal([]);
    await world.does(world.ada, 'reopen_task', { task: task.id });
    hears();
    await world.does(world.scribe, 'complete_task', { task: task.id }, { onBehalfOf: world.ada });
    expect(hears(), 'she told Scribe so').to.deep.equal([]);
  });

  it('as a person hears of the end along a chain of people, of its passing on and of its erasure', async () => {
    await world.does(world.ada, 'add_member', { who: 'zoe' });
    const { task } = await world.does(world.ada, 'create_task', { title: 'Order boxes', assignee: 'ben' });
    hears();
    await world.does(world.ben, 'assign_task', { task: task.id, assignee: 'zoe' });
    expect(hears().sort()).to.deep.equal([world.ada, world.zoe].sort());
    await world.does(world.zoe, 'complete_task', { task: task.id });
    expect(hears().sort()).to.deep.equal([world.ada, world.ben].sort());
    const next = (await world.does(world.ada, 'create_task', { title: 'Weigh', assignee: 'ben' })).task;
    await world.does(world.ben, 'assign_task', { task: next.id, assignee: 'zoe' });
    hears();
    await world.does(world.ada, 'redact', { what: next.id });
    expect((await newsOf(world.ben, next.id))?.step).to.equal('erased');
  });

  it('is not told again of what was posted where they follow', async () => {
    const { task } = await world.does(world.ada, 'create_task', {
      title: 'Order',
      assignee: 'ben',
      conversation: plan,
    });
    await world.does(world.ben, 'complete_task', { task: task.id });
    const read = makeReader(world.store);
    const item = await newsOf(world.ada, task.id);
    expect(await stillOpen(read, item, world.ada)).to.include({ step: 'finished' });
    await world.does(world.gil, 'post_message', { conversation: plan, text: 'And the tape?' });
    expect(await stillOpen(read, item, world.ada), 'another writes').to.include({ step: 'finished' });
    await world.does(world.ben, 'post_message', { conversation: plan, text: 'The boxes are ordered' });
    expect(await stillOpen(read, item, world.ada)).to.equal(undefined);
  });

  it('is remembered with the first of them, and no longer while they have it themselves', () => {
    const all = ['ada', 'b', 'c', 'd', 'e', 'f'].map((name) => `person:${name}` as const);
    const after = all.reduce(
      (before, by) => giversAfter(before.givers, { by, assignee: 'person:x', giver: {} }),
      giversAfter([], { by: 'person:zoe', assignee: 'person:x', giver: {} }),
    );
    expect(after.givers?.map(({ by }) => by)).to.deep.equal(['person:zoe', ...all.slice(2)]);
    expect(
      giversAfter(after.givers, { by: 'person:x', assignee: 'person:zoe', giver: undefined }).givers?.[0]?.by,
    ).to.equal('person:c');
  });
});
