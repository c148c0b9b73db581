// No door lets half a surrogate pair in, and truncating a text makes none.
import { expect } from 'chai';
import fc from 'fast-check';
import { head, wellFormed } from '../../src/log/well-formed.ts';
import { aWorld } from '../pods/build.ts';

describe('a text that is well formed', () => {
  it('is left as it is, with all around it', () => {
    const bytes = Buffer.from('x');
    const value = { a: ['👍', 1, null, { 'é👍': undefined }], bytes, at: new Date(0) };
    expect(wellFormed(value)).to.equal(value);
  });

  it('is what becomes of any other, at any depth, in names of fields too', () => {
    expect(wellFormed({ '\udc4d': ['x\ud83d', { a: '\ud83d\udc4d' }], b: Buffer.from('x') })).to.deep.equal({
      '\ufffd': ['x\ufffd', { a: '👍' }],
      b: Buffer.from('x'),
    });
    expect(wellFormed('\udc4d\ud83d')).to.equal('\ufffd\ufffd');
  });

  it('stays well formed where it is cut', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(20), (text, most) => {
        const cut = head(text, most);
        expect(cut.isWellFormed()).to.equal(true);
        expect(text.startsWith(cut) && most - cut.length < 2 + most - Math.min(most, text.length)).to.equal(true);
      }),
    );
  });

  it('is all that the log takes, whatever the action and the door', async () => {
    const world = await aWorld();
    const half = 'half \ud83d';
    const { conversation } = await world.does(world.ada, 'start_conversation', { title: half, text: half });
    await world.does(world.ada, 'post_message', { conversation: conversation.id, text: `more \udc4d` });
    const { task } = await world.does(world.ada, 'create_task', { title: half, text: half });
    await world.does(world.ada, 'put_file', { name: 'half-\ud83d.txt', text: half });
    const commits = await world.store.collection<{ id: string; rev: number }>('commits').find({ where: {} });
    const { messages } = await world.does(world.ada, 'read_conversation', { conversation: conversation.id });
    expect(messages.map(({ text }: { text: string }) => text)).to.deep.equal(['half \ufffd', 'more \ufffd']);
    expect(task.title).to.equal('half \ufffd');
    expect(JSON.stringify(commits)).to.not.match(/\\ud83d|\\udc4d/);
  });
});
