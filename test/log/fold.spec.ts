import { expect } from 'chai';
import { apply } from '../../src/log/fold.ts';
import { CONVERSATIONS } from '../../src/pods/conversations/conversation.ts';
import { aWorld, openStore } from '../pods/build.ts';
import { memoryData } from '../store/memory.ts';

describe('fold', () => {
  it('may apply any commit again, however late, and nothing changes', async () => {
    const data = memoryData();
    const world = await aWorld({ store: openStore(data) });
    const { conversation } = await world.does(world.ada, 'start_conversation', { title: 'Boxes', text: '@scribe one' });
    await world.does(world.ben, 'post_message', { conversation: conversation.id, text: 'two' });
    const { note } = await world.does(world.ada, 'record_learning', { learning: 'secret' });
    await world.does(world.ada, 'redact', { what: note.id, reason: 'private' });
    const before = structuredClone([data.docs, data.postings]);
    const delivered = world.delivered.length;
    for (const commit of await world.commits()) {
      await apply(world.fold, commit);
      // Another process may have read it before it was settled.
      await apply(world.fold, { ...commit, pending: true, rev: 1 });
    }
    expect([data.docs, data.postings]).to.deep.equal(before);
    expect(world.delivered).to.have.length(delivered);
    expect(await world.doc(CONVERSATIONS, conversation.id)).to.include({ messages: 2 });
  });

  it('folds all changes of one commit to one document at once', async () => {
    const world = await aWorld();
    const { conversation } = await world.does(world.ada, 'start_conversation', { title: 'Boxes', text: 'one' });
    expect(await world.doc(CONVERSATIONS, conversation.id)).to.include({ rev: 1, messages: 1 });
  });
});
