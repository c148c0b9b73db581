import { expect } from 'chai';
import { NotAllowed, NotFound } from '../../../src/errors.ts';
import { MESSAGES } from '../../../src/pods/conversations/message.ts';
import { aWorld, refusal } from '../build.ts';

async function withMessage() {
  const world = await aWorld();
  const { conversation, message } = await world.does(world.ben, 'start_conversation', { title: 'T', text: 'one' });
  const first = (await world.doc(MESSAGES, message.id))?.body;
  world.delivered.length = 0;
  return { world, conversation, message, first };
}

describe('delete_message', () => {
  it('erases every text it had, and takes down what Skein posted', async () => {
    const { world, conversation, message, first } = await withMessage();
    await world.does('skein', 'record_sent', { message: message.id, team: 'T1', channel: 'C1', ts: ['1.0'] });
    await world.does(world.ben, 'edit_message', { message: message.id, text: 'two' });
    const second = (await world.doc(MESSAGES, message.id))?.body;
    world.delivered.length = 0;
    await world.does(world.ben, 'delete_message', { message: message.id });
    expect(world.delivered).to.have.length(2);
    const posted = (await world.doc(MESSAGES, message.id))?.posted;
    const since = (await world.commits()).find(({ seq }) => seq === posted)?.at;
    expect(world.delivered[0]).to.deep.include({
      kind: 'erase',
      bodies: [second, first],
      postings: [message.id],
      since,
      posted,
    });
    expect(world.delivered[1]).to.deep.include({ kind: 'unpost', message: message.id });
    const { messages } = await world.does(world.gil, 'read_conversation', { conversation: conversation.id });
    expect(messages[0].text).to.equal('(erased by Ben Okafor)');
  });

  it('is for its author and for owners', async () => {
    const { world, message } = await withMessage();
    for (const who of [world.gil, world.scribe, world.zoe])
      expect(await refusal(world.does(who, 'delete_message', { message: message.id }))).to.be.instanceOf(NotAllowed);
    await world.does(world.ada, 'delete_message', { message: message.id });
    const again = await refusal(world.does(world.ada, 'delete_message', { message: message.id }));
    expect(again).to.be.instanceOf(NotFound);
    expect(again.message).to.include('was erased');
  });

  it('is no longer for who has left, but Skein does what Slack let them do', async () => {
    const { world, message } = await withMessage();
    await world.does(world.ada, 'remove_member', { who: 'ben' });
    const asked = { message: message.id };
    expect(await refusal(world.does(world.ben, 'delete_message', asked))).to.be.instanceOf(NotAllowed);
    await world.does('skein', 'delete_message', asked);
  });
});
