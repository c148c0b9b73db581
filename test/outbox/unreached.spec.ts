// A question that can't be delivered to somebody passes to its fallback, or else to the owners, and says why. Of a task
// whoever gave it is told.
import { expect } from 'chai';
import { InvalidInput } from '../../src/errors.ts';
import type { PersonId } from '../../src/log/participant.ts';
import { DELIVERY_KINDS } from '../../src/outbox/kinds.ts';
import { passedWords } from '../../src/outbox/passed-words.ts';
import type { DeliveryOf } from '../../src/pods/deliveries.ts';
import { NEEDS, needId } from '../../src/pods/needs/need.ts';
import { QUESTIONS } from '../../src/pods/questions/question.ts';
import { TASKS } from '../../src/pods/tasks/task.ts';
import { texts } from '../texts/words.ts';
import { aStage, type Stage } from './stage.ts';

describe('what a notice that is set aside was to tell', () => {
  let stage: Stage;
  let conversation: string;
  beforeEach(async () => {
    stage = await aStage();
    const { world } = stage;
    conversation = (await world.does(world.ada, 'start_conversation', { title: 'Hall', text: 'Which?' })).conversation
      .id;
  });

  const asks = async (more: object = {}): Promise<string> => {
    const { world } = stage;
    const input = { conversation, to: ['ben'], question: 'Which hall?', options: ['Old', 'New'], ...more };
    return (await world.does(world.scribe, 'ask', input)).question.id;
  };
  const failsFor = async (person: PersonId, question: string, n = 1) => {
    const { world, parts } = stage;
    const item = { need: needId(world.pod, person, { on: 'questions', id: question }), pod: world.pod };
    const notice = { kind: 'notice', id: `d:${person}:${n}:0`, pod: person, person, through: 'slack', items: [item] };
    const error = new InvalidInput('Slack refused chat.postMessage: account_inactive.');
    await DELIVERY_KINDS.notice.onAside?.(parts, notice as unknown as DeliveryOf<'notice'>, error);
  };
  const asked = (question: string) => stage.world.doc(QUESTIONS, question);
  const isOpenTo = async (who: PersonId | 'owners', id: string) =>
    (await stage.world.doc(NEEDS, needId(stage.world.pod, who, { on: 'questions', id })))?.state === 'open';

  it('passes to its fallback, who reads why, and whom else it can’t reach the owners are asked', async () => {
    const { world } = stage;
    const question = await asks({ fallback: 'gil' });
    await failsFor(world.ben, question);
    await failsFor(world.ben, question, 2);
    const passed = (await asked(question))?.passed;
    expect(passed).to.have.length(1);
    expect(passed?.[0]).to.deep.include({ from: [world.ben], to: world.gil, why: 'unreached' });
    expect(await isOpenTo(world.gil, question)).to.equal(true);
    expect(passed?.[0] && passedWords({ texts }, passed[0], new Map())).to.match(/can’t be reached$/);
    await failsFor(world.gil, question);
    expect((await asked(question))?.role).to.equal('owners');
    expect(await isOpenTo('owners', question)).to.equal(true);
    await failsFor(world.ada, question);
    expect((await asked(question))?.passed).to.have.length(2);
  });

  it('passes to the owners where it has no fallback, and stays Ben’s to answer', async () => {
    const { world } = stage;
    const question = await asks();
    await failsFor(world.ben, question);
    expect(await asked(question)).to.include({ role: 'owners', state: 'open' });
    await world.does(world.ben, 'answer_question', { question, choice: '1' });
    expect((await asked(question))?.state).to.equal('answered');
  });

  it('lets whoever gave a task know that its person was not told, once, with what to do; nobody is woken', async () => {
    const { world, parts } = stage;
    const { task } = await world.does(world.ada, 'create_task', { title: 'Boxes', assignee: 'ben' });
    const need = needId(world.pod, world.ben, { on: 'tasks', id: task.id });
    const notice = { kind: 'notice', id: `d:${world.ben}:7:0`, pod: world.ben, person: world.ben, through: 'email' };
    const error = new InvalidInput('550 no');
    world.delivered.length = 0;
    for (let n = 0; n < 2; n++)
      await DELIVERY_KINDS.notice.onAside?.(
        parts,
        { ...notice, items: [{ need, pod: world.pod }] } as unknown as DeliveryOf<'notice'>,
        error,
      );
    const about = (await world.doc(TASKS, task.id))?.conversation ?? '';
    const { messages } = await world.does(world.ada, 'read_conversation', { conversation: about });
    expect(messages.map(({ text }: { text: string }) => text)).to.deep.equal([
      '@ada Ben Okafor could not be told of #1: the message to them was refused. Tell them another way. The task is theirs until you give it to somebody else.',
    ]);
    const told = await world.doc(NEEDS, needId(world.pod, world.ada, { on: 'conversations', id: about }));
    expect(told).to.include({ state: 'open', reason: 'named' });
    expect(world.delivered.map(({ kind }) => kind))
      .to.include('post')
      .and.not.include('wake');
    // The notice of that does not arrive either: it ends there.
    const hers = {
      ...notice,
      id: `d:${world.ada}:3:0`,
      person: world.ada,
      items: [{ need: told?.id, pod: world.pod }],
    };
    await DELIVERY_KINDS.notice.onAside?.(parts, hers as unknown as DeliveryOf<'notice'>, error);
    const after = await world.does(world.ada, 'read_conversation', { conversation: about });
    expect(after.messages).to.have.length(1);
  });

  it('passes to nobody once it is answered', async () => {
    const { world } = stage;
    const question = await asks();
    await world.does(world.ben, 'answer_question', { question, choice: '1' });
    await failsFor(world.ben, question);
    expect((await asked(question))?.passed).to.equal(undefined);
  });
});
