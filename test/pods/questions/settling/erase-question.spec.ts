// What becomes of a question whose words are erased: it is withdrawn everywhere, and whoever waits for it hears so.
import { expect } from 'chai';
import { makeReader } from '../../../../src/log/read.ts';
import { CONVERSATIONS } from '../../../../src/pods/conversations/conversation.ts';
import type { Delivery } from '../../../../src/pods/deliveries.ts';
import { NEEDS } from '../../../../src/pods/needs/need.ts';
import { QUESTIONS } from '../../../../src/pods/questions/question.ts';
import { aWorld, type World } from '../../build.ts';

describe('erasing a question', () => {
  let world: World;
  let conversation: string;
  let asked: { question: { id: string }; message: { id: string } };
  beforeEach(async () => {
    world = await aWorld();
    const started = await world.does(world.ada, 'start_conversation', { title: 'Prices', text: 'Let us begin.' });
    conversation = started.conversation.id;
    const input = {
      to: ['ben'],
      question: 'Is 80 € secret?',
      options: ['Yes', 'No'],
      needed_by: '4h',
      otherwise: 'No',
    };
    asked = await world.does(world.scribe, 'ask', input, { conversation });
    const posted = { message: asked.message.id, team: 'T1', channel: 'C1', ts: ['1.0'] };
    await world.does('skein', 'record_sent', posted);
    world.delivered.length = 0;
  });

  const delivered = <K extends Delivery['kind']>(kind: K) =>
    world.delivered.filter((one): one is Extract<Delivery, { kind: K }> => one.kind === kind);
  const question = () => world.doc(QUESTIONS, asked.question.id);
  const openNeeds = async () =>
    (await makeReader(world.store).find(NEEDS, { where: { pod: world.pod, state: 'open' } })).length;

  const WAYS: [string, () => [door: string, input: object]][] = [
    ['redact with its number', () => ['redact', { what: 'q1' }]],
    ['redact with its message', () => ['redact', { what: asked.message.id }]],
    ['delete_message', () => ['delete_message', { message: asked.message.id }]],
  ];
  for (const [way, by] of WAYS)
    it(`by ${way} withdraws it, erases its words and options, and wakes the agent that asked`, async () => {
      const before = await question();
      expect(await openNeeds()).to.equal(1);
      const [door, input] = by();
      await world.does(world.ada, door, input);
      expect(await question()).to.deep.include({ state: 'withdrawn', body: '', options: [], dueAt: 0 });
      expect((await question())?.withdrawn).to.deep.equal({ by: world.ada, why: 'erased' });
      expect(await openNeeds()).to.equal(0);
      const [erase] = delivered('erase');
      expect(erase?.bodies).to.include.members([before?.body, ...(before?.options ?? []), before?.otherwise]);
      expect(erase?.postings).to.include(asked.message.id);
      expect(delivered('unpost').map(({ message }) => message)).to.deep.equal([asked.message.id]);
      expect(delivered('wake').map((one) => [one.agent, one.conversation])).to.deep.equal([
        [world.scribe, conversation],
      ]);
      expect((await world.doc(CONVERSATIONS, conversation))?.questions ?? []).to.deep.equal([]);
    });

  it('by the agent that asked wakes nobody: it knows', async () => {
    await world.does(world.scribe, 'delete_message', { message: asked.message.id });
    expect((await question())?.state).to.equal('withdrawn');
    expect(delivered('wake')).to.deep.equal([]);
  });

  it('wakes the agent that has its task by then', async () => {
    await world.does(world.ada, 'create_task', { title: 'Hall', assignee: 'scribe', conversation });
    const { message } = await world.does(
      world.scribe,
      'ask',
      { to: ['ben'], question: 'Hm?', task: '#1' },
      { conversation },
    );
    await world.does(world.ada, 'assign_task', { task: '#1', assignee: 'pilot' });
    world.delivered.length = 0;
    await world.does(world.ada, 'delete_message', { message: message.id });
    expect(delivered('wake').map(({ agent }) => agent)).to.deep.equal([world.pilot]);
  });

  it('keeps the words of those who have answered by then if its message is deleted', async () => {
    const input = { to: ['ben', 'gil'], question: 'Which price?', options: ['80 €'], answers: 2 };
    const { question: two, message } = await world.does(world.scribe, 'ask', input, { conversation });
    await world.does(world.ben, 'answer_question', { question: 'q2', choice: '80 €', text: 'Until Friday.' });
    await world.does(world.ada, 'delete_message', { message: message.id });
    const doc = await world.doc(QUESTIONS, two.id);
    expect(doc?.answers[0]).to.have.keys('by', 'at', 'given', 'words');
    expect((await makeReader(world.store).texts([doc?.answers[0]?.words])).size).to.equal(1);
  });

  it('takes the words of a settled question too, and wakes nobody', async () => {
    await world.does(world.ben, 'answer_question', { question: 'q1', choice: 'Yes' });
    const before = await question();
    world.delivered.length = 0;
    await world.does(world.ada, 'delete_message', { message: asked.message.id });
    expect(delivered('erase')[0]?.bodies).to.include.members([before?.body, ...(before?.options ?? [])]);
    expect(await question()).to.deep.include({ state: 'answered', body: '', options: [] });
    expect(delivered('wake')).to.deep.equal([]);
  });
});
