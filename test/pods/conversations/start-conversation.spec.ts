import { expect } from 'chai';
import { Conflict, NotAllowed } from '../../../src/errors.ts';
import { CONVERSATIONS } from '../../../src/pods/conversations/conversation.ts';
import { aWorld, refusal } from '../build.ts';

const input = { title: 'Boxes', text: '@scribe which boxes?' };

describe('start_conversation', () => {
  it('opens a thread with its first message and wakes who is meant', async () => {
    const world = await aWorld();
    const { result, commit } = await world.acts(world.ben, 'start_conversation', input);
    expect(commit?.changes.map((change) => change.type)).to.deep.equal([
      'conversation_started',
      'message_posted',
      'message_added',
      'run_opened',
    ]);
    expect(world.delivered.map((one) => one.kind)).to.deep.equal(['post', 'wake']);
    const doc = await world.doc(CONVERSATIONS, result.conversation.id);
    expect(doc).to.include({ messages: 1, startedBy: world.ben });
    expect(await world.store.bodies.get([doc?.titleRef ?? ''])).to.deep.equal(
      new Map([[doc?.titleRef, { text: 'Boxes' }]]),
    );
    expect(result.conversation.title).to.equal('Boxes');
  });

  it('is for members, in a pod that is not at rest', async () => {
    const world = await aWorld();
    expect(await refusal(world.does(world.gil, 'start_conversation', input))).to.be.instanceOf(NotAllowed);
    await world.does(world.ada, 'archive_pod');
    expect(await refusal(world.does(world.ben, 'start_conversation', input))).to.be.instanceOf(Conflict);
  });
});
