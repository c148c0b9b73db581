// Names of files shared in Slack are shown with the message wherever it is read.
import { expect } from 'chai';
import { MESSAGES } from '../../../src/pods/conversations/message.ts';
import type { Delivery } from '../../../src/pods/deliveries.ts';
import { aWorld, type Json } from '../build.ts';

describe('files shared in Slack', () => {
  const from = (files: string[], at = 1) => ({
    origin: { kind: 'slack', team: 'T1', channel: 'C1', ts: '1.0', at, files } as const,
  });
  async function shared(text: string, files: string[]) {
    const world = await aWorld();
    const { message } = await world.does(world.ben, 'post_message', { text }, from(files));
    const read = async () =>
      (await world.does(world.gil, 'read_conversation', { conversation: message.conversation })).messages[0].text;
    const kept = async () => {
      const doc = await world.doc(MESSAGES, message.id);
      const texts = await world.store.bodies.get([doc?.body ?? '', ...(doc?.files ?? [])]);
      return [doc?.body ?? '', ...(doc?.files ?? [])].map((ref) => texts.get(ref)?.text);
    };
    return { ...world, message, read, kept };
  }

  it('are shown, found and told below the words, and kept apart from them', async () => {
    const { does, ada, read, kept } = await shared('See this', ['costs.csv', 'b`c.pdf']);
    const shown = "See this\n(file: `costs.csv`)\n(file: `b'c.pdf`)";
    expect(await read()).to.equal(shown);
    expect(await kept()).to.deep.equal(['See this', 'costs.csv', 'b`c.pdf']);
    const { found } = await does(ada, 'search_pod', { query: 'costs' });
    expect(found.map(({ text }: Json) => text)).to.deep.equal([shown.replaceAll('\n', ' ')]);
    const { history } = await does(ada, 'pod_history');
    expect(JSON.stringify(history)).to.contain("wrote “See this (file: `costs.csv`) (file: `b'c.pdf`)”");
  });

  it('may come without a word', async () => {
    const { read, kept, does, ada } = await shared('', ['costs.csv']);
    expect(await read()).to.equal('(file: `costs.csv`)');
    expect(await kept()).to.deep.equal(['', 'costs.csv']);
    expect(JSON.stringify(await does(ada, 'pod_history'))).to.contain('wrote “(file: `costs.csv`)”');
  });

  it('stay when the words are edited, and go when one is taken away', async () => {
    const { does, ben, ada, message, read, kept } = await shared('One', ['a.csv', 'b.csv']);
    await does(ben, 'edit_message', { message: message.id, text: 'Two' });
    expect(await read()).to.equal('Two\n(file: `a.csv`)\n(file: `b.csv`)');
    await does(ben, 'edit_message', { message: message.id, text: '' }, from(['b.csv'], 2));
    expect(await kept()).to.deep.equal(['', 'b.csv']);
    expect(JSON.stringify(await does(ada, 'pod_history'))).to.contain('edited a message to “(file: `b.csv`)”');
  });

  it('are erased with their message, also those that were taken away', async () => {
    const { does, ben, ada, message, store, delivered } = await shared('One', ['a.csv', 'b.csv']);
    await does(ben, 'edit_message', { message: message.id, text: 'Two' }, from(['b.csv'], 2));
    await does(ada, 'redact', { what: message.id, reason: 'private' });
    const erase = delivered.find((one): one is Extract<Delivery, { kind: 'erase' }> => one.kind === 'erase');
    const texts = await store.bodies.get(erase?.bodies ?? []);
    expect([...texts.values()].map(({ text }) => text)).to.have.members(['One', 'Two', 'a.csv', 'b.csv']);
    expect(await does(ada, 'search_pod', { query: 'csv' })).to.deep.equal({ found: [] });
  });
});
