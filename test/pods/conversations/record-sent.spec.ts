import { expect } from 'chai';
import { NotAllowed, NotFound } from '../../../src/errors.ts';
import { MESSAGES } from '../../../src/pods/conversations/message.ts';
import { aWorld, refusal } from '../build.ts';

describe('record_sent', () => {
  it('keeps where a message stands outside', async () => {
    const world = await aWorld();
    const { message } = await world.does(world.ben, 'start_conversation', { title: 'T', text: 'one' });
    const sent = { message: message.id, team: 'T1', channel: 'C1', ts: ['1.0', '2.0'] };
    await world.does('skein', 'record_sent', sent);
    expect(await world.doc(MESSAGES, message.id)).to.deep.include({
      ours: true,
      places: ['slack:T1:C1:1.0', 'slack:T1:C1:2.0'],
    });
    expect(await refusal(world.does(world.ada, 'record_sent', sent))).to.be.instanceOf(NotAllowed);
    expect(await refusal(world.does('skein', 'record_sent', { ...sent, message: 'm_0' }))).to.be.instanceOf(NotFound);
  });

  it('makes the first post of a conversation in Slack the root of its thread', async () => {
    const world = await aWorld();
    const origin = { kind: 'slack', team: 'T1', channel: 'C9' } as const;
    const here = { pod: 'p_hall' };
    await world.does(world.zoe, 'create_pod', { name: 'Hall' }, { ...here, origin });
    const made = await world.does(world.zoe, 'start_conversation', { title: 'T', text: 'one' }, here);
    const sent = { message: made.message.id, team: 'T1', channel: 'C9', ts: ['1.0'] };
    await world.does('skein', 'record_sent', sent, here);
    const answer = { ...here, origin: { ...origin, ts: '2.0', thread: '1.0' } };
    const { message } = await world.does(world.zoe, 'post_message', { text: 'two' }, answer);
    expect(message.conversation).to.equal(made.conversation.id);
  });
});
