// The store operations of a mail to a pod: no query is repeated, and no result grows with the data.
import { expect } from 'chai';
import type { Reader } from '../../../src/log/action.ts';
import { aMailWorld } from './mail-world.ts';

describe('a mail to a pod', () => {
  it('asks the store for each thing once, and for no more where its pod is full of conversations', async () => {
    const asked: string[] = [];
    const step = async (what: string) => void (what.startsWith('before ') && asked.push(what.slice(7)));
    const room = await aMailWorld({ step });
    const { read } = room.mail;
    let found = 0;
    const find: Reader['find'] = async (ref, query) => {
      const docs = await read.find(ref, query);
      found += docs.length;
      return docs;
    };
    room.mail.read = { ...read, find };
    const costOf = async (n: number) => {
      asked.length = 0;
      found = 0;
      await room.arrives({ headers: { 'Message-ID': `<n${n}@example.org>`, Subject: `Order ${n}` } });
      const finds = asked.filter((what) => what.includes('.find')).sort();
      const writes = asked.filter((what) => /^writeAll|\.(?:insert|replace|put|remove)/.test(what));
      return { all: asked.length, finds, writes: writes.length, found };
    };
    await costOf(1);
    const first = await costOf(2);
    // Reads: is it known, the rate limit, the author, the other recipients. Whether it was done before, the commit finds out.
    expect(first.finds).to.deep.equal(['conversations.find', 'messages.find', 'people.find', 'people.find']);
    // Writes: the blob and the item, the pod's copy, the commit, the settled commit, the removed first copy.
    // One read asks whether the pod's usual agent is still there: under 0.1.0 an agent that left stayed the usual one.
    expect([first.writes, first.all]).to.deep.equal([7, 27]);
    for (let n = 0; n < 40; n++)
      await room.world.does(room.world.ben, 'start_conversation', { title: `Talk ${n}`, text: 'Hello.' });
    const later = await costOf(3);
    expect({ ...later, found: later.found - 1 }).to.deep.equal(first);
  });
});
