// Runs that ask people: what stands in the turn that the answer begins, and what a run that waits leaves behind.
import { expect } from 'chai';
import { makeReader } from '../../../src/log/read.ts';
import { eraseAll } from '../../../src/outbox/kinds/erase.ts';
import type { Delivery } from '../../../src/pods/deliveries.ts';
import { QUESTIONS, type QuestionDoc } from '../../../src/pods/questions/question.ts';
import { refusal } from '../../pods/build.ts';
import { anOffice, calls, type Office, says } from '../office.ts';

const TOOLS = ['ask', 'wait_for', 'create_task', 'post_message', 'list_questions'];

describe('a run that asks', () => {
  let office: Office;
  beforeEach(async () => {
    office = await anOffice();
    await office.world.does(office.world.ada, 'update_agent', { agent: 'scribe', tools: TOOLS });
  });

  const question = async (number = 1): Promise<QuestionDoc> => {
    const { store, pod } = office.world;
    const [doc] = await makeReader(store).find(QUESTIONS, { where: { pod, number } });
    if (!doc) throw new Error(`There is no q${number}.`);
    return doc;
  };
  const did = async (...act: Parameters<Office['world']['does']>): Promise<Delivery[]> => {
    office.world.delivered.length = 0;
    await office.world.does(...act);
    return office.world.delivered.filter(({ kind }) => kind === 'wake' || kind === 'halt');
  };
  const lastAsked = () => office.asked.at(-1)?.messages.at(-1) ?? '';
  const asks = (more: object = {}) => calls(['ask', { to: ['ben'], question: 'Which price?', ...more }]);
  const waits = (...questions: string[]) => calls(['wait_for', { questions }]);

  it('goes on with what does not need the answer, parks, and is woken by the answer in the same run', async () => {
    office.script.push(
      asks({ options: ['80 €', '95 €'] }),
      calls(['create_task', { title: 'Order the boxes' }]),
      waits('q1'),
      says('It is 80 €, as Ben says.'),
    );
    await office.hears(office.world.ada, '@scribe put the price on the sheet');
    const [parked] = await office.runs();
    expect(parked).to.deep.include({ state: 'waiting', waits: { for: 'questions', questions: ['q1'] } });
    expect(await office.thread()).to.include('Scribe: @ben Which price?');
    const wakes = await did(office.world.ben, 'answer_question', {
      question: 'q1',
      choice: '80 €',
      text: 'Until Friday.',
    });
    expect(wakes.map((one) => 'agent' in one && one.agent)).to.deep.equal([office.world.scribe]);
    await office.carry(wakes);
    expect(lastAsked()).to.include('number=\\"q1\\" state=\\"answered\\" asked=\\"Which price?\\"');
    expect(lastAsked()).to.match(
      /<answer from=\\"Ben Okafor\\" at=\\"2026-11-02 \d\d:\d\d\\" choice=\\"80 €\\">Until Friday\.</,
    );
    expect((await office.thread()).at(-1)).to.equal('Scribe: It is 80 €, as Ben says.');
    const runs = await office.runs();
    expect(runs.map(({ id, state, turns }) => [id, state, turns])).to.deep.equal([[parked?.id, 'ended', 4]]);
  });

  it('hears a “no” as it hears a “yes”: the question, the choice, the words, who and when', async () => {
    office.script.push(asks({ options: ['Yes', 'No'] }), waits('q1'), says('Then I leave it.'));
    await office.hears(office.world.ada, '@scribe put the price on the sheet');
    const answer = { question: 'q1', choice: 'No', text: 'Not before the fair, it would look dear.' };
    await office.carry(await did(office.world.ben, 'answer_question', answer));
    expect(lastAsked()).to.include('number=\\"q1\\" state=\\"answered\\" asked=\\"Which price?\\"');
    expect(lastAsked()).to.match(
      /<answer from=\\"Ben Okafor\\" at=\\"2026-11-02 \d\d:\d\d\\" choice=\\"No\\">Not before the fair, it would look dear\.</,
    );
    expect((await office.thread()).at(-1)).to.equal('Scribe: Then I leave it.');
    expect((await office.runs()).map(({ state }) => state)).to.deep.equal(['ended']);
  });

  it('is answered by words in the thread, whoever spoke in between', async () => {
    office.script.push(asks(), says('I have asked Ben.'), says('Noted.'));
    await office.hears(office.world.ada, '@scribe put the price on the sheet');
    await office.says(office.world.gil, 'Good question.');
    await office.says(office.world.ada, 'Gil, hm.');
    const wakes = await did(office.world.ben, 'post_message', {
      conversation: office.conversation,
      text: 'The old one.',
    });
    expect(wakes).to.have.length(1);
    await office.carry(wakes);
    expect((await question()).state).to.equal('answered');
    expect(lastAsked()).to.include('from=\\"Ben Okafor\\"').and.include('>The old one.</answer>');
  });

  it('hears two answers in reverse order, each at its question', async () => {
    office.script.push(
      calls(['ask', { to: ['ben'], question: 'Which price?' }], ['ask', { to: ['ben'], question: 'Which day?' }]),
      waits('q1', 'q2'),
      waits('q1'),
      says('Both are clear.'),
    );
    await office.hears(office.world.ada, '@scribe prepare it');
    await office.carry(await did(office.world.ben, 'answer_question', { question: 'q2', text: 'Friday' }));
    expect(lastAsked()).to.include('Which day?').and.include('Friday').and.not.include('Which price?');
    expect((await office.runs())[0]).to.deep.include({ waits: { for: 'questions', questions: ['q1'] } });
    // Another process, days later.
    office.world.clock.now += 3 * 86_400_000;
    await office.carry(
      await did(office.world.ben, 'answer_question', { question: 'q1', text: '80 €' }),
      office.process(),
    );
    expect(lastAsked()).to.include('Which price?').and.include('80 €').and.not.include('Which day?');
    expect(await office.runs()).to.have.length(1);
  });

  it('does not park for a question that was answered meanwhile', async () => {
    office.script.push(
      asks(),
      async () => {
        await office.world.does(office.world.ben, 'answer_question', { question: 'q1', text: '80 €' });
        return waits('q1');
      },
      says('80 € it is.'),
    );
    await office.hears(office.world.ada, '@scribe put the price on the sheet');
    expect((await office.thread()).at(-1)).to.equal('Scribe: 80 € it is.');
    expect((await office.runs())[0]?.state).to.equal('ended');
  });

  it('hears of a deputy’s answer for whom it is', async () => {
    const { ada, ben } = office.world;
    await office.world.does(ben, 'set_away', { until: '2026-11-20', deputy: 'ada' });
    office.script.push(asks(), waits('q1'), says('Thank you, Ada.'));
    await office.hears(ada, '@scribe put the price on the sheet');
    await office.carry(await did(ada, 'answer_question', { question: 'q1', text: '80 €' }));
    expect(lastAsked()).to.include('<answer from=\\"Ada Lindqvist, for Ben Okafor\\"').and.include('>80 €</answer>');
    expect((await office.runs()).map(({ state }) => state)).to.deep.equal(['ended']);
  });

  it('goes on waiting when the person asked only says that they will look, and hears the answer that follows', async () => {
    const { ben, ada } = office.world;
    const writes = (text: string) => did(ben, 'post_message', { conversation: office.conversation, text });
    office.script.push(asks({ options: ['80 €', '95 €'] }), waits('q1'), says('80 € it is.'));
    await office.hears(ada, '@scribe put the price on the sheet');
    expect(await writes('Hold on, let me check.')).to.deep.equal([]);
    expect(await question()).to.deep.include({ state: 'open', answers: [] });
    expect((await office.runs())[0]).to.deep.include({ state: 'waiting' });
    const wakes = await writes('80 €');
    expect(wakes).to.have.length(1);
    await office.carry(wakes);
    expect((await question()).state).to.equal('answered');
    expect(lastAsked()).to.include('choice=\\"80 €\\">80 €</answer>').and.include('Hold on, let me check.');
    expect((await office.runs()).map(({ state }) => state)).to.deep.equal(['ended']);
  });

  it('hears of it at once if the words name it', async () => {
    office.script.push(asks(), waits('q1'), says('Take your time.'));
    await office.hears(office.world.ada, '@scribe put the price on the sheet');
    await office.hears(office.world.ben, '@scribe give me an hour');
    expect((await question()).state).to.equal('open');
    expect((await office.thread()).at(-1)).to.equal('Scribe: Take your time.');
    expect((await office.runs())[0]).to.deep.include({ state: 'waiting' });
  });

  it('leaves two questions open that one “yes” may answer, and brings both back', async () => {
    const { ben } = office.world;
    office.script.push(calls(['ask', { to: ['ben'], question: 'Rye?' }], ['ask', { to: ['ben'], question: 'Wheat?' }]));
    await office.hears(office.world.ada, '@scribe prepare it');
    office.world.delivered.length = 0;
    await office.world.does(ben, 'post_message', { conversation: office.conversation, text: 'Yes' });
    expect([(await question(1)).state, (await question(2)).state]).to.deep.equal(['open', 'open']);
    const [back] = office.world.delivered.filter(({ kind }) => kind === 'question');
    expect(back).to.deep.include({ about: 'which', to: [ben] });
    expect(back?.kind === 'question' && back.questions).to.have.length(2);
  });

  it('takes no answer from itself, from another agent or from somebody who was not asked', async () => {
    office.script.push(asks(), says('Ben answered: 80 €.'));
    await office.hears(office.world.ada, '@scribe put the price on the sheet');
    const { scribe, pilot, ada } = office.world;
    for (const one of [scribe, pilot, ada]) {
      const refused = await refusal(office.world.does(one, 'answer_question', { question: 'q1', text: '80 €' }));
      expect(refused.message).to.match(/q1 is (for people to answer|put to Ben Okafor)/);
    }
    await office.world.does(pilot, 'post_message', { conversation: office.conversation, text: 'Yes' });
    expect((await question()).state).to.equal('open');
  });

  it('tells a second one who answers by whom it was answered', async () => {
    const { ada, ben, gil } = office.world;
    office.script.push(asks({ to: ['ben', 'gil'] }));
    await office.hears(ada, '@scribe ask them');
    await office.world.does(ben, 'answer_question', { question: 'q1', text: 'Rye' });
    const refused = await refusal(office.world.does(gil, 'answer_question', { question: 'q1', text: 'Wheat' }));
    expect(refused.message).to.match(/^Ben Okafor answered q1 at 2026-/);
  });

  it('is answered when as many have answered as were wanted', async () => {
    const { ada, ben, gil } = office.world;
    office.script.push(asks({ to: ['ben', 'gil'], answers: 2 }), waits('q1'), says('Both agree.'));
    await office.hears(ada, '@scribe ask them');
    expect(await did(ben, 'answer_question', { question: 'q1', text: 'Rye' })).to.deep.equal([]);
    await office.carry(await did(gil, 'answer_question', { question: 'q1', text: 'Rye too' }));
    expect(lastAsked()).to.include('Rye</answer>').and.include('Rye too');
  });

  it('withdraws its questions when it is stopped, and keeps a late answer as a message', async () => {
    const { ada, ben } = office.world;
    office.script.push(asks({ options: ['Yes', 'No'] }), waits('q1'));
    await office.hears(ada, '@scribe put the price on the sheet');
    await office.hears(ada, '@scribe stop');
    expect((await question()).state).to.equal('withdrawn');
    expect((await office.runs())[0]).to.deep.include({ state: 'ended' });
    const late = await office.world.does(ben, 'answer_question', { question: 'q1', choice: 'Yes' });
    expect(late.late).to.match(/^Ada Lindqvist stopped the work that q1 belonged to at .* kept in the conversation\.$/);
    expect((await office.thread()).at(-1)).to.equal('Ben Okafor: q1: Yes');
    expect(await did(ben, 'post_message', { conversation: office.conversation, text: 'Hm, Ada.' })).to.deep.equal([]);
  });

  describe('when somebody erases its question', () => {
    const erases = async (question: QuestionDoc, how: 'redact' | 'delete_message') => {
      const { ada } = office.world;
      const what = how === 'redact' ? { what: question.id } : { message: question.message };
      const wakes = await did(ada, how, what);
      const erase = office.world.delivered.find(({ kind }) => kind === 'erase');
      if (erase?.kind !== 'erase') throw new Error('Nothing is erased.');
      await eraseAll(office.world.store, erase);
      return wakes;
    };

    for (const how of ['redact', 'delete_message'] as const)
      it(`by ${how} while it waits, is woken, hears that nobody can answer, and ends`, async () => {
        office.script.push(asks({ options: ['80 €', '95 €'] }), waits('q1'), says('I leave the price out.'));
        await office.hears(office.world.ada, '@scribe put the price on the sheet');
        const wakes = await erases(await question(), how);
        expect(wakes).to.have.length(1);
        await office.carry(wakes);
        expect(lastAsked())
          .to.include('number=\\"q1\\" state=\\"withdrawn\\" asked=\\"\\"')
          .and.include('Ada Lindqvist erased q1 at ')
          .and.include('Nobody can answer it any more');
        expect(JSON.stringify(office.asked.at(-1)?.messages)).not.to.include('Which price?');
        expect((await office.thread()).at(-1)).to.equal('Scribe: I leave the price out.');
        expect((await office.runs()).map(({ state }) => state)).to.deep.equal(['ended']);
        // A later epoch does not hear it as news again.
        await office.carry(wakes);
        expect(office.asked).to.have.length(3);
      });

    it('right after the answer, still hears the answer', async () => {
      office.script.push(asks({ options: ['80 €', '95 €'] }), waits('q1'), says('It is settled.'));
      await office.hears(office.world.ada, '@scribe put the price on the sheet');
      const { ben } = office.world;
      const wakes = await did(ben, 'answer_question', { question: 'q1', choice: '80 €', text: 'Until Friday.' });
      expect(await erases(await question(), 'delete_message')).to.deep.equal([]);
      await office.carry(wakes);
      expect(lastAsked())
        .to.include('state=\\"answered\\"')
        .and.include('>Until Friday.</answer>')
        .and.include('The words of the question were erased since');
      expect((await office.thread()).at(-1)).to.equal('Scribe: It is settled.');
    });
  });
});
