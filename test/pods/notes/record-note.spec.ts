import { expect } from 'chai';
import { NotAllowed, NotFound } from '../../../src/errors.ts';
import { NOTES } from '../../../src/pods/notes/note.ts';
import { aWorld, refusal } from '../build.ts';

describe('record_decision and record_learning', () => {
  it('keep the text with its reason, beside the log', async () => {
    const world = await aWorld();
    const { result, commit } = await world.acts(world.scribe, 'record_decision', {
      decision: 'We ship on Friday',
      why: 'the fair is on Saturday',
    });
    expect(result.note.kind).to.equal('decision');
    expect(JSON.stringify(commit)).not.to.include('Friday');
    const { notebook } = await world.does(world.gil, 'read_pod');
    expect(notebook).to.have.length(1);
    expect(notebook[0]).to.deep.include({
      id: result.note.id,
      kind: 'decision',
      text: 'We ship on Friday\n\nWhy: the fair is on Saturday',
      by: 'Scribe',
    });
  });

  it('note the conversation it came up in', async () => {
    const world = await aWorld();
    const { conversation } = await world.does(world.ada, 'start_conversation', { title: 'Boxes', text: 'Which?' });
    const input = { learning: 'Boxes take nine days', context: 'from Oslo', conversation: conversation.id };
    const { note } = await world.does(world.ben, 'record_learning', input);
    expect(await world.doc(NOTES, note.id)).to.include({
      kind: 'learning',
      conversation: conversation.id,
      by: world.ben,
    });
    expect((await world.does(world.ben, 'search_pod', { query: 'oslo' })).found[0].text).to.equal(
      'Boxes take nine days Context: from Oslo',
    );
    const wrong = await refusal(world.does(world.ben, 'record_learning', { ...input, conversation: 'c_none' }));
    expect(wrong).to.be.instanceOf(NotFound);
  });

  it('are for members', async () => {
    const world = await aWorld();
    expect(await refusal(world.does(world.gil, 'record_decision', { decision: 'x' }))).to.be.instanceOf(NotAllowed);
    expect(await refusal(world.does(world.zoe, 'record_learning', { learning: 'x' }))).to.be.instanceOf(NotAllowed);
  });
});
