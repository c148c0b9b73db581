// The deputy of somebody away answers what they were asked, and everybody reads for whom.
import { expect } from 'chai';
import { NEEDS, needId } from '../../../../src/pods/needs/need.ts';
import { QUESTIONS, type QuestionDoc } from '../../../../src/pods/questions/question.ts';
import { aWorld, refusal, type World } from '../../build.ts';

describe('a deputy', () => {
  let world: World;
  let conversation: string;
  beforeEach(async () => {
    world = await aWorld();
    const started = await world.does(world.ada, 'start_conversation', { title: 'Hall', text: 'Which?' });
    conversation = started.conversation.id;
    await world.does(world.ben, 'set_away', { until: '2026-11-20', deputy: 'gil' });
  });

  const asks = async (more: object = {}, by = world.scribe as World['scribe'] | World['ada']): Promise<string> =>
    (await world.does(by, 'ask', { to: ['ben'], question: 'Which hall?', conversation, ...more })).question.id;
  const question = async (id: string): Promise<QuestionDoc> => {
    const doc = await world.doc(QUESTIONS, id);
    if (!doc) throw new Error('There is no such question.');
    return doc;
  };
  const writes = (text: string) => world.does(world.gil, 'post_message', { conversation, text });

  it('answers for who is away; the item of that person is settled, and the answer says for whom it is', async () => {
    const id = await asks({ options: ['Old', 'New'] });
    world.delivered.length = 0;
    const done = await world.does(world.gil, 'answer_question', { question: 'q1', choice: 'Old' });
    expect(done).to.deep.include({ answered: true, for: 'Ben Okafor' });
    const doc = await question(id);
    expect(doc.state).to.equal('answered');
    expect(doc.answers[0]).to.deep.include({ by: world.gil, for: world.ben });
    const item = await world.doc(NEEDS, needId(world.pod, world.ben, { on: 'questions', id }));
    expect(item).to.deep.include({ state: 'settled', settledBy: world.gil });
    expect(world.delivered.flatMap((one) => (one.kind === 'wake' ? [one.agent] : []))).to.deep.equal([world.scribe]);
    const { questions } = await world.does(world.ada, 'list_questions', { question: 'q1' });
    expect(questions[0].answers[0].from).to.equal('Gil Torres, for Ben Okafor');
    expect(questions[0].says).to.match(/^Gil Torres, for Ben Okafor, answered q1 at /);
  });

  it('answers in words that name the question or whoever asks, and not by what else they say there', async () => {
    const id = await asks();
    await writes('Nice weather.');
    expect((await question(id)).state).to.equal('open');
    await writes('q1: the old one');
    expect((await question(id)).answers[0]).to.deep.include({ by: world.gil, for: world.ben });
    const two = await asks();
    await writes('@scribe the new one');
    expect((await question(two)).answers[0]).to.deep.include({ by: world.gil, for: world.ben });
  });

  it('answers nothing once the person is back, without being named, or for the owners', async () => {
    const refusedFor = async (who: World['gil'], q: string) =>
      (await refusal(world.does(who, 'answer_question', { question: q, text: 'Old' }))).message;
    await asks();
    expect(await refusedFor(world.zoe, 'q1')).to.be.a('string');
    await world.does(world.ben, 'set_away', { back: true });
    expect(await refusedFor(world.gil, 'q1')).to.equal('q1 is put to Ben Okafor. Only they can answer it.');
    await world.does(world.ada, 'set_away', { until: '2026-11-20', deputy: 'gil' });
    await asks({ to: ['owners'] });
    expect(await refusedFor(world.gil, 'q2')).to.equal('q2 is put to the owners. Only they can answer it.');
  });

  it('and the person who is back do not both answer', async () => {
    await world.does(world.ada, 'add_member', { who: 'zoe' });
    await asks({ to: ['ben', 'zoe'], answers: 2 });
    await world.does(world.gil, 'answer_question', { question: 'q1', text: 'Old' });
    const again = await refusal(world.does(world.ben, 'answer_question', { question: 'q1', text: 'New' }));
    expect(again.message).to.equal('Gil Torres has answered q1 for you already.');
    await world.does(world.zoe, 'answer_question', { question: 'q1', text: 'Old' });
    const { questions } = await world.does(world.ada, 'list_questions', { question: 'q1' });
    expect(questions[0].says).to.match(/^Gil Torres, for Ben Okafor, and Zoe Marsh answered q1 at /);
  });

  it('lifts by a late answer what nobody had answered', async () => {
    const id = await asks({ options: ['Yes', 'No'], needed_by: '1h', otherwise: 'Yes' });
    for (let n = 0; (await question(id)).state === 'open' && n < 5; n++) {
      const due = (await question(id)).dueAt;
      world.clock.now = due;
      const fire = { pod: world.pod, action: 'question_due', input: { question: id, due }, key: `due${n}` };
      await world.act({ actor: 'skein', via: 'skein', ...fire });
    }
    const { commit } = await world.acts(world.gil, 'answer_question', { question: 'q1', choice: 'Yes' });
    expect((commit?.changes ?? []).map(({ type }) => type)).to.include('unanswered_lifted');
  });
});
