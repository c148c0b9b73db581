import { expect } from 'chai';
import { InvalidInput, NotAllowed, NotFound } from '../../../src/errors.ts';
import type { Origin } from '../../../src/log/place.ts';
import { CONVERSATIONS } from '../../../src/pods/conversations/conversation.ts';
import { MESSAGES } from '../../../src/pods/conversations/message.ts';
import { aWorld, refusal, type World } from '../build.ts';

const inSlack = (ts: string, more: object = {}): Origin => ({ kind: 'slack', team: 'T1', channel: 'C1', ts, ...more });
const kinds = ({ delivered }: World) => delivered.map((one) => one.kind);

describe('post_message', () => {
  it('says something in a conversation, posts it, and wakes who is meant', async () => {
    const world = await aWorld();
    const { conversation } = await world.does(world.ada, 'start_conversation', { title: 'T', text: 'Hello' });
    world.delivered.length = 0;
    const input = { conversation: conversation.id, text: '@scribe sum up' };
    const { message, addressed } = await world.does(world.ben, 'post_message', input);
    expect(addressed).to.deep.equal([world.scribe]);
    expect(world.delivered.map(({ id: _id, ...one }) => one)).to.deep.equal([
      { kind: 'post', pod: world.pod, conversation: conversation.id, message: message.id },
      { kind: 'wake', pod: world.pod, agent: world.scribe, conversation: conversation.id, because: message.id },
    ]);
    const doc = await world.doc(CONVERSATIONS, conversation.id);
    expect(doc).to.deep.include({ messages: 2, agents: [world.scribe], lastBy: world.ben, lastTo: [world.scribe] });
  });

  it('takes in what was said in Slack without posting it again: a thread is one conversation', async () => {
    const world = await aWorld();
    const said = (text: string, origin: Origin) => world.does(world.ben, 'post_message', { text }, { origin });
    const first = await said('@scribe help', inSlack('1.0', { at: 5 }));
    const second = await said('and quickly', inSlack('2.0', { thread: '1.0' }));
    expect(second.message.conversation).to.equal(first.message.conversation);
    expect(second.addressed).to.deep.equal([world.scribe]);
    expect(kinds(world)).to.deep.equal(['mark', 'wake', 'mark', 'wake']);
    expect(await world.doc(MESSAGES, first.message.id)).to.deep.include({
      at: 5,
      places: ['slack:T1:C1:1.0'],
      ours: false,
    });
  });

  it('halts the agents of the conversation at “stop”', async () => {
    const world = await aWorld();
    await world.does(world.ben, 'post_message', { text: '@scribe help' }, { origin: inSlack('1.0') });
    await world.does(world.ben, 'post_message', { text: 'stop' }, { origin: inSlack('2.0', { thread: '1.0' }) });
    expect(world.delivered.at(-1)).to.deep.include({ kind: 'halt', agent: world.scribe });
  });

  it('keeps what is said in an archived pod’s channel, and wakes nobody', async () => {
    const world = await aWorld();
    await world.does(world.ada, 'archive_pod');
    await world.does(world.ben, 'post_message', { text: '@scribe help' }, { origin: inSlack('1.0') });
    expect(world.delivered).to.deep.equal([]);
    expect((await world.does(world.ben, 'read_conversation')).conversations).to.have.length(1);
  });

  it('counts no wake in an archived pod, whoever speaks there', async () => {
    const world = await aWorld();
    const { conversation } = await world.does(world.ada, 'start_conversation', { title: 'Hall', text: '@scribe help' });
    const says = async (text: string) => {
      const input = { conversation: conversation.id, text };
      const { commit, result } = await world.acts(world.scribe, 'post_message', input);
      return { types: (commit?.changes ?? []).map(({ type }) => type), result };
    };
    expect((await says('@pilot please look')).types).to.include('agents_woken');
    await world.does(world.ada, 'archive_pod');
    const after = await says('@pilot please look again');
    expect(after.types).to.include('message_added').and.not.include('agents_woken');
    const hers = await world.does(world.ada, 'post_message', {
      conversation: conversation.id,
      text: '@pilot and you?',
    });
    expect(hers.addressed, 'nobody is said to be addressed').to.equal(undefined);
  });

  it('wakes nobody by an edit in an archived pod either', async () => {
    const world = await aWorld();
    const { message } = await world.does(world.ben, 'post_message', { text: 'help' }, { origin: inSlack('1.0') });
    await world.does(world.ada, 'archive_pod');
    const before = world.delivered.length;
    await world.does(world.ben, 'edit_message', { message: message.id, text: '@scribe help' });
    expect(world.delivered.slice(before).filter(({ kind }) => kind === 'wake')).to.deep.equal([]);
  });

  it('takes what somebody said before they left, and nothing after', async () => {
    const world = await aWorld();
    await world.does(world.ben, 'remove_member', { who: 'ben' });
    const left = world.clock.now;
    const say = (at: number) =>
      world.does(world.ben, 'post_message', { text: 'x' }, { origin: inSlack(`${at}`, { at }) });
    await say(left - 1);
    expect(await refusal(say(left + 1))).to.be.instanceOf(NotAllowed);
  });

  it('is open to guests and other apps, not to strangers', async () => {
    const world = await aWorld();
    const say = (who: 'app:ci' | typeof world.gil) =>
      world.does(who, 'post_message', { text: 'x' }, { origin: inSlack('1.0') });
    await say(world.gil);
    await say('app:ci');
    expect(await refusal(say(world.zoe))).to.be.instanceOf(NotAllowed);
  });

  it('means nobody by a name that two people share, and one of them by the handle', async () => {
    const world = await aWorld();
    for (const name of ['Kim Lee', 'Kim Park']) {
      const handle = name.replace(' ', '').toLowerCase();
      await world.does('skein', 'register_person', { account: `slack:T1:${handle}`, name, handle });
      await world.does(world.ada, 'add_member', { who: handle });
    }
    const { conversation } = await world.does(world.ada, 'start_conversation', { title: 'T', text: '@scribe hi' });
    const say = async (text: string) => {
      await world.does(world.scribe, 'post_message', { conversation: conversation.id, text: 'Hi' });
      const { addressed } = await world.does(world.ada, 'post_message', { conversation: conversation.id, text });
      return addressed ?? [];
    };
    expect(await say('@kim what do you think?')).to.deep.equal([world.scribe]);
    expect(await say('@kimpark what do you think?')).to.deep.equal([]);
    expect(await say('Kimpark, what do you think?')).to.deep.equal([]);
    expect(await say('@Kim Lee what do you think?')).to.deep.equal([]);
  });

  it('asks which conversation, and knows only those of the pod', async () => {
    const world = await aWorld();
    expect(await refusal(world.does(world.ben, 'post_message', { text: 'x' }))).to.be.instanceOf(InvalidInput);
    const wrong = await refusal(world.does(world.ben, 'post_message', { conversation: 'c_0', text: 'x' }));
    expect(wrong).to.be.instanceOf(NotFound);
  });
});
