// A late answer settles no newer question: it is kept, and its author reads how the question ended and what became of the work.
import { expect } from 'chai';
import type { Origin } from '../../../../src/log/place.ts';
import { needId } from '../../../../src/pods/needs/need.ts';
import { QUESTIONS } from '../../../../src/pods/questions/question.ts';
import { aWorld, type Json, type World } from '../../build.ts';

describe('an answer to a question that is over', () => {
  let world: World;
  let conversation: string;
  let task: string;
  let old: Json;
  let newer: Json;
  beforeEach(async () => {
    world = await aWorld();
    conversation = (await world.does(world.ada, 'start_conversation', { title: 'Hall', text: 'Which?' })).conversation
      .id;
    task = (await world.does(world.ada, 'create_task', { title: 'Book', assignee: 'scribe', conversation })).task.id;
    const asks = async (question: string, more: object = {}) =>
      (await world.does(world.scribe, 'ask', { to: ['ben'], question, conversation, options: ['Old', 'New'], ...more }))
        .question;
    old = await asks('Which hall?', { task });
    await world.does(world.scribe, 'withdraw_question', { question: old.id });
    await world.does(world.ada, 'complete_task', { task });
    newer = await asks('Which room?');
  });

  const state = async ({ id }: Json) => (await world.doc(QUESTIONS, id))?.state;
  const DONE =
    /^Scribe took q1 back at \S+\. Its task #1 is done: Ada \w+ finished it at \S+Z\. Your words are kept in/;
  const mailed = (who: World['ben'], references: string[], text: string) =>
    world.acts(
      who,
      'post_message',
      { conversation, text },
      {
        origin: { kind: 'email', messageId: '<late@x>', at: 1, raw: 'r', references } as Origin,
      },
    );
  const late = (deliveries: readonly Json[] = []) =>
    deliveries.filter(({ kind }) => kind === 'question').map(({ about, questions }) => ({ about, questions }));

  it('by its old button is kept as a message, leaves the newer one open, and says what was done meanwhile', async () => {
    const { result } = await world.acts(world.ben, 'answer_question', { question: old.id, choice: '1' });
    expect(result.late).to.match(DONE);
    expect(await state(newer)).to.equal('open');
    const { messages } = await world.does(world.ada, 'read_conversation', { conversation });
    expect(messages.at(-1).text).to.include('q1: Old');
  });

  it('by a reply to its old mail leaves the newer one open, and the author is told', async () => {
    const about = { on: 'questions', id: old.id };
    const { commit } = await mailed(world.ben, [`<${world.pod}.${needId(world.pod, world.ben, about)}.7@x>`], 'Old');
    expect(late(commit?.deliveries as never)).to.deep.equal([{ about: 'late', questions: [old.id] }]);
    expect(await state(newer)).to.equal('open');
  });

  it('in words that begin with its number leaves the newer one open, and the author is told; others are not', async () => {
    const say = (who: World['ben'], text: string) => world.acts(who, 'post_message', { conversation, text });
    const { commit } = await say(world.ben, 'q1: Old');
    expect(late(commit?.deliveries as never)).to.deep.equal([{ about: 'late', questions: [old.id] }]);
    expect(await state(newer)).to.equal('open');
    expect(late((await say(world.gil, 'q1: Old')).commit?.deliveries as never)).to.deep.equal([]);
    await say(world.ben, 'q2: New');
    expect(await state(newer)).to.equal('answered');
    const again = await say(world.ben, 'q2: Old');
    expect(late(again.commit?.deliveries as never)).to.deep.equal([{ about: 'late', questions: [newer.id] }]);
  });

  describe('in plain words', () => {
    const say = async (who: World['ben'], text: string, at?: number) => {
      const origin = at ? { origin: { kind: 'slack', team: 'T', channel: 'C', ts: `${at}`, at } as Origin } : {};
      const { commit } = await world.acts(who, 'post_message', { conversation, text }, origin);
      return late(commit?.deliveries as never);
    };
    const OVER = () => [{ about: 'over', questions: [old.id] }];

    it('is told once to whoever was asked, and to nobody else, where nothing else is open to them', async () => {
      await world.does(world.ben, 'answer_question', { question: newer.id, choice: 'New' });
      expect(await say(world.gil, 'Old')).to.deep.equal([]);
      expect(await say(world.ben, 'Which one was it?')).to.deep.equal([]);
      expect(await say(world.ben, '@pilot take the old one')).to.deep.equal([]);
      expect(await say(world.ben, 'let me check')).to.deep.equal([]);
      expect(await say(world.ben, 'The old one')).to.deep.equal(OVER());
      expect(await say(world.ben, 'The old one, I said')).to.deep.equal([]);
    });

    it('is told to nobody two weeks after the end', async () => {
      await world.does(world.ben, 'answer_question', { question: newer.id, choice: 'New' });
      world.clock.now += 15 * 86_400_000;
      expect(await say(world.ben, 'Old')).to.deep.equal([]);
    });

    it('answers the question that was asked after the end', async () => {
      expect(await say(world.ben, 'Old')).to.deep.equal([]);
      expect(await state(newer)).to.equal('answered');
    });

    it('that were written before the newer question was asked leave it open, and say how the older one ended', async () => {
      const before = (await world.doc(QUESTIONS, newer.id))?.at ?? 0;
      expect(await say(world.ben, 'Old', before - 1)).to.deep.equal(OVER());
      expect(await state(newer)).to.equal('open');
      await say(world.ben, 'New');
      expect(await state(newer)).to.equal('answered');
    });

    it('settles neither of two that stood open together, once one of them is over; then the other', async () => {
      const third = (await world.does(world.scribe, 'ask', { to: ['ben'], question: 'Which day?', conversation }))
        .question;
      await world.does(world.scribe, 'withdraw_question', { question: newer.id });
      expect(await say(world.ben, 'Saturday')).to.deep.equal([{ about: 'which', questions: [newer.id, third.id] }]);
      expect(await state(third)).to.equal('open');
      await say(world.ben, 'Saturday it is');
      expect(await state(third)).to.equal('answered');
    });

    it('after somebody else has answered is told only if it names an option', async () => {
      const both = { to: ['ben', 'gil'], question: 'Which door?', conversation, options: ['Left', 'Right'] };
      await world.does(world.ben, 'answer_question', { question: newer.id, choice: 'New' });
      const door = (await world.does(world.scribe, 'ask', both)).question;
      await world.does(world.gil, 'answer_question', { question: door.id, choice: 'Left' });
      expect(await say(world.ben, 'Fine with me')).to.deep.equal(OVER());
      expect(await say(world.ben, 'Good that this is done')).to.deep.equal([]);
      expect(await say(world.ben, 'Right')).to.deep.equal([{ about: 'over', questions: [door.id] }]);
    });
  });

  it('by mail of a deputy is recognised as theirs, and leaves the newer one open', async () => {
    await world.does(world.ben, 'set_away', { until: '2026-11-20', deputy: 'gil' });
    const about = { on: 'questions', id: old.id };
    const { commit } = await mailed(
      world.gil,
      [`<${world.pod}.${needId(world.pod, world.ben, about)}.7@x>`],
      'q2: Old',
    );
    expect(late(commit?.deliveries as never)).to.deep.equal([{ about: 'late', questions: [old.id] }]);
    expect(await state(newer)).to.equal('open');
  });
});
