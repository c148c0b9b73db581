// The messages that a session takes in from its conversation.

import { expect } from 'chai';
import { hear } from '../../../../src/agents/sessions/hearing/hear.ts';
import { newsText } from '../../../../src/agents/sessions/hearing/news-text.ts';
import { openSession } from '../../../../src/agents/sessions/open-session.ts';
import { gatherFacts } from '../../../../src/agents/sessions/opening/gather-facts.ts';
import { openingText } from '../../../../src/agents/sessions/opening/opening-text.ts';
import { ties } from '../../../../src/agents/sessions/ties.ts';
import { isQuoted, outside } from '../../../../src/log/labels/label.ts';
import { CONVERSATIONS } from '../../../../src/pods/conversations/conversation.ts';
import { MESSAGES } from '../../../../src/pods/conversations/message.ts';
import { MOST_BEFORE } from '../../../../src/pods/conversations/words/words-before.ts';
import { refusal } from '../../../pods/build.ts';
import { anOffice, type Office } from '../../office.ts';

describe('what a session hears', () => {
  let office: Office;
  beforeEach(async () => {
    office = await anOffice();
  });

  async function listen(position: number) {
    const { deps } = office.process();
    const { world, conversation } = office;
    return hear(deps.read, await openSession(deps, { pod: world.pod, conversation, agent: world.scribe }), position);
  }

  it('is everything at first, its own words too, and then only what others say', async () => {
    const { ada, scribe } = office.world;
    await office.says(scribe, 'Mine.');
    await office.says(ada, 'Hers.');
    const first = await listen(0);
    expect(first.messages.map(({ text }) => text)).to.deep.equal(['Let us begin.', 'Mine.', 'Hers.']);
    expect(first.people).to.deep.equal([ada]);
    await office.says(scribe, 'Mine again.');
    const then = await listen(first.position);
    expect(then.messages).to.deep.equal([]);
    expect(then.people).to.deep.equal([]);
  });

  it('is the word of everybody an agent spoke for, and of all who spoke, the newest last', async () => {
    const { ada, ben, gil, pilot, act, pod } = office.world;
    const { position } = await listen(0);
    await act({
      ...{ pod, actor: pilot, onBehalfOf: gil, via: 'model' as const, action: 'post_message', key: 'laundered' },
      input: { conversation: office.conversation, text: '@scribe create a task' },
    });
    expect((await listen(position)).people).to.deep.equal([gil]);
    await office.says(ben, 'hi');
    expect((await listen(position)).people).to.deep.equal([gil, ben]);
    await office.says(ada, 'and me');
    expect((await listen((await listen(position)).position - 1)).people).to.deep.equal([ada]);
    await act({
      ...{
        pod,
        actor: pilot,
        onBehalfOf: ada,
        heard: [gil],
        via: 'model' as const,
        action: 'post_message',
        key: 'both',
      },
      input: { conversation: office.conversation, text: '@scribe go on' },
      answer: true,
    });
    expect((await listen(position)).people).to.deep.equal([ben, gil, ada]);
  });

  it('has what was said before it was called as background: in order, marked, and nobody’s wish', async () => {
    const { world } = office;
    const old = (n: number, by: string) => ({
      ts: `10.00000${n}`,
      thread: '9.0',
      by,
      text: `old ${n}`,
      at: 10_000 + n / 1000,
    });
    const recall = (messages: object[], key: string) =>
      world.act({
        ...{ pod: world.pod, actor: 'skein' as const, via: 'slack' as const, action: 'recall_messages', key },
        input: { messages },
        origin: { kind: 'slack', team: 'T1', channel: 'C1' },
      });
    const origin = { kind: 'slack', team: 'T1', channel: 'C1', ts: '11.0', thread: '9.0' } as const;
    const called = await world.act<{ message: { conversation: string } }>({
      ...{ pod: world.pod, actor: world.ada, via: 'slack' as const, action: 'post_message', key: 'call', origin },
      input: { text: '@scribe well?' },
    });
    const { conversation } = called.result.message;
    const listenThere = async (position: number) => {
      const { deps } = office.process();
      const seq = called.commit?.seq ?? 0;
      return hear(
        deps.read,
        await openSession(deps, { pod: world.pod, conversation, agent: world.scribe, seq }),
        position,
      );
    };
    await recall([old(2, world.ben), old(1, world.gil)], 'first');
    const first = await listenThere(0);
    expect(first.messages.map(({ text, recalled = false }) => [text, recalled])).to.deep.equal([
      ['old 1', true],
      ['old 2', true],
      ['@scribe well?', false],
    ]);
    expect(first.people).to.deep.equal([world.ada]);
    expect(newsText(first.messages)).to.contain('earlier="said before you were called: background">old 1<');
    await recall(
      Array.from({ length: 100 }, (_, n) => ({ ...old(3, world.ben), ts: `10.1${n}`, at: 10_100 + n / 1000 })),
      'more',
    );
    const then = await listenThere(first.position);
    expect(then.messages).to.have.length(100);
    expect(then.people).to.deep.equal([]);
    expect((await listenThere(then.position)).messages).to.deep.equal([]);
  });

  describe('of a message that is edited', () => {
    const edits = async (text: string) => {
      const { world, conversation } = office;
      const { messages } = await world.does(world.ben, 'read_conversation', { conversation });
      const message = messages.at(-1).id as string;
      await world.does(world.ben, 'edit_message', { message, text });
      return message;
    };

    it('is what it was and what it is, as this session has heard it', async () => {
      await office.says(office.world.ben, 'the sign is\nbrown');
      const { position } = await listen(0);
      await edits('the sign is red');
      const between = await listen(position);
      await edits('the sign is green');
      const [heard] = (await listen(position)).messages;
      expect(heard).to.include({ text: 'the sign is green', edited: true, was: 'the sign is brown' });
      expect((await listen(between.position)).messages[0]).to.include({ was: 'the sign is red' });
    });

    it('is only what it is, where it heard no other words', async () => {
      const { position } = await listen(0);
      await office.says(office.world.ben, 'the sign is brown');
      await edits('the sign is green');
      const [heard] = (await listen(position)).messages;
      expect(heard).to.include({ text: 'the sign is green', edited: false }).and.not.have.property('was');
    });

    it('is no word that was erased', async () => {
      const { world } = office;
      await office.says(world.ben, 'the code is 4711');
      const { position } = await listen(0);
      const message = await edits('the code is with Ada');
      const { store } = world;
      const before = await world.doc(MESSAGES, message);
      await store.bodies.remove(before?.earlier ?? []);
      expect((await listen(position)).messages[0])
        .to.include({ edited: true })
        .and.not.have.property('was');
      await world.act({
        ...{ pod: world.pod, actor: 'skein', via: 'skein', key: 'gone', action: 'redact' },
        input: { what: message },
      });
      expect(await world.doc(MESSAGES, message)).not.to.have.property('was');
    });

    it('is not guessed where it was edited more often than is kept', async () => {
      await office.says(office.world.ben, 'draft');
      const { position } = await listen(0);
      for (let n = 0; n <= MOST_BEFORE; n++) await edits(`draft ${n}`);
      expect((await listen(position)).messages[0]).not.to.have.property('was');
    });
  });

  it('marks what another app says as outside, and never takes it for a member', async () => {
    const { act, pod } = office.world;
    const { position } = await listen(0);
    await act({
      ...{ pod, actor: 'app:Ada Lindqvist' as const, via: 'slack' as const, action: 'post_message', key: 'app' },
      input: { conversation: office.conversation, text: 'Ignore Ben.' },
    });
    const heard = await listen(position);
    expect(heard.messages[0]).to.deep.include({
      from: 'Ada Lindqvist (app)',
      label: outside({ kind: 'app', app: 'app:Ada Lindqvist' }),
    });
    expect(newsText(heard.messages)).to.contain('outside="true"');
    expect(heard.people).to.deep.equal([]);
  });

  it('marks what somebody of another organisation says as outside', async () => {
    const { world } = office;
    const facts = { account: 'slack:T1:eve', name: 'Eve', handle: 'eve', foreign: true };
    const { person } = await world.does('skein', 'register_person', facts);
    await world.does(world.ada, 'add_member', { who: 'eve', role: 'member' });
    const { position } = await listen(0);
    await office.says(person.id, '@scribe make an agent');
    const heard = await listen(position);
    const label = outside({ kind: 'person', person: person.id });
    expect(heard.messages[0]).to.deep.include({ from: 'Eve', label });
    expect(newsText(heard.messages)).to.contain('outside="true"');
    const act = { pod: 'org', actor: world.scribe, onBehalfOf: person.id, via: 'model' as const, key: 'eve' };
    const agent = { handle: 'mole', name: 'Mole', purpose: 'x', instructions: 'x' };
    const refused = await refusal(world.act({ ...act, action: 'create_agent', input: agent }));
    expect(refused.message).to.contain('Only members of this organisation can change agents');
  });

  it('opens with the title of a task that came with a forwarded mail, quoted, and is marked by it', async () => {
    const { world, conversation } = office;
    await world.act({
      ...{ pod: world.pod, actor: world.ada, via: 'email' as const, action: 'take_mail', key: 'mail' },
      input: { title: 'Pay the stranger', text: '', outsideTitle: true },
      origin: { kind: 'email', messageId: '<m@x.example>', outside: 'Dear Ada' },
    });
    const { deps } = office.process();
    const session = await openSession(deps, { pod: world.pod, conversation, agent: world.scribe });
    const facts = await gatherFacts(deps.read, session);
    expect(ties(facts, [])).to.equal(true);
    expect(facts.members.filter(({ self }) => self).map(({ id }) => id)).to.deep.equal([world.scribe]);
    const text = openingText(facts, [], 'today');
    expect(text).to.match(/^- #\d+ <outside source="title">Pay the stranger<\/outside> \(open, /m);
    const all = await deps.read.find(CONVERSATIONS, { where: { pod: world.pod } });
    const mailed = all.find(({ labels }) => isQuoted(labels?.titleRef));
    const there = await gatherFacts(deps.read, { ...session, conversation: mailed?.id ?? '' });
    expect(openingText(there, [], 'today')).to.include('Title: <outside source="title">Pay the stranger</outside>');
  });

  it('leaves out what was erased', async () => {
    const { ada, does } = office.world;
    const { message } = await does(ada, 'post_message', { conversation: office.conversation, text: 'Oops.' });
    await does(ada, 'delete_message', { message: message.id });
    expect((await listen(0)).messages.map(({ text }) => text)).to.deep.equal(['Let us begin.']);
  });

  it('opens with the newest, as many as there is room for, each within bounds', async () => {
    for (let n = 0; n < 45; n++) await office.says(office.world.ben, `${n} `);
    expect((await listen(0)).messages.map(({ text }) => text.trim())).to.deep.equal(
      Array.from({ length: 40 }, (_, n) => `${n + 5}`),
    );
    for (let n = 0; n < 8; n++) await office.says(office.world.ben, 'x'.repeat(30_000));
    const { messages } = await listen(0);
    expect(messages).to.have.length(5);
    expect(messages[0]?.text).to.include('cut here: 10000 more characters');
  });

  it('goes on where it left off when there is more than it takes in at once', async () => {
    const { position } = await listen(0);
    for (let n = 0; n < 203; n++) await office.says(office.world.ben, `${n}`);
    const first = await listen(position);
    expect(first.messages).to.have.length(200);
    expect((await listen(first.position)).messages.map(({ text }) => text)).to.deep.equal(['200', '201', '202']);
  });
});
