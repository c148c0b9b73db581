import { expect } from 'chai';
import { Conflict, NotAllowed, NotFound } from '../../../src/errors.ts';
import { MESSAGES } from '../../../src/pods/conversations/message.ts';
import { aWorld, refusal, type World } from '../build.ts';

describe('retry_run', () => {
  let world: World;
  let notice: string;
  beforeEach(async () => {
    world = await aWorld();
    const { conversation } = await world.does(world.ada, 'start_conversation', { title: 'T', text: '@scribe go' });
    const failure = { conversation: conversation.id, text: 'I could not do this: ask @pilot.' };
    notice = (await world.does(world.scribe, 'report_failure', failure)).message.id;
    world.delivered.length = 0;
  });

  it('asks the agent that failed once more, in the name of whoever asks', async () => {
    const { addressed } = await world.does(world.gil, 'retry_run', { message: notice });
    expect(addressed).to.deep.equal([world.scribe]);
    expect(world.delivered.map(({ kind }) => kind)).to.deep.equal(['post', 'wake']);
    expect(await world.doc(MESSAGES, notice)).to.deep.include({ failed: true, retriedBy: world.gil });
  });

  it('is done once, and says who did it', async () => {
    await world.does(world.ben, 'retry_run', { message: notice });
    const again = await refusal(world.does(world.ada, 'retry_run', { message: notice }));
    expect(again).to.be.instanceOf(Conflict);
    expect(again.message).to.contain('Ben Okafor has let it try again');
  });

  it('is for the pod, and for a message that tells of a failure', async () => {
    expect(await refusal(world.does(world.zoe, 'retry_run', { message: notice }))).to.be.instanceOf(NotAllowed);
    const { message } = await world.does(world.ben, 'start_conversation', { title: 'T', text: 'Hi' });
    expect(await refusal(world.does(world.ben, 'retry_run', { message: message.id }))).to.be.instanceOf(NotFound);
    await world.does(world.ada, 'remove_member', { who: 'scribe' });
    expect((await refusal(world.does(world.ben, 'retry_run', { message: notice }))).message).to.contain(
      'not in this pod',
    );
  });

  it('calls nobody who is named in a failure, and only agents tell of one', async () => {
    expect(await world.doc(MESSAGES, notice)).not.to.have.property('mentions');
    const told = world.does(world.ada, 'report_failure', { conversation: 'c', text: 'x' });
    expect(await refusal(told)).to.be.instanceOf(Error);
  });
});
