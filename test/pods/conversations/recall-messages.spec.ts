// Imports of older Slack messages: each is stored once, whether the import or Slack's event comes first.

import { expect } from 'chai';
import type { Act } from '../../../src/log/act.ts';
import { makeReader } from '../../../src/log/read.ts';
import { CONVERSATIONS } from '../../../src/pods/conversations/conversation.ts';
import { MESSAGES } from '../../../src/pods/conversations/message.ts';
import { aWorld } from '../build.ts';

const ORIGIN = { kind: 'slack', team: 'T1', channel: 'C1' } as const;

describe('recall_messages', () => {
  const old = (ts: string, text: string, by = 'person:ben') => ({
    ts,
    thread: '100.000001',
    by,
    text,
    at: Number(ts) * 1000,
  });

  async function begun() {
    const world = await aWorld();
    const read = makeReader(world.store);
    const recall = (messages: object[], more: object = {}, key = `k${Math.random()}`) =>
      world.act({
        pod: world.pod,
        actor: 'skein',
        via: 'slack',
        action: 'recall_messages',
        input: { messages, ...more },
        key,
        origin: ORIGIN,
      });
    const say = (ts: string, text: string, thread?: string) =>
      world.act<{ message: { id: string; conversation: string } }>({
        ...{ pod: world.pod, actor: world.ada, via: 'slack', action: 'post_message', input: { text } },
        key: `slack:T1:C1:${ts}`,
        origin: { ...ORIGIN, ts, at: Number(ts) * 1000, ...(thread ? { thread } : {}) },
      } as Parameters<Act>[0]);
    const all = async () => {
      const messages = await read.find(MESSAGES, { where: { pod: world.pod }, sort: [['posted', 'asc']] });
      const texts = await read.texts(messages.map(({ body }) => body));
      return messages.map((message) => ({ ...message, text: texts.get(message.body) }));
    };
    return { ...world, read, recall, say, all };
  }

  it('stands before all that the log heard itself, in the order of the past', async () => {
    const { say, recall, all, read, ada } = await begun();
    const { result } = await say('105.000000', 'and now?', '100.000001');
    await recall([old('100.000002', 'second'), old('100.000001', 'first')]);
    expect((await all()).map(({ text }) => text)).to.deep.equal(['first', 'second', 'and now?']);
    const conversation = await read.get(CONVERSATIONS, result.message.conversation);
    expect(conversation).to.include({ messages: 1, lastBy: ada });
    expect(conversation?.people).to.deep.equal([ada, 'person:ben']);
  });

  it('wakes nobody, mentions nobody and delivers nothing', async () => {
    const { recall, all } = await begun();
    const { commit } = await recall([old('100.000001', '@scribe stop, @Ada Lindqvist decide')]);
    expect(commit?.deliveries).to.deep.equal([]);
    expect((await all())[0]).not.to.have.property('mentions');
  });

  it('stands once, also when it is recalled twice or was heard before', async () => {
    const { say, recall, all } = await begun();
    await say('100.000001', 'first, as it was said');
    await recall([old('100.000001', 'first'), old('100.000002', 'second')]);
    await recall([old('100.000002', 'second'), old('100.000003', 'third')]);
    expect((await all()).map(({ text }) => text)).to.deep.equal(['second', 'third', 'first, as it was said']);
  });

  it('is heard all the same when Slack tells of it afterwards, and calls whom it names', async () => {
    const { say, recall, all } = await begun();
    await recall([old('100.000001', 'first'), { ...old('100.000002', '@scribe and you?'), by: 'person:ada' }]);
    const { commit } = await say('100.000002', '@scribe and you?', '100.000001');
    expect(commit?.deliveries.map(({ kind }) => kind)).to.deep.equal(['mark', 'wake']);
    const messages = await all();
    expect(messages.map(({ text }) => text)).to.deep.equal(['first', '@scribe and you?']);
    expect(messages[1]?.posted).to.be.above(0);
    expect(messages[1]?.earlier).to.have.length(1);
  });

  it('stays erased when Slack tells of it after its deletion', async () => {
    const { act, pod, say, recall, all } = await begun();
    await recall([old('100.000001', 'first')]);
    const [message] = await all();
    const input = { message: message?.id };
    await act({ pod, actor: 'skein', via: 'slack', action: 'delete_message', input, key: 'gone', origin: ORIGIN });
    await say('100.000001', 'first');
    expect(await all()).to.have.length(1);
    expect((await all())[0]).to.have.property('erased');
    expect((await all())[0]?.text).to.equal(undefined);
  });

  it('keeps strangers’ words as words from outside', async () => {
    const { recall, all } = await begun();
    await recall([{ ...old('100.000001', 'see'), outside: 'Forwarded message by Two:\nout', foreign: true }]);
    const [message] = await all();
    expect(message?.brought).to.match(/^b_/);
    expect(message?.labels?.brought?.trust).to.equal('outside');
    expect(message?.labels?.body).to.deep.equal({ trust: 'outside', source: { kind: 'person', person: message?.by } });
  });

  it('is for Skein alone', async () => {
    const { act, pod, ada } = await begun();
    const asked = act({
      pod,
      actor: ada,
      via: 'cli',
      action: 'recall_messages',
      input: { messages: [] },
      key: 'k',
      origin: ORIGIN,
    });
    const refused = await asked.then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(String(refused)).to.contain('Only Skein recalls');
  });
});
