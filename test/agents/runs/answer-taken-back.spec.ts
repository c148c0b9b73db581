// An answer that its author takes back: before the agent has heard it the question is open again and the run goes on waiting;
// afterwards it stands.
import { expect } from 'chai';
import type { Delivery } from '../../../src/pods/deliveries.ts';
import { QUESTIONS } from '../../../src/pods/questions/question.ts';
import { anOffice, calls, newestIn, type Office, says } from '../office.ts';

describe('an answer that is taken back', () => {
  let office: Office;
  beforeEach(async () => {
    office = await anOffice();
    const tools = ['ask', 'wait_for', 'create_task'];
    await office.world.does(office.world.ada, 'update_agent', { agent: 'scribe', tools });
    office.script.push(
      calls(['ask', { to: ['ben'], question: 'Which island?' }]),
      calls(['wait_for', { questions: ['q1'] }]),
    );
    await office.hears(office.world.ada, '@scribe plan the trip');
  });

  const answers = async (text: string): Promise<{ message: string; wakes: Delivery[] }> => {
    const { world, conversation } = office;
    world.delivered.length = 0;
    const { message } = await world.does(world.ben, 'post_message', { conversation, text });
    return { message: message.id, wakes: world.delivered.filter(({ kind }) => kind === 'wake') };
  };
  const state = async () =>
    (
      await office.world.store
        .collection<{ id: string; rev: number; state: string }>(QUESTIONS.name)
        .find({ where: {} })
    )
      .map((one) => one.state)
      .join();
  const runs = async () => (await office.runs()).map((run) => run.state);

  it('before the agent has heard it leaves the run waiting, without a request, and the next answer is heard once', async () => {
    const { world } = office;
    const { message, wakes } = await answers('@scribe Zanzibar');
    expect(wakes).to.have.length(1);
    await world.does(world.ben, 'delete_message', { message });
    expect(await state()).to.equal('open');
    const before = office.asked.length;
    await office.carry(wakes);
    expect(office.asked.length - before, 'requests').to.equal(0);
    expect(await runs()).to.deep.equal(['waiting']);
    office.script.push(says('Pemba it is.'));
    await office.carry((await answers('@scribe Pemba')).wakes);
    expect(newestIn(office.asked.at(-1) as never))
      .to.contain('Pemba')
      .and.not.contain('Zanzibar');
    expect(await runs()).to.deep.equal(['ended']);
    expect((await office.thread()).at(-1)).to.equal('Scribe: Pemba it is.');
  });

  it('once it was heard stands, and the agent is asked for nothing again', async () => {
    const { world } = office;
    const { message, wakes } = await answers('@scribe Zanzibar');
    office.script.push(says('Zanzibar it is.'));
    await office.carry(wakes);
    const { answer } = await world.does(world.ben, 'delete_message', { message });
    expect(answer).to.deep.equal({ question: 'q1', hearer: world.scribe });
    expect([await state(), await runs()]).to.deep.equal(['answered', ['ended']]);
  });

  it('by an edit that puts it off opens the question again, while nobody has heard it, and is heard as nothing', async () => {
    const { world, conversation } = office;
    const { message, wakes } = await answers('Zanzibar');
    await world.does(world.ben, 'edit_message', { message, text: 'let me check' });
    const q1 = (await world.store.collection(QUESTIONS.name).find({ where: {} }))[0]?.id;
    const changed = await world.does(world.ben, 'change_answer', { question: q1, text: 'let me check' });
    expect(changed).to.deep.equal({ number: 'q1', back: true });
    expect(await state()).to.equal('open');
    await office.carry(wakes);
    const { message: second, wakes: next } = await answers('Pemba');
    office.script.push(says('Pemba it is.'));
    await office.carry(next);
    const told = office.asked.map((request) => newestIn(request)).filter((text) => text.includes('<answer'));
    expect(told).to.have.length(1);
    expect(told[0]).to.contain('Pemba').and.not.contain('Zanzibar');
    await world.does(world.ben, 'edit_message', { message: second, text: 'let me check' });
    const late = await world.does(world.ben, 'change_answer', { question: q1, text: 'let me check' });
    expect(late, 'once it was heard, the agent hears how it differs').to.deep.equal({ number: 'q1', hearer: 'Scribe' });
    const { messages } = await world.does(world.ada, 'read_conversation', { conversation });
    expect(messages.at(-1).text).to.equal('@scribe my answer to q1 is now: let me check\n\nIt was: Pemba');
  });
});
