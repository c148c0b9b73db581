// The words that answered a question are deleted: its posts show them no more. An answer to a question that is still open
// goes with them, and the question waits for its author again; what was heard stands.
import { expect } from 'chai';
import { NEEDS, needId } from '../../../src/pods/needs/need.ts';
import { QUESTIONS } from '../../../src/pods/questions/question.ts';
import { aWorld, type Json, type World } from '../build.ts';

describe('an answer whose words are deleted', () => {
  let world: World;
  let conversation: string;
  beforeEach(async () => {
    world = await aWorld();
    conversation = (await world.does(world.ada, 'start_conversation', { title: 'Hall', text: 'Which?' })).conversation
      .id;
  });
  const asks = async (more: object) =>
    (await world.does(world.scribe, 'ask', { question: 'Close on Monday?', conversation, ...more })).question.id;
  const says = async (text: string) =>
    (await world.does(world.ben, 'post_message', { conversation, text })).message.id as string;
  const deletes = (message: string, who = world.ben) => world.acts<Json>(who, 'delete_message', { message });
  const waits = async (question: string) =>
    (await world.doc(NEEDS, needId(world.pod, world.ben, { on: 'questions', id: question })))?.state;

  it('while others must answer too is taken back, and the question waits for them again', async () => {
    const question = await asks({ to: ['ben', 'gil'], answers: 2 });
    const message = await says('Yes, close');
    expect(await waits(question)).to.equal('settled');
    const { result, commit } = await deletes(message);
    expect(result.answer).to.deep.equal({ question: 'q1' });
    const { answers, state } = (await world.doc(QUESTIONS, question)) ?? {};
    expect([answers, state]).to.deep.equal([[], 'open']);
    expect(await waits(question)).to.equal('open');
    expect((commit?.deliveries ?? []).map(({ kind }) => kind)).to.include.members(['update', 'act', 'erase']);
    await says('No, open');
    expect((await world.doc(QUESTIONS, question))?.answers).to.have.length(1);
  });

  it('stands where it settled the question, without its words, also after an edit', async () => {
    const question = await asks({ to: ['ben'], options: ['Yes', 'No'] });
    const message = await says('Yes, close');
    await world.does(world.ben, 'change_answer', { question, text: 'No, open' });
    const words = (await world.doc(QUESTIONS, question))?.answers[0]?.words;
    const { result, commit } = await deletes(message);
    expect(result.answer).to.deep.equal({ question: 'q1', hearer: world.scribe });
    const { answers, state } = (await world.doc(QUESTIONS, question)) ?? {};
    expect(state).to.equal('answered');
    expect(answers?.map((one) => [one.by, one.words, one.earlier])).to.deep.equal([[world.ben, undefined, undefined]]);
    const erased = (commit?.deliveries ?? []).flatMap((one) => (one.kind === 'erase' ? (one as Json).bodies : []));
    expect(erased).to.include(words);
    expect(await waits(question)).to.equal('settled');
  });

  it('loses them too when an owner erases the message', async () => {
    const question = await asks({ to: ['ben'] });
    const message = await says('Yes, close');
    const { commit } = await world.acts(world.ada, 'redact', { what: message });
    expect((await world.doc(QUESTIONS, question))?.answers[0]).to.not.have.property('words');
    const updated = (commit?.deliveries ?? []).flatMap((one) => (one.kind === 'update' ? [(one as Json).message] : []));
    expect(updated).to.include((await world.doc(QUESTIONS, question))?.message);
  });

  it('is not touched by the deletion of any other message of its author', async () => {
    const question = await asks({ to: ['ben'] });
    await says('Yes, close');
    const { result } = await deletes(await says('See you there'));
    expect(result).to.not.have.property('answer');
    expect((await world.doc(QUESTIONS, question))?.answers[0]?.words).to.be.a('string');
  });
});
