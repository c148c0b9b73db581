// The words that answered a question are deleted: its posts show them no more. An answer to a question that is still open, or
// that nobody has heard, goes with them, and the question waits for its people again; what was heard stands.
import { expect } from 'chai';
import type { PersonId } from '../../../src/log/participant.ts';
import { CONVERSATIONS } from '../../../src/pods/conversations/conversation.ts';
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
  const itemOf = (question: string, who: PersonId = world.ben) =>
    world.doc(NEEDS, needId(world.pod, who, { on: 'questions', id: question }));
  const waits = async (question: string, who: PersonId = world.ben) => (await itemOf(question, who))?.state;
  /** Scribe has taken in everything so far. */
  const heard = async () => {
    const heardUpTo = (await world.commits()).length;
    const session = { id: 's_1', rev: 1, pod: world.pod, conversation, agent: world.scribe, epoch: 1 };
    await world.store.collection('sessions').insert([session]);
    const turn = {
      id: 's_1:1:1',
      rev: 1,
      session: 's_1',
      epoch: 1,
      n: 1,
      role: 'user',
      position: heardUpTo,
      heardUpTo,
    };
    await world.store.collection('turns').insert([turn]);
  };

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
    await heard();
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

  it('goes with them while nobody has heard it: the question is open again, for everybody who was asked', async () => {
    const question = await asks({ to: ['ben', 'gil'], needed_by: '4h' });
    const message = await says('Yes, close');
    expect([await waits(question), await waits(question, world.gil)]).to.deep.equal(['settled', 'withdrawn']);
    world.clock.now += 5 * 3_600_000;
    const { result, commit } = await deletes(message);
    expect(result.answer, 'nobody has heard it').to.deep.equal({ question: 'q1' });
    const {
      answers,
      state,
      settled,
      hearer,
      hearsIn,
      neededBy = 0,
      dueAt,
    } = (await world.doc(QUESTIONS, question)) ?? {};
    expect([answers, state, settled, hearer, hearsIn]).to.deep.equal([[], 'open', undefined, undefined, undefined]);
    expect(neededBy - world.clock.now, 'an hour to answer').to.be.at.least(3_600_000);
    expect(dueAt).to.be.within(world.clock.now, neededBy);
    expect([await waits(question), await waits(question, world.gil)]).to.deep.equal(['open', 'open']);
    expect((await itemOf(question))?.by, 'Scribe still asks').to.equal(world.scribe);
    const { questions, over } = (await world.doc(CONVERSATIONS, conversation)) ?? {};
    expect([questions, over]).to.deep.equal([[question], undefined]);
    const heardOf = (commit?.deliveries ?? []).flatMap((one) => (one.kind === 'act' ? [(one as Json).in] : []));
    expect(heardOf).to.include.members([world.ben, world.gil]);
    await says('No, open');
    expect((await world.doc(QUESTIONS, question))?.state).to.equal('answered');
  });

  it('leaves a question open again that other words answered since, whatever becomes of the first ones', async () => {
    const question = await asks({ to: ['ben'] });
    const first = await says('Yes, close');
    await deletes(first);
    await says('No, open');
    const given = (await world.doc(QUESTIONS, question))?.answers[0]?.words;
    await world.does(world.ada, 'redact', { what: first }).catch((error: Error) => error);
    expect((await world.doc(QUESTIONS, question))?.answers[0]?.words).to.equal(given);
  });

  it('is withdrawn from a person who asked and was not told of it yet; one that was told stands', async () => {
    const ask = { question: 'Close on Monday?', conversation, to: ['ben'] };
    const question = (await world.does(world.ada, 'ask', ask)).question.id;
    const outcome = async () =>
      (await world.doc(NEEDS, needId(world.pod, world.ada, { on: 'conversations', id: conversation })))?.state;
    const message = await says('Yes, close');
    expect(await outcome()).to.equal('open');
    expect((await deletes(message)).result.answer).to.deep.equal({ question: 'q1' });
    expect([await outcome(), await waits(question)]).to.deep.equal(['withdrawn', 'open']);
    const second = await says('No, open');
    expect(await outcome()).to.equal('open');
    const need = needId(world.pod, world.ada, { on: 'conversations', id: conversation });
    const own = { pod: world.ada };
    const { tellAt } = await world.does('skein', 'hear', { pod: world.pod, need }, own);
    world.clock.now = tellAt;
    expect(await world.does('skein', 'tell', { dueAt: tellAt }, own)).to.deep.equal({ told: 1 });
    expect((await deletes(second)).result.answer).to.deep.equal({ question: 'q1', hearer: world.ada });
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
