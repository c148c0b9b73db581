import { expect } from 'chai';
import { putOnce, type ToPut } from '../../src/doors/put-once.ts';
import { makeReader } from '../../src/log/read.ts';
import { aWorld, refusal, type World } from '../pods/build.ts';

describe('a file that came from outside', () => {
  let world: World;
  beforeEach(async () => {
    world = await aWorld();
  });
  const put = (text: string, over: Partial<ToPut> = {}) =>
    putOnce(
      { act: world.act, read: makeReader(world.store) },
      { pod: world.pod, by: world.ben, via: 'email', name: 'a.md', content: Buffer.from(text), key: text, ...over },
    );
  const shown = async () => {
    const { file, text } = await world.does(world.ada, 'read_file', { name: 'a.md' });
    return [file.version, text];
  };

  it('is put once, though it is put again', async () => {
    await put('one');
    await put('one');
    expect(await shown()).to.deep.equal([1, 'one']);
  });

  it('is the next version where its name stands, also where it was erased', async () => {
    await put('one');
    await put('two');
    expect(await shown()).to.deep.equal([2, 'two']);
    const { file } = await world.does(world.ada, 'read_file', { name: 'a.md' });
    await world.does(world.ada, 'redact', { what: file.id });
    await put('three');
    expect(await shown()).to.deep.equal([3, 'three']);
  });

  it('is not put twice when another version came between a crash and its repeat', async () => {
    await put('one', { key: 'k' });
    await world.does(world.ada, 'put_file', { name: 'a.md', text: 'theirs', base: 1 });
    await put('one', { key: 'k' });
    expect(await shown()).to.deep.equal([2, 'theirs']);
  });

  it('of many that come at once each has its version', async () => {
    await Promise.all(['a', 'b', 'c'].map((text) => put(text)));
    expect((await shown())[0]).to.equal(3);
  });

  it('that may not be put is refused with the reason', async () => {
    expect((await refusal(put('x', { by: world.gil }))).message).to.contain('that takes the role member');
  });
});
