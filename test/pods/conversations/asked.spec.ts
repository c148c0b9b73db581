// An agent that named a person hears that person's answer, whoever spoke in between.
import { expect } from 'chai';
import { CONVERSATIONS } from '../../../src/pods/conversations/conversation.ts';
import { aWorld, type World } from '../build.ts';

const DAY_MS = 86_400_000;

describe('an agent’s question to a person', () => {
  let world: World;
  let conversation: string;
  beforeEach(async () => {
    world = await aWorld();
    const text = '@pilot how many boxes do we order?';
    conversation = (await world.does(world.ada, 'start_conversation', { title: 'Boxes', text })).conversation.id;
    await world.does(world.pilot, 'post_message', { conversation, text: '@ben how many boxes fit into your van?' });
    world.delivered.length = 0;
  });

  const says = (who: World['ada'] | World['scribe'] | 'skein', text: string) =>
    world.does(who, 'post_message', { conversation, text });
  const woken = () => world.delivered.splice(0).flatMap((one) => (one.kind === 'wake' ? [one.agent] : []));
  const asked = async () => (await world.doc(CONVERSATIONS, conversation))?.asked;

  it('hears the answer after somebody else has spoken', async () => {
    await says(world.ada, 'good question, Ben');
    await says(world.ben, 'yes');
    expect(woken()).to.deep.equal([world.pilot]);
    expect(await asked()).to.equal(undefined);
  });

  it('hears it after another agent and after Skein have spoken, days later', async () => {
    await says(world.scribe, 'Boxes are 40 cm wide.');
    await says('skein', 'Ben’s mail could not be delivered.');
    world.clock.now += 5 * DAY_MS;
    await says(world.ben, 'yes, do it');
    expect(woken()).to.deep.equal([world.pilot]);
  });

  it('stays open while others speak, and while the person asked speaks to somebody else', async () => {
    await says(world.ada, 'I think twelve');
    woken();
    await says(world.ben, '@ada are you sure?');
    expect(woken()).to.deep.equal([]);
    expect(await asked()).to.deep.equal([{ by: world.pilot, who: world.ben }]);
    await says(world.ben, 'twelve it is');
    expect(woken()).to.deep.equal([world.pilot]);
  });

  it('is answered once: what the person says to others afterwards does not come to it', async () => {
    await says(world.ben, 'twelve');
    await says(world.ada, 'thanks Ben');
    woken();
    await says(world.ben, 'you are welcome');
    expect(woken()).to.deep.equal([]);
  });

  it('leaves the conversation to those who spoke before a line of Skein’s', async () => {
    await says(world.ben, 'twelve');
    await says(world.pilot, 'Shall I order them?');
    await says('skein', 'Ada’s mail could not be delivered.');
    woken();
    await says(world.ada, 'yes, do it');
    expect(woken()).to.deep.equal([world.pilot]);
  });
});
