// An answer whose words were edited: the question shows the new one, whoever hears it is told the difference, and no other
// question is answered by it.
import { expect } from 'chai';
import { NotFound } from '../../../src/errors.ts';
import { QUESTIONS } from '../../../src/pods/questions/question.ts';
import { aWorld, type Json, refusal, type World } from '../build.ts';

describe('an answer that is changed', () => {
  let world: World;
  let conversation: string;
  let first: Json;
  let newer: Json;
  beforeEach(async () => {
    world = await aWorld();
    conversation = (await world.does(world.ada, 'start_conversation', { title: 'Hall', text: 'Which?' })).conversation
      .id;
    const asks = async (question: string) =>
      (await world.does(world.scribe, 'ask', { to: ['ben'], question, conversation, options: ['Old', 'New'] }))
        .question;
    first = await asks('Which hall?');
    await world.does(world.ben, 'answer_question', { question: first.id, choice: '1', text: 'Old' });
    newer = await asks('Which room?');
  });
  const change = (text: string, who = world.ben) =>
    world.acts<Json>(who, 'change_answer', { question: first.id, text });

  it('shows in the question, and wakes whoever heard the first one with what it was; no newer one is settled', async () => {
    const { commit, result } = await change('New, please');
    expect(result).to.deep.equal({ number: 'q1', hearer: 'Scribe' });
    const [answer, ...more] = (await world.doc(QUESTIONS, first.id))?.answers ?? [];
    expect(more).to.deep.equal([]);
    const shown = (await world.does(world.ben, 'list_questions', { state: 'answered' })).questions;
    expect(shown.find(({ number }: Json) => number === 'q1').answers[0]).to.deep.include({
      choice: 'New',
      words: 'New, please',
    });
    expect(answer?.earlier).to.have.length(2);
    const { messages } = await world.does(world.ada, 'read_conversation', { conversation });
    expect(messages.at(-1).text).to.equal('@scribe my answer to q1 is now: New, please\n\nIt was: Old');
    const kinds = (commit?.deliveries ?? []).map((one) => one.kind);
    expect(kinds).to.include.members(['wake', 'update', 'post']);
    expect((await world.doc(QUESTIONS, newer.id))?.state).to.equal('open');
  });

  it('is left as it is by the same words, and nobody hears of that', async () => {
    expect((await change('Old')).commit?.changes ?? []).to.deep.equal([]);
  });

  it('is heard by nobody anew for another comma, nor while others must answer too', async () => {
    await world.does(world.ben, 'post_message', { conversation, text: 'q2: the old one' });
    const posts = async (question: string, text: string) =>
      (await world.acts<Json>(world.ben, 'change_answer', { question, text })).commit?.changes.map(({ type }) => type);
    expect(await posts(newer.id, 'q2: The old one!')).to.deep.equal(['question_answer_changed']);
    const two = { to: ['ben', 'gil'], answers: 2, question: 'Which day?', conversation };
    const { question } = await world.does(world.scribe, 'ask', two);
    await world.does(world.ben, 'answer_question', { question: question.id, text: 'Monday' });
    expect(await posts(question.id, 'Friday')).to.deep.equal(['question_answer_changed']);
  });

  it('can be changed by its author alone', async () => {
    expect(await refusal(change('New', world.ada))).to.be.instanceOf(NotFound);
  });

  it('loses its earlier words too when the question is erased', async () => {
    await change('New, please');
    const before = (await world.doc(QUESTIONS, first.id))?.answers[0]?.earlier ?? [];
    const { commit } = await world.acts(world.ada, 'redact', { what: first.id });
    const erased = (commit?.deliveries ?? []).flatMap((one) => (one.kind === 'erase' ? (one as Json).bodies : []));
    expect(erased).to.include.members(before);
    expect(JSON.stringify((await world.doc(QUESTIONS, first.id))?.answers)).to.not.include('earlier');
  });
});
