import { expect } from 'chai';
import type { Origin } from '../../../src/log/place.ts';
import { makeReader } from '../../../src/log/read.ts';
import { CONVERSATIONS } from '../../../src/pods/conversations/conversation.ts';
import type { DeliveryOf } from '../../../src/pods/deliveries.ts';
import { TASKS } from '../../../src/pods/tasks/task.ts';
import { aWorld, type Json, refusal, type World } from '../build.ts';

describe('a mail that was forwarded before', () => {
  let world: World;
  beforeEach(async () => {
    world = await aWorld();
  });
  const takes = (who: typeof world.ben, id: string, over: object = {}) =>
    world.acts(
      who,
      'take_mail',
      { title: 'Rye offer', text: 'Please look.', outsideTitle: true, sources: ['s1'], ...over },
      { origin: { kind: 'email', messageId: `<${id}@x.example>`, raw: id, outside: 'Dear all' } as Origin },
    );

  it('joins the open task in its conversation: both follow it, and its words are kept', async () => {
    const first = (await takes(world.ben, 'm1')).result;
    const { result, commit } = await takes(world.ada, 'm2', { text: 'Is this still open?' });
    expect(result).to.deep.include({ conversation: first.conversation, task: first.task, joined: true });
    const task = await world.doc(TASKS, first.task.id);
    expect(task?.followers).to.include(world.ada);
    expect((await world.doc(CONVERSATIONS, first.conversation))?.mail?.people).to.include.members([
      world.ben,
      world.ada,
    ]);
    const mails = (commit?.deliveries ?? []).flatMap((one) => (one.kind === 'mail' ? [one as DeliveryOf<'mail'>] : []));
    expect(mails.map(({ about, to }) => [about, to])).to.deep.equal([
      ['acknowledgement', [world.ada]],
      ['message', [world.ben]],
    ]);
    const { messages } = await world.does(world.ben, 'read_conversation', { conversation: first.conversation });
    expect(messages.at(-1).text).to.equal('Is this still open?\n\n_The mail of task #1 once more_');
    const { tasks } = await world.does(world.ben, 'list_tasks', { state: 'all' });
    expect(tasks).to.have.length(1);
  });

  it('becomes a task of its own once the other is done, and where it brings anything else', async () => {
    await takes(world.ben, 'm1');
    expect((await takes(world.ada, 'm2', { sources: ['s2'] })).result.task.number).to.equal(2);
    await world.does(world.ben, 'complete_task', { task: '#1' });
    expect((await takes(world.ada, 'm3')).result.task.number).to.equal(3);
    expect((await takes(world.ada, 'm4', { sources: ['s2'], letIn: 'proved' })).result.task.number, 'let in').to.equal(
      4,
    );
  });

  it('is a task of its own again: its sender follows that one alone, and a third mail of theirs joins it', async () => {
    const first = (await takes(world.ben, 'm1')).result;
    const joined = (await takes(world.ada, 'm2', { text: 'Can we afford it?' })).result;
    world.delivered.length = 0;
    const { result, commit } = await world.acts(world.ben, 'separate_mail', { message: joined.message });
    expect(result.task.number).to.equal(2);
    const task = await world.doc(TASKS, result.task.id);
    expect(task).to.deep.include({ assignee: world.pilot, followers: [world.ada], createdBy: world.ben });
    expect(task?.conversation).to.equal(result.task.conversation).and.not.to.equal(first.conversation);
    const text = (await makeReader(world.store).texts([task?.body])).get(task?.body ?? '');
    expect(text).to.equal('Can we afford it?\n\nThe forwarded mail is in the conversation of #1.');
    expect((await world.doc(CONVERSATIONS, result.task.conversation))?.mail?.people).to.include(world.ada);
    expect((await world.doc(CONVERSATIONS, first.conversation))?.mail?.people).to.deep.equal([world.ben]);
    expect((await world.doc(TASKS, first.task.id))?.followers).to.deep.equal([]);
    const kinds = (commit?.deliveries ?? []).map(({ kind }) => kind);
    expect(kinds).to.include('wake');
    const line = 'Ben Okafor made a task of its own of the mail from Ada Lindqvist: #2.';
    const there = await world.does(world.ben, 'read_conversation', { conversation: result.task.conversation });
    expect(there.messages.map((one: Json) => one.text)).to.include(line);
    const mails = (commit?.deliveries ?? []).filter((one) => one.kind === 'mail');
    expect(mails, 'who forwarded it hears so').to.have.length(1);
    expect(mails[0]).to.deep.include({ about: 'message', to: [world.ada] });
    const { messages } = await world.does(world.ben, 'read_conversation', { conversation: first.conversation });
    expect(messages.at(-1).text).to.equal('Can we afford it?\n\n_This mail is task #2 now_');
    expect((await takes(world.ada, 'm3')).result.task.number, 'hers').to.equal(2);
    expect((await takes(world.ben, 'm4')).result.task.number, 'his').to.equal(1);
    const again = await refusal(world.does(world.ada, 'separate_mail', { message: joined.message }));
    expect(again.message).to.equal('This mail is a task of its own already: #2.');
    const other = await refusal(world.does(world.ada, 'separate_mail', { message: first.message }));
    expect(other.message).to.equal('This message is no mail that joined a task.');
  });

  it('goes on with the task that its sender followed before', async () => {
    const first = (await takes(world.ben, 'm1', { followers: [world.ada] })).result;
    const { message } = (await takes(world.ada, 'm2')).result;
    await world.does(world.ada, 'separate_mail', { message });
    expect((await world.doc(TASKS, first.task.id))?.followers).to.deep.equal([world.ada]);
  });

  it('is no fingerprint of an erased task', async () => {
    const { task } = (await takes(world.ben, 'm1')).result;
    await world.does(world.ada, 'redact', { what: task.id });
    expect(await world.doc(TASKS, task.id)).not.to.have.property('sources');
  });
});
