// An agent that is given a task is woken in the task's conversation, by a line of Skein.
import { expect } from 'chai';
import type { AgentId } from '../../../src/log/participant.ts';
import { MOST_WAKES } from '../../../src/pods/conversations/cause.ts';
import { CONVERSATIONS } from '../../../src/pods/conversations/conversation.ts';
import { MESSAGES } from '../../../src/pods/conversations/message.ts';
import { ROOTS } from '../../../src/pods/conversations/root.ts';
import type { Delivery } from '../../../src/pods/deliveries.ts';
import { NEEDS, needId } from '../../../src/pods/needs/need.ts';
import { TASKS } from '../../../src/pods/tasks/task.ts';
import { aWorld, type Json, type World } from '../build.ts';

type Wake = Extract<Delivery, { kind: 'wake' }>;

describe('an agent that is given a task', () => {
  let world: World;
  beforeEach(async () => {
    world = await aWorld();
  });

  const wakes = () => world.delivered.splice(0).filter((one): one is Wake => one.kind === 'wake');
  const created = (by: World['ada'] | AgentId, input: object, more = {}): Promise<Json> =>
    world.does(by, 'create_task', { title: 'Write the note', ...input }, more);
  const textsIn = async (conversation: string): Promise<string[]> =>
    (await world.does(world.ada, 'read_conversation', { conversation })).messages.map(({ text }: Json) => text);
  const thread = async (): Promise<string> => {
    const { conversation } = await world.does(world.ada, 'start_conversation', { title: 'Plan', text: 'Hello' });
    wakes();
    return conversation.id;
  };

  it('is woken in a conversation that is opened for it, which carries the title of the task', async () => {
    const { task } = await created(world.ada, { assignee: 'scribe', due: '2026-12-04' });
    const { conversation = '' } = (await world.doc(TASKS, task.id)) ?? {};
    const sent = world.delivered.map(({ kind }) => kind);
    expect(sent).to.deep.equal(['post', 'wake']);
    const [wake] = wakes();
    expect(wake).to.include({ agent: world.scribe, conversation });
    expect(await textsIn(conversation)).to.deep.equal([
      'Ada Lindqvist gave #1 “Write the note” to @scribe, due Fri 4 Dec.',
    ]);
    const read = await world.does(world.ada, 'read_conversation', { conversation });
    expect(read.conversation.title).to.equal('Write the note');
    expect(await world.doc(MESSAGES, wake?.because ?? '')).to.deep.include({ by: 'skein', onBehalfOf: world.ada });
  });

  it('is woken in the conversation of the task, where nobody else’s turn changes', async () => {
    const conversation = await thread();
    await world.does(world.ben, 'post_message', { conversation, text: 'Hi Ada' });
    const before = await world.doc(CONVERSATIONS, conversation);
    wakes();
    const { task } = await created(world.ada, { conversation });
    expect(wakes()).to.deep.equal([]);
    await world.does(world.ben, 'assign_task', { task: task.id, assignee: 'scribe' });
    expect(wakes()).to.have.length(1);
    const after = await world.doc(CONVERSATIONS, conversation);
    const { lastBy, lastTo, messages } = before ?? {};
    expect(after).to.deep.include({ lastBy, lastTo, messages, agents: [world.scribe], hops: 0 });
    expect(after?.root).not.to.equal(before?.root);
  });

  it('follows it by mail with whoever gave it, where the pod has no channel', async () => {
    const { task } = await created(world.ben, { assignee: 'scribe' });
    const { conversation = '' } = (await world.doc(TASKS, task.id)) ?? {};
    await world.does(world.scribe, 'post_message', { conversation, text: 'I begin.' }, { onBehalfOf: world.ben });
    const mails = world.delivered.filter((one) => one.kind === 'mail');
    expect(mails).to.have.length(1);
    expect(mails[0]).to.deep.include({ conversation, to: [world.ben] });
  });

  it('is not woken by what it did itself, nor by a task that is done', async () => {
    await created(world.scribe, { assignee: 'scribe' }, { onBehalfOf: world.ada });
    const { task } = await created(world.ada, { assignee: 'ben' });
    await world.does(world.ben, 'complete_task', { task: task.id });
    await world.does(world.ben, 'assign_task', { task: task.id, assignee: 'scribe' });
    await created(world.ada, { assignee: 'ben' });
    expect(world.delivered.filter(({ kind }) => kind !== 'act')).to.deep.equal([]);
  });

  it('is woken by the next one alone when the task is given on', async () => {
    const { task } = await created(world.ada, { assignee: 'scribe' });
    wakes();
    await world.does(world.ben, 'assign_task', { task: task.id, assignee: 'pilot' });
    expect(wakes().map(({ agent }) => agent)).to.deep.equal([world.pilot]);
    const { conversation = '' } = (await world.doc(TASKS, task.id)) ?? {};
    expect((await textsIn(conversation)).at(-1)).to.equal(
      'Ben Okafor gave #1 “Write the note” to @pilot. Scribe had it before.',
    );
    await world.does(world.ada, 'complete_task', { task: task.id });
    await world.does(world.ada, 'reopen_task', { task: task.id, note: 'The price is wrong' });
    expect(wakes().map(({ agent }) => agent)).to.deep.equal([world.pilot]);
    expect((await textsIn(conversation)).at(-1)).to.equal(
      'Ada Lindqvist reopened #1 “Write the note”: The price is wrong. It is with @pilot.',
    );
  });

  it('hears of a moved due day, and of nothing else that is edited', async () => {
    const { task } = await created(world.ada, { assignee: 'scribe', due: '2026-12-04' });
    wakes();
    await world.does(world.ada, 'update_task', { task: task.id, title: 'Write the long note' });
    expect(wakes()).to.deep.equal([]);
    await world.does(world.ada, 'update_task', { task: task.id, due: '2026-12-07' });
    expect(wakes()).to.have.length(1);
    await world.does(world.ada, 'update_task', { task: task.id, due: null });
    const { conversation = '' } = (await world.doc(TASKS, task.id)) ?? {};
    expect((await textsIn(conversation)).slice(1)).to.deep.equal([
      'Ada Lindqvist moved the due day of #1 “Write the long note” to Mon 7 Dec. It is with @scribe.',
      'Ada Lindqvist took the due day off #1 “Write the long note”. It is with @scribe.',
    ]);
  });

  it('counts as a wake of the request when an agent gives it, until the request has had its share', async () => {
    const { conversation } = await world.does(world.ada, 'start_conversation', { title: 'Plan', text: '@pilot plan' });
    wakes();
    const root = (await world.doc(CONVERSATIONS, conversation.id))?.root ?? '';
    const from = { conversation: conversation.id, onBehalfOf: world.ada };
    // Each in a conversation of its own.
    const many = Array.from({ length: MOST_WAKES + 2 }, async (_, n) => {
      const { task } = await world.does(world.ada, 'create_task', { title: `Part ${n}` });
      return world.does<Json>(world.pilot, 'assign_task', { task: task.id, assignee: 'scribe' }, from);
    });
    const results = await Promise.all(many);
    expect(wakes()).to.have.length(MOST_WAKES);
    expect(await world.doc(ROOTS, root)).to.include({ wakes: MOST_WAKES });
    const left = results.filter(({ notWoken }) => notWoken);
    expect(left).to.have.length(2);
    expect(left[0].notWoken).to.deep.equal(['scribe']);
    const of = (await world.doc(TASKS, left[0].task.id))?.conversation ?? '';
    expect((await textsIn(of))[0]).to.match(
      /^Pilot gave #\d+ .* to @scribe\.\n\n_Not passed on to scribe: agents have/,
    );
    // Ada, who began it, is asked whether they go on; her word there settles it.
    const need = needId(world.pod, world.ada, { on: 'conversations', id: of });
    expect(await world.doc(NEEDS, need)).to.deep.include({ reason: 'unwoken', state: 'open', who: world.ada });
    await world.does(world.ada, 'post_message', { conversation: of, text: '@scribe go on' });
    expect((await world.doc(NEEDS, need))?.state).to.equal('settled');
    expect(wakes()).to.have.length(1);
  });

  it('ends a ring of agents that give each other tasks', async () => {
    await created(world.ada, { assignee: 'scribe' });
    let rounds = 0;
    for (let due = wakes(); due.length; due = wakes())
      for (const { agent, conversation } of due) {
        rounds += 1;
        expect(rounds).to.be.below(100);
        const assignee = agent === world.scribe ? 'pilot' : 'scribe';
        const { task } = await created(world.ada, {});
        await world.does(agent, 'assign_task', { task: task.id, assignee }, { conversation, onBehalfOf: world.ada });
      }
    expect(rounds).to.be.at.most(1 + MOST_WAKES);
  });

  it('leaves no word of an erased task in its lines, neither in the log nor in Slack', async () => {
    const { task } = await created(world.ada, { assignee: 'scribe', text: 'All of it' });
    await world.does(world.ada, 'assign_task', { task: task.id, assignee: 'pilot' });
    const { lines = [] } = (await world.doc(TASKS, task.id)) ?? {};
    expect(lines).to.have.length(2);
    const bodies = await Promise.all(lines.map(async ({ message }) => (await world.doc(MESSAGES, message))?.body));
    world.delivered.length = 0;
    await world.does(world.ada, 'redact', { what: '#1' });
    const erase = world.delivered.find((one) => one.kind === 'erase');
    expect(erase?.kind === 'erase' && erase.bodies).to.include.members(bodies);
    expect(world.delivered.filter((one) => one.kind === 'unpost').map(({ message }: Json) => message)).to.deep.equal(
      lines.map(({ message }) => message),
    );
    for (const { message } of lines) expect((await world.doc(MESSAGES, message))?.body).to.equal('');
  });
});
