// A run waits for an answer, and the work goes away: the question is withdrawn, and its run ends without asking the model.
import { expect } from 'chai';
import type { SessionDoc } from '../../../src/agents/sessions/session.ts';
import type { Delivery } from '../../../src/pods/deliveries.ts';
import { QUESTIONS, type QuestionDoc } from '../../../src/pods/questions/question.ts';
import type { Store } from '../../../src/store/port.ts';
import { anOffice, calls, type Office, says } from '../office.ts';

describe('a run that waits for an answer that nobody needs any more', () => {
  let office: Office;
  beforeEach(async () => {
    office = await anOffice();
    const { world, conversation } = office;
    await world.does(world.ada, 'update_agent', { agent: 'scribe', tools: ['ask', 'wait_for', 'assign_task'] });
    await world.does(world.ada, 'create_task', { title: 'Price list', assignee: 'scribe', conversation });
  });

  const asks = (question: string, more: object = {}) => calls(['ask', { to: ['ben'], question, ...more }]);
  const waits = (...questions: string[]) => calls(['wait_for', { questions }]);
  const did = async (...act: Parameters<Office['world']['does']>): Promise<Delivery[]> => {
    office.world.delivered.length = 0;
    await office.world.does(...act);
    return office.world.delivered.filter(({ kind }) => kind === 'wake' || kind === 'halt');
  };
  const questions = () => office.world.store.collection<QuestionDoc>(QUESTIONS.name).find({ where: {} });
  const runs = async () => {
    const { runs } = await office.world.does(office.world.ada, 'list_runs', { agent: 'scribe' });
    return runs.map(({ says }: { says: string }) => says.replace(/ at \S+Z/, '').split(' in ')[0]);
  };
  /** Scribe waits, by the wake of the task. */
  const waiting = async (...lines: Parameters<Office['script']['push']>) => {
    office.script.push(...(lines.length ? lines : [asks('Which price?'), waits('q1')]));
    await office.hears(office.world.ada, '@scribe go on with the price list');
    expect((await runs())[0]).to.match(/^Scribe waits for q1/);
    return office.asked.length;
  };

  for (const [how, action, input] of [
    ['is dropped', 'drop_task', { task: '#1', reason: 'We buy nothing' }],
    ['is done', 'complete_task', { task: '#1' }],
    ['is erased', 'redact', { what: '#1' }],
  ] as const)
    it(`ends once its task ${how}: it says by whom, and the model is asked for nothing`, async () => {
      const { world } = office;
      const before = await waiting();
      const wakes = await did(world.ada, action, input);
      expect((await questions()).map(({ state }) => state)).to.deep.equal(['withdrawn']);
      await office.carry([...wakes, ...wakes]);
      expect(office.asked.length - before, 'requests').to.equal(0);
      expect(await runs()).to.deep.equal(['Scribe was stopped by Ada Lindqvist']);
      expect((await world.does(world.ada, 'list_runs', { state: 'live' })).runs).to.deep.equal([]);
      const late = await world.does(world.ben, 'answer_question', { question: 'q1', text: '80 €' });
      expect(late.late).to.contain('Your words are kept in the conversation.');
      office.script.push(says('Yes?'));
      await office.hears(world.ben, '@scribe are you there?');
      expect((await office.thread()).at(-1), 'it hears the next request as before').to.equal('Scribe: Yes?');
    });

  it('ends once an owner takes the question back', async () => {
    const before = await waiting();
    await office.carry(await did(office.world.ada, 'withdraw_question', { question: 'q1' }));
    expect(office.asked.length).to.equal(before);
    expect(await runs()).to.deep.equal(['Scribe was stopped by Ada Lindqvist']);
  });

  it('ends once its task is with another agent, which hears the answer; so does one that gives the task on itself', async () => {
    const { world } = office;
    const before = await waiting();
    const wakes = await did(world.ada, 'assign_task', { task: '#1', assignee: 'pilot' });
    const [pilots, own] = [world.pilot, world.scribe].map((who) =>
      wakes.filter((one) => one.kind === 'wake' && one.agent === who),
    ) as [Delivery[], Delivery[]];
    expect([pilots.length, own.length]).to.deep.equal([1, 1]);
    await office.carry(own);
    expect(office.asked.length).to.equal(before);
    expect(await runs()).to.deep.equal(['Scribe was stopped by Ada Lindqvist']);
    const answered = await did(world.ben, 'answer_question', { question: 'q1', text: '80 €' });
    expect(answered.map((one) => one.kind === 'wake' && one.agent)).to.deep.equal([world.pilot]);
    await world.does(world.ada, 'assign_task', { task: '#1', assignee: 'scribe' });
    office.script.push(
      asks('Which size?'),
      calls(['assign_task', { task: '#1', assignee: 'pilot' }]),
      waits('q2'),
      says('Pilot has it.'),
    );
    await office.hears(world.ada, '@scribe and now?');
    expect((await runs())[0]).to.not.contain('waits');
  });

  it('goes on waiting for another question that stays open', async () => {
    const { world } = office;
    await waiting(asks('Which price?', { task: '#1' }), asks('Which box?'), waits('q1', 'q2'));
    await world.does(world.ada, 'withdraw_question', { question: 'q2' });
    await office.carry(world.delivered.filter(({ kind }) => kind === 'wake'));
    expect((await runs())[0]).to.match(/^Scribe waits for q1$/);
    office.script.push(says('80 € it is.'));
    await office.carry(await did(world.ben, 'answer_question', { question: 'q1', text: '80 €' }));
    expect((await office.thread()).at(-1)).to.equal('Scribe: 80 € it is.');
    expect(await runs()).to.deep.equal(['Scribe answered']);
  });

  it('ends too where the task is dropped right after it has begun to wait, before it parks', async () => {
    const { world } = office;
    const { store } = office.process();
    const sessions = store.collection<SessionDoc>('sessions');
    const wakes: Delivery[] = [];
    const replace = sessions.replace.bind(sessions);
    // The first write that parks the run.
    const racing: Store = {
      ...store,
      collection: (name: string) =>
        name === 'sessions'
          ? {
              ...sessions,
              async replace(doc: SessionDoc, rev: number) {
                if (doc.parked && !wakes.length)
                  wakes.push(...(await did(world.ada, 'drop_task', { task: '#1', reason: 'We buy nothing' })));
                return replace(doc, rev);
              },
            }
          : store.collection(name),
    } as Store;
    const process = office.process({ store: racing });
    office.script.push(asks('Which price?'), waits('q1'));
    await office.carry(await office.says(world.ada, '@scribe go on with the price list'), process);
    expect(wakes).to.have.length(1);
    await office.carry(wakes, process);
    expect((await world.does(world.ada, 'list_runs', { state: 'live' })).runs).to.deep.equal([]);
  });
});
