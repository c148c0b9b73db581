// A question that can't be delivered to somebody passes to its fallback, or else to the owners, and says why.
import { expect } from 'chai';
import { InvalidInput } from '../../src/errors.ts';
import type { PersonId } from '../../src/log/participant.ts';
import { DELIVERY_KINDS } from '../../src/outbox/kinds.ts';
import { passedWords } from '../../src/outbox/passed-words.ts';
import type { DeliveryOf } from '../../src/pods/deliveries.ts';
import { NEEDS, needId } from '../../src/pods/needs/need.ts';
import { QUESTIONS } from '../../src/pods/questions/question.ts';
import { texts } from '../texts/words.ts';
import { aStage, type Stage } from './stage.ts';

describe('a question whose notice is set aside', () => {
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

  it('passes to nobody once it is answered', async () => {
    const { world } = stage;
    const question = await asks();
    await world.does(world.ben, 'answer_question', { question, choice: '1' });
    await failsFor(world.ben, question);
    expect((await asked(question))?.passed).to.equal(undefined);
  });
});
