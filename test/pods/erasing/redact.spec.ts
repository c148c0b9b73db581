import { expect } from 'chai';
import { Conflict, NotAllowed, NotFound } from '../../../src/errors.ts';
import { sha256 } from '../../../src/log/ids.ts';
import { CONVERSATIONS } from '../../../src/pods/conversations/conversation.ts';
import { MESSAGES } from '../../../src/pods/conversations/message.ts';
import type { Delivery } from '../../../src/pods/deliveries.ts';
import { VERSIONS } from '../../../src/pods/files/file.ts';
import { NEEDS, needId } from '../../../src/pods/needs/need.ts';
import { NOTES } from '../../../src/pods/notes/note.ts';
import { QUESTIONS } from '../../../src/pods/questions/question.ts';
import { TASKS } from '../../../src/pods/tasks/task.ts';
import { aWorld, refusal, type World } from '../build.ts';

type Erase = Extract<Delivery, { kind: 'erase' }>;

const erasing = ({ delivered }: World) => delivered.find((one): one is Erase => one.kind === 'erase');
const said = async (world: World, ref = '') => (await world.store.bodies.get([ref])).get(ref)?.text;

describe('redact', () => {
  it('of a task withdraws its open questions and what waits for its people, and their buttons go', async () => {
    const world = await aWorld();
    const { does, ada, ben, scribe, pod } = world;
    const { task } = await does(ada, 'create_task', { title: 'Order boxes', assignee: 'ben' });
    const { conversation } = await does(ada, 'start_conversation', { title: 'Boxes', text: 'Let us begin.' });
    const input = { to: ['ada'], question: 'How many?', options: ['ten', 'all'], task: '#1' };
    const { question, message } = await does(scribe, 'ask', input, { conversation: conversation.id });
    const item = needId(pod, ben, { on: 'tasks', id: task.id });
    const asked = needId(pod, ada, { on: 'questions', id: question.id });
    expect(await world.doc(NEEDS, item)).to.include({ state: 'open' });
    expect(await world.doc(NEEDS, asked)).to.include({ state: 'open' });
    world.delivered.length = 0;
    await does(ada, 'redact', { what: '#1' });
    expect(await world.doc(QUESTIONS, question.id)).to.deep.include({
      state: 'withdrawn',
      withdrawn: { by: ada, why: 'dropped' },
    });
    expect(await world.doc(NEEDS, item)).to.include({ state: 'withdrawn' });
    expect(await world.doc(NEEDS, asked)).to.include({ state: 'withdrawn' });
    expect((await world.doc(CONVERSATIONS, conversation.id))?.questions).to.equal(undefined);
    const updates = world.delivered.filter(({ kind }) => kind === 'update');
    expect(updates.map((one) => one.kind === 'update' && one.message)).to.deep.equal([message.id]);
    expect(world.delivered.filter(({ kind }) => kind === 'wake')).to.deep.equal([]);
  });

  it('says what is not within its reach: what Slack keeps, and mails and notifications that went out', async () => {
    const world = await aWorld();
    const { message } = await world.does(world.ben, 'start_conversation', { title: 'T', text: 'one' });
    const { outside } = await world.does(world.ben, 'redact', { what: message.id });
    expect(outside).to.equal(
      'Erased in Skein, and its posts in Slack are deleted or changed. Not within reach: mails and notifications that went out, and what Slack keeps by the workspace’s own retention and export settings; an admin of the workspace sees to those.',
    );
  });

  it('takes every text a message ever had', async () => {
    const world = await aWorld();
    const { message } = await world.does(world.ben, 'start_conversation', { title: 'T', text: '@scribe one' });
    const first = (await world.doc(MESSAGES, message.id))?.body;
    await world.does(world.ben, 'edit_message', { message: message.id, text: 'two' });
    const second = (await world.doc(MESSAGES, message.id))?.body;
    await world.does(world.ada, 'redact', { what: message.id, reason: 'private' });
    expect(erasing(world)).to.deep.include({
      bodies: [second, first],
      postings: [message.id],
      blobs: [],
    });
    const doc = await world.doc(MESSAGES, message.id);
    expect(doc?.erased).to.include({ by: world.ada, at: world.clock.now });
    expect(await said(world, doc?.erased?.reasonRef)).to.equal('private');
    expect(doc).to.include({ body: '' });
    expect(doc).not.to.have.property('earlier');
  });

  it('takes down what Skein posted', async () => {
    const world = await aWorld();
    const { conversation, message } = await world.does(world.scribe, 'start_conversation', { title: 'T', text: 'one' });
    await world.does('skein', 'record_sent', { message: message.id, team: 'T1', channel: 'C1', ts: ['1.0'] });
    await world.does(world.ada, 'redact', { what: message.id, reason: 'private' });
    expect(world.delivered.at(-1)).to.deep.include({
      kind: 'unpost',
      conversation: conversation.id,
      message: message.id,
    });
  });

  it('takes a task’s title and texts, by number or id', async () => {
    const world = await aWorld();
    const { task } = await world.does(world.ben, 'create_task', { title: 'Call Mr X', text: 'at home' });
    await world.does(world.ben, 'update_task', { task: task.id, title: 'Ring Mr X', text: 'at work' });
    await world.does(world.ben, 'start_task', { task: task.id, note: 'Mr X is in' });
    await world.does(world.ben, 'redact', { what: '#1', reason: 'private' });
    const texts = await world.store.bodies.get(erasing(world)?.bodies ?? []);
    const every = ['Ring Mr X', 'at work', 'Call Mr X', 'at home', 'Mr X is in'];
    expect([...texts.values()].map(({ text }) => text)).to.have.members(every);
    expect(await world.doc(TASKS, task.id)).to.include({ titleRef: '' });
    expect((await world.does(world.ben, 'search_pod', { query: 'call' })).found).to.deep.equal([]);
  });

  it('takes all versions of a file, but no content that another file still shows', async () => {
    const world = await aWorld();
    const { file } = await world.does(world.ben, 'put_file', { name: 'a.md', text: 'shared' });
    await world.does(world.ben, 'put_file', { name: 'a.md', text: 'own', base: 1 });
    const other = await world.does(world.ben, 'put_file', { name: 'b.md', text: 'shared' });
    await world.does(world.ben, 'redact', { what: file.id, reason: 'private' });
    expect(erasing(world)).to.deep.include({ blobs: [sha256('own')], postings: [file.id] });
    expect(await world.doc(VERSIONS, `${file.id}/1`)).to.deep.include({ hash: '', size: 0 });
    expect((await world.does(world.ben, 'read_file', { name: 'b.md' })).text).to.equal('shared');
    world.delivered.length = 0;
    await world.does(world.ben, 'redact', { what: other.file.id, reason: 'private' });
    expect(erasing(world)).to.deep.include({ blobs: [sha256('shared')] });
  });

  it('takes the mail that a file came with, which holds it too', async () => {
    const world = await aWorld();
    const raw = sha256('the mail');
    const mail = { via: 'email', origin: { kind: 'email', messageId: '<1@x>', raw } } as const;
    const { file } = await world.does(world.ben, 'put_file', { name: 'mail/a.pdf', text: 'scan' }, mail);
    await world.does(world.ada, 'redact', { what: file.id });
    expect(erasing(world)?.blobs).to.have.members([sha256('scan'), raw]);
    expect(await world.doc(VERSIONS, `${file.id}/1`)).not.to.have.property('raw');
  });

  it('takes the name of a file, also when it was put again', async () => {
    const world = await aWorld();
    const put = async (text: string) => (await world.does(world.ben, 'put_file', { name: 'Mr X.md', text })).file.id;
    const id = await put('one');
    await world.does(world.ben, 'redact', { what: id, reason: 'about Mr X' });
    const [name] = erasing(world)?.bodies ?? [];
    expect(await said(world, name)).to.equal('Mr X.md');
    await put('two');
    world.delivered.length = 0;
    await world.does(world.ben, 'redact', { what: id });
    const texts = await world.store.bodies.get(erasing(world)?.bodies ?? []);
    expect([...texts.values()].map(({ text }) => text)).to.have.members(['Mr X.md', 'about Mr X']);
    expect(erasing(world)?.bodies).not.to.include(name);
  });

  it('takes the title of a conversation, for who began it and for owners', async () => {
    const world = await aWorld();
    const { conversation } = await world.does(world.ben, 'start_conversation', { title: 'About Mr X', text: 'hm' });
    const what = conversation.id;
    expect(await refusal(world.does(world.scribe, 'redact', { what }))).to.be.instanceOf(NotAllowed);
    await world.does(world.ben, 'redact', { what, reason: 'private' });
    const doc = await world.doc(CONVERSATIONS, what);
    expect(doc).to.have.property('erased');
    expect(doc).not.to.have.property('titleRef');
    expect(await said(world, erasing(world)?.bodies[0])).to.equal('About Mr X');
    expect((await world.does(world.ben, 'search_pod', { query: 'about' })).found).to.deep.equal([]);
    const { conversations } = await world.does(world.ben, 'read_conversation', { conversation: 'all' });
    expect(conversations[0].title).to.equal('hm');
  });

  it('is for who wrote it alone, and for owners', async () => {
    const world = await aWorld();
    const { file } = await world.does(world.ben, 'put_file', { name: 'a.md', text: 'one' });
    await world.does(world.scribe, 'put_file', { name: 'a.md', text: 'two', base: 1 });
    for (const who of [world.ben, world.scribe, world.gil, world.zoe]) {
      const error = await refusal(world.does(who, 'redact', { what: file.id, reason: 'x' }));
      expect(error).to.be.instanceOf(NotAllowed);
    }
    await world.does(world.ada, 'redact', { what: file.id, reason: 'x' });
  });

  it('is no longer for who has left', async () => {
    const world = await aWorld();
    const { note } = await world.does(world.ben, 'record_learning', { learning: 'ours' });
    await world.does(world.ben, 'remove_member', { who: 'ben' });
    const error = await refusal(world.does(world.ben, 'redact', { what: note.id, reason: 'x' }));
    expect(error).to.be.instanceOf(NotAllowed);
  });

  it('works in an archived pod, once', async () => {
    const world = await aWorld();
    const { note } = await world.does(world.ben, 'record_learning', { learning: 'secret' });
    await world.does(world.ada, 'archive_pod');
    await world.does(world.ben, 'redact', { what: note.id });
    expect(await refusal(world.does(world.ben, 'redact', { what: note.id, reason: 'x' }))).to.be.instanceOf(Conflict);
    expect(await refusal(world.does(world.ben, 'redact', { what: 'n_0', reason: 'x' }))).to.be.instanceOf(NotFound);
  });

  it('takes the reason it was given before, which may have said too much', async () => {
    const world = await aWorld();
    const { note } = await world.does(world.ben, 'record_learning', { learning: 'secret' });
    await world.does(world.ben, 'redact', { what: note.id, reason: 'tells of Mr X' });
    const first = (await world.doc(NOTES, note.id))?.erased;
    world.delivered.length = 0;
    await world.does(world.ada, 'redact', { what: note.id, reason: 'private' });
    expect(erasing(world)?.bodies).to.deep.equal([first?.reasonRef]);
    const { erased } = (await world.doc(NOTES, note.id)) ?? {};
    expect(erased).to.include({ by: world.ben, at: first?.at });
    expect(await said(world, erased?.reasonRef)).to.equal('private');
  });

  it('leaves the record of an erasure to who erased it, and to owners', async () => {
    const world = await aWorld();
    const { file } = await world.does(world.ben, 'put_file', { name: 'a.md', text: 'one' });
    const { note } = await world.does(world.ben, 'record_learning', { learning: 'secret' });
    const { task } = await world.does(world.ben, 'create_task', { title: 'Call Mr X' });
    const { conversation, message } = await world.does(world.ben, 'start_conversation', { title: 'T', text: 'one' });
    for (const { id: what } of [file, note, task, conversation, message]) {
      await world.does(world.ada, 'redact', { what, reason: 'private' });
      for (const who of [world.gil, world.ben, world.zoe])
        expect(await refusal(world.does(who, 'redact', { what, reason: 'nonsense' }))).to.be.instanceOf(NotAllowed);
      await world.does(world.ada, 'redact', { what });
    }
  });

  it('counts as authors of a file also those whose versions were erased before', async () => {
    const world = await aWorld();
    const { file } = await world.does(world.ben, 'put_file', { name: 'a.md', text: 'one' });
    await world.does(world.ben, 'redact', { what: file.id, reason: 'private' });
    await world.does(world.scribe, 'put_file', { name: 'a.md', text: 'two' });
    for (const who of [world.ben, world.scribe])
      expect(await refusal(world.does(who, 'redact', { what: file.id }))).to.be.instanceOf(NotAllowed);
    await world.does(world.ada, 'redact', { what: file.id });
  });

  it('keeps from who is not in the pod whether there is such a thing', async () => {
    const world = await aWorld();
    const { note } = await world.does(world.ben, 'record_learning', { learning: 'secret' });
    const there = await refusal(world.does(world.zoe, 'redact', { what: note.id, reason: 'x' }));
    const missing = await refusal(world.does(world.zoe, 'redact', { what: 'n_0', reason: 'x' }));
    expect(there).to.be.instanceOf(NotAllowed);
    expect(there.message).to.equal(missing.message);
  });
});
