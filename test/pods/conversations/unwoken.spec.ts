// An agent that is named and not woken, because a request has had its share, is for the person who began the request.
import { expect } from 'chai';
import { MOST_WAKES } from '../../../src/pods/conversations/cause.ts';
import { NEEDS, needId } from '../../../src/pods/needs/need.ts';
import { aWorld } from '../build.ts';

describe('an agent that another names and that is not woken', () => {
  it('is an open item of the person who began it, and of nobody else; their word there goes on', async () => {
    const world = await aWorld();
    const { conversation } = await world.does(world.ben, 'start_conversation', {
      title: 'Plan',
      text: '@pilot plan it',
    });
    const about = { on: 'conversations', id: conversation.id };
    const item = (who: typeof world.ben | typeof world.ada | 'owners') =>
      world.doc(NEEDS, needId(world.pod, who, about));
    const wakes = () => world.delivered.splice(0).filter(({ kind }) => kind === 'wake').length;
    wakes();
    let turns = 0;
    for (let woken = 1; woken && turns <= MOST_WAKES; turns++) {
      const [by, to] = turns % 2 ? [world.scribe, 'pilot'] : [world.pilot, 'scribe'];
      await world.does(by, 'post_message', { conversation: conversation.id, text: `@${to} your turn` });
      woken = wakes();
    }
    expect(turns).to.be.greaterThan(1).and.at.most(MOST_WAKES);
    expect(await item(world.ben)).to.include({ reason: 'unwoken', state: 'open', who: world.ben });
    expect([await item(world.ada), await item('owners')]).to.deep.equal([undefined, undefined]);
    await world.does(world.ben, 'post_message', { conversation: conversation.id, text: '@scribe go on' });
    expect(wakes()).to.equal(1);
    expect((await item(world.ben))?.state).to.equal('settled');
  });
});
