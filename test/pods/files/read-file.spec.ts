import { expect } from 'chai';
import { NotFound } from '../../../src/errors.ts';
import { aWorld, refusal } from '../build.ts';

describe('read_file', () => {
  it('shows the newest version, or the one named, with who wrote it', async () => {
    const world = await aWorld();
    const { file } = await world.does(world.ada, 'put_file', { name: 'a.md', text: 'one' });
    await world.does(world.ben, 'put_file', { name: 'a.md', text: 'two', base: 1 });
    const newest = await world.does(world.gil, 'read_file', { name: 'a.md' });
    expect(newest.text).to.equal('two');
    expect(newest.file).to.include({ id: file.id, version: 2, by: 'Ben Okafor', mime: 'text/markdown', size: 3 });
    const first = await world.does(world.gil, 'read_file', { name: file.id, version: 1 });
    expect(first).to.deep.include({ text: 'one' });
    expect(first.file.by).to.equal('Ada Lindqvist');
  });

  it('cuts a long text and says so', async () => {
    const world = await aWorld();
    await world.does(world.ada, 'put_file', { name: 'long', text: `${'x'.repeat(99_999)}😀tail` });
    const { text, note } = await world.does(world.ada, 'read_file', { name: 'long' });
    expect(text).to.equal('x'.repeat(99_999));
    expect(note).to.equal('These are the first 99999 of 100005 characters.');
  });

  it('shows a small binary as base64 and a large one not at all', async () => {
    const world = await aWorld();
    const put = (name: string, bytes: number) =>
      world.does(world.ada, 'put_file', { name, base64: Buffer.alloc(bytes).toString('base64') });
    await put('small', 1_000_000);
    await put('large', 1_000_001);
    expect((await world.does(world.ada, 'read_file', { name: 'small' })).base64).to.have.length(1_333_336);
    const large = await world.does(world.ada, 'read_file', { name: 'large' });
    expect(large).to.have.all.keys('file', 'note');
    expect(large.note).to.include('1.0 MB');
  });

  it('says what is not there, and what was erased by whom', async () => {
    const world = await aWorld();
    const { file } = await world.does(world.ada, 'put_file', { name: 'a.md', text: 'one' });
    const missing = await refusal(world.does(world.ada, 'read_file', { name: 'b.md' }));
    expect(missing).to.be.instanceOf(NotFound);
    expect(missing.message).to.equal('There is no file “b.md” in this pod. list_files shows them.');
    const version = await refusal(world.does(world.ada, 'read_file', { name: 'a.md', version: 2 }));
    expect(version.message).to.equal('“a.md” has no version 2; the newest is 1.');
    await world.does(world.ada, 'redact', { what: file.id, reason: 'private' });
    const erased = await refusal(world.does(world.ada, 'read_file', { name: 'a.md' }));
    expect(erased.message).to.match(/was erased by Ada Lindqvist at .*Z\. put_file can put it again\.$/);
    await world.does(world.ada, 'put_file', { name: 'a.md', text: 'two' });
    const old = await refusal(world.does(world.ada, 'read_file', { name: 'a.md', version: 1 }));
    expect(old.message).to.equal('Version 1 of “a.md” was erased.');
  });
});
