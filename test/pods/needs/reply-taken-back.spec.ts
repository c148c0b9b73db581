// A reply that is deleted: the mention that it answered is open again, while nobody has written after it or heard it.
import { expect } from 'chai';
import type { PersonId } from '../../../src/log/participant.ts';
import { CONVERSATIONS } from '../../../src/pods/conversations/conversation.ts';
import { NEEDS, needId } from '../../../src/pods/needs/need.ts';
import { aWorld, type Json, type World } from '../build.ts';

describe('a reply that is taken back', () => {
  let world: World;
  let conversation: string;
  beforeEach(async () => {
    world = await aWorld();
    const text = '@ben which hall do we take?';
    conversation = (await world.does(world.ada, 'start_conversation', { title: 'Hall', text })).conversation.id;
  });
  const says = async (who: PersonId, text: string) =>
    (await world.does(who, 'post_message', { conversation, text })).message.id as string;
  const deletes = (message: string, who: PersonId | 'skein' = world.ben) =>
    world.acts<Json>(who, 'delete_message', { message });
  const item = (who: PersonId | 'owners' = world.ben) =>
    world.doc(NEEDS, needId(world.pod, who, { on: 'conversations', id: conversation }));
  const state = async () => (await item())?.state;

  it('opens the mention again, for whoever it named, and they hear of it', async () => {
    const before = await item();
    const reply = await says(world.ben, 'The new one');
    expect(await state()).to.equal('settled');
    const { commit } = await deletes(reply);
    const after = await item();
    expect(after).to.deep.include({
      state: 'open',
      reason: 'named',
      message: before?.message,
      by: world.ada,
      again: true,
    });
    const heard = (commit?.deliveries ?? []).filter(({ kind }) => kind === 'act') as Json[];
    expect(heard.map((one) => [one.in, one.action, one.input.need])).to.deep.equal([[world.ben, 'hear', after?.id]]);
    await says(world.ben, 'The old one');
    expect(await state()).to.equal('settled');
  });

  it('leaves what the owners have in the place of somebody to the next word, once more', async () => {
    await world.does('skein', 'remove_member', { who: world.ben });
    const reply = await says(world.ada, 'The new one');
    expect((await item('owners'))?.state).to.equal('settled');
    await deletes(reply, world.ada);
    expect((await item('owners'))?.state).to.equal('open');
    await says(world.ada, 'The old one');
    expect((await item('owners'))?.state).to.equal('settled');
  });

  it('leaves what a deputy replied to in the place of somebody to their next word, once more', async () => {
    await world.does(world.ben, 'set_away', { until: '2026-11-09', deputy: 'gil' });
    const need = (await item())?.id;
    await world.does('skein', 'stand_in', { need, deputy: world.gil });
    const reply = await says(world.gil, 'The new one');
    expect(await state()).to.equal('settled');
    await deletes(reply, world.gil);
    expect(await state()).to.equal('open');
    await says(world.gil, 'The old one');
    expect(await state()).to.equal('settled');
  });

  it('stays answered once somebody has written after it, or its author has, but not by what is erased too', async () => {
    for (const who of [world.gil, world.ben]) {
      const reply = await says(world.ben, 'The new one');
      const next = await says(who, 'Good.');
      await deletes(reply);
      expect(await state()).to.equal('settled');
      await deletes(next, who);
      await says(world.ada, '@ben once more: which?');
    }
    const reply = await says(world.ben, 'The new one');
    await deletes(await says(world.gil, 'Good.'), world.gil);
    await deletes(reply);
    expect(await state()).to.equal('open');
  });

  it('opens nothing that is over by other means: erased, or not named any more, or the person has left', async () => {
    const first = (await item())?.message ?? '';
    const reply = await says(world.ben, 'The new one');
    await world.does(world.ada, 'edit_message', { message: first, text: 'Which hall do we take?' });
    await deletes(reply);
    expect(await state()).to.equal('settled');
    await says(world.ada, '@ben which?');
    const second = await says(world.ben, 'The new one');
    await world.does(world.ada, 'remove_member', { who: 'ben' });
    await deletes(second, 'skein');
    expect(await state()).to.not.equal('open');
  });

  it('of an agent’s mention is awaited by the agent again, and the next words of its author go to it', async () => {
    await world.does(world.scribe, 'post_message', { conversation, text: '@ben shall I book it?' });
    const asked = async () => (await world.doc(CONVERSATIONS, conversation))?.asked;
    expect(await asked()).to.deep.equal([{ by: world.scribe, who: world.ben }]);
    const reply = await says(world.ben, 'Yes');
    expect(await asked()).to.equal(undefined);
    await deletes(reply);
    expect([await asked(), await state()]).to.deep.equal([[{ by: world.scribe, who: world.ben }], 'open']);
    await says(world.gil, 'Lovely weather.');
    world.delivered.length = 0;
    await says(world.ben, 'No, wait');
    expect(world.delivered.filter(({ kind }) => kind === 'wake').map((one) => (one as Json).agent)).to.deep.equal([
      world.scribe,
    ]);
  });

  it('of an agent’s mention stays answered once the agent has heard it', async () => {
    await world.does(world.scribe, 'post_message', { conversation, text: '@ben shall I book it?' });
    const reply = await says(world.ben, 'Yes');
    const position = (await world.commits()).length;
    const session = { id: 's_1', rev: 1, pod: world.pod, conversation, agent: world.scribe, epoch: 1 };
    await world.store.collection('sessions').insert([session]);
    const turn = { id: 's_1:1:1', rev: 1, session: 's_1', epoch: 1, n: 1, role: 'user', position, heardUpTo: position };
    await world.store.collection('turns').insert([turn]);
    await deletes(reply);
    expect(await state()).to.equal('settled');
  });
});
