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

  it('keeps the newest messages where they are too long for one result, and says how to get the others', async () => {
    const world = await aWorld();
    const { conversation } = await world.does(world.ada, 'start_conversation', { title: 'T', text: 'one' });
    for (let n = 1; n <= 5; n++)
      await world.does(world.ben, 'post_message', { conversation: conversation.id, text: `${n} ${'x'.repeat(9_000)}` });
    const read = (more: object) =>
      world.does(
        world.scribe,
        'read_conversation',
        { conversation: conversation.id, ...more },
        { onBehalfOf: world.ada },
      );
    const first = (page: Json) => page.messages.map((one: Json) => one.text[0]).join('');
    const newest = await read({});
    expect(first(newest)).to.equal('45');
    expect(newest.more).to.equal(`Earlier messages: before ${newest.messages[0].number}`);
    const older = await read({ before: newest.messages[0].number });
    expect(first(older)).to.equal('23');
    expect(first(await read({ before: older.messages[0].number }))).to.equal('o1');
    await world.does(world.ben, 'post_message', { conversation: conversation.id, text: 'y'.repeat(60_000) });
    expect(first(await read({})), 'one that is longer than a page comes alone').to.equal('y');
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
