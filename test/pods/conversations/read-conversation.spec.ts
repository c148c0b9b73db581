import { expect } from 'chai';
import { NotAllowed } from '../../../src/errors.ts';
import { aWorld, type Json, refusal } from '../build.ts';

describe('read_conversation', () => {
  it('shows messages, oldest first, page by page', async () => {
    const world = await aWorld();
    const { conversation } = await world.does(world.ada, 'start_conversation', { title: 'T', text: 'one' });
    for (const text of ['two', 'three'])
      await world.does(world.ben, 'post_message', { conversation: conversation.id, text });
    const read = (more: object) =>
      world.does(world.gil, 'read_conversation', { conversation: conversation.id, limit: 2, ...more });
    const newest = await read({});
    expect(newest.messages.map((one: Json) => `${one.from}: ${one.text}`)).to.deep.equal([
      'Ben Okafor: two',
      'Ben Okafor: three',
    ]);
    expect(newest.more).to.equal(`Earlier messages: before ${newest.messages[0].number}`);
    const older = await read({ before: newest.messages[0].number });
    expect(older.messages.map((one: Json) => one.text)).to.deep.equal(['one']);
    expect(older).not.to.have.property('more');
  });

  it('lists the newest conversations, by title or first words', async () => {
    const world = await aWorld();
    const origin = { kind: 'slack', team: 'T1', channel: 'C1', ts: '1.0' } as const;
    await world.does(world.ada, 'start_conversation', { title: 'Boxes', text: 'Which?' });
    await world.does(world.ben, 'post_message', { text: 'Good morning' }, { origin });
    const { conversations } = await world.does(world.gil, 'read_conversation');
    expect(conversations.map((one: Json) => one.title)).to.deep.equal(['Good morning', 'Boxes']);
    expect(conversations[0].last.from).to.equal('Ben Okafor');
  });

  it('is for those who are in the pod', async () => {
    const world = await aWorld();
    expect(await refusal(world.does(world.zoe, 'read_conversation'))).to.be.instanceOf(NotAllowed);
    expect(await refusal(world.does(world.zoe, 'read_conversation', { conversation: 'c_0' }))).to.be.instanceOf(
      NotAllowed,
    );
  });
});
