import { expect } from 'chai';
import { Conflict, InvalidInput, NotAllowed } from '../../../src/errors.ts';
import { FILES } from '../../../src/pods/files/file.ts';
import { aWorld, refusal } from '../build.ts';

describe('put_file', () => {
  it('writes a first version, with its kind from the name', async () => {
    const world = await aWorld();
    const { result, commit } = await world.acts(world.ben, 'put_file', { name: 'plans/launch.md', text: 'Größe' });
    expect(result.file).to.include({ name: 'plans/launch.md', version: 1 });
    expect(commit?.changes.map((change) => change.type)).to.deep.equal(['file_put', 'version_put']);
    expect(await world.doc(FILES, result.file.id)).to.include({ mime: 'text/markdown', size: 7, by: world.ben });
    expect(JSON.stringify(commit)).not.to.include('Größe');
  });

  it('writes the next version from the one that was read', async () => {
    const world = await aWorld();
    await world.does(world.ben, 'put_file', { name: 'a.md', text: 'one' });
    const { file } = await world.does(world.ada, 'put_file', { name: 'a.md', text: 'two', base: 1 });
    expect(file.version).to.equal(2);
    expect((await world.does(world.gil, 'read_file', { name: 'a.md' })).text).to.equal('two');
  });

  for (const [what, base] of [
    ['from an older version', 1],
    ['without saying what was read', undefined],
    ['from a version that is not there yet', 3],
  ] as const)
    it(`refuses a write ${what}, and says who wrote what`, async () => {
      const world = await aWorld();
      await world.does(world.ada, 'put_file', { name: 'a.md', text: 'one' });
      await world.does(world.ben, 'put_file', { name: 'a.md', text: 'two', base: 1 });
      const input = { name: 'a.md', text: 'mine', ...(base ? { base } : {}) };
      const error = await refusal(world.does(world.scribe, 'put_file', input));
      expect(error).to.be.instanceOf(Conflict);
      expect(error.message).to.match(/at version 2, by Ben Okafor at 2026-11-02T09:\d\dZ;.*read_file.*base: 2\.$/);
    });

  it('takes the words of somebody as theirs, and a file that was handed over as words from outside', async () => {
    const world = await aWorld();
    await world.does(world.ben, 'put_file', { name: 'own.md', text: 'mine' });
    const origin = { kind: 'slack', team: 'T1', channel: 'C1' } as const;
    await world.acts(world.ben, 'put_file', { name: 'shared.md', text: 'whose?' }, { origin });
    expect(await world.does(world.ben, 'read_file', { name: 'own.md' })).not.to.have.property('outside');
    expect(await world.does(world.ben, 'read_file', { name: 'shared.md' })).to.include({ outside: true });
    expect(await world.does(world.ben, 'search_pod', { query: 'shared' })).to.include({ outside: true });
    expect(await world.does(world.ben, 'list_files')).to.include({ outside: true });
    const next = { name: 'shared.md', text: 'mine now', base: 1 };
    await world.does(world.ben, 'put_file', next);
    expect(await world.does(world.ben, 'read_file', { name: 'shared.md' })).not.to.have.property('outside');
  });

  it('lets only one of two writers of a new name through', async () => {
    const world = await aWorld();
    const outcomes = await Promise.allSettled(
      [world.ada, world.ben].map((who) => world.does(who, 'put_file', { name: 'new.md', text: who })),
    );
    expect(outcomes.map((one) => one.status).sort()).to.deep.equal(['fulfilled', 'rejected']);
    expect((await world.does(world.ada, 'list_files')).files).to.have.length(1);
  });

  it('takes other contents as base64, whole or not at all', async () => {
    const world = await aWorld();
    const base64 = Buffer.from([0, 255, 1]).toString('base64');
    await world.does(world.ben, 'put_file', { name: 'x.bin', base64 });
    expect(await world.does(world.ben, 'read_file', { name: 'x.bin' })).to.deep.include({ base64 });
    const damaged = await refusal(world.does(world.ben, 'put_file', { name: 'y.bin', base64: 'AAé*' }));
    expect(damaged).to.be.instanceOf(InvalidInput);
    expect(damaged.message).to.include('damaged');
  });

  it('asks for one content, of at most 20 MB', async () => {
    const world = await aWorld();
    const none = await refusal(world.does(world.ben, 'put_file', { name: 'x.md' }));
    const both = await refusal(world.does(world.ben, 'put_file', { name: 'x.md', text: '', base64: '' }));
    expect(none.message).to.equal(both.message).and.to.include('one of the two');
    const base64 = Buffer.alloc(20_000_001).toString('base64');
    expect((await refusal(world.does(world.ben, 'put_file', { name: 'x', base64 }))).message).to.include('20.0 MB');
  });

  for (const name of [
    '',
    ' ',
    'a\\b',
    'a\nb',
    '/etc/passwd',
    'a//b',
    '../b',
    'a/./b',
    'x/',
    'a\u202eb',
    'x'.repeat(201),
  ])
    it(`refuses the name ${JSON.stringify(name.slice(0, 12))}`, async () => {
      const world = await aWorld();
      expect(await refusal(world.does(world.ben, 'put_file', { name, text: '' }))).to.be.instanceOf(InvalidInput);
    });

  it('meets the same name however it is composed', async () => {
    const world = await aWorld();
    await world.does(world.ben, 'put_file', { name: 'Gru\u0308n.md', text: '' });
    expect(await refusal(world.does(world.ben, 'put_file', { name: 'Grün.md', text: '' }))).to.be.instanceOf(Conflict);
  });

  it('puts an erased file again, but not unawares', async () => {
    const world = await aWorld();
    const { file } = await world.does(world.ben, 'put_file', { name: 'a.md', text: 'secret' });
    await world.does(world.ada, 'redact', { what: file.id, reason: 'private' });
    const stale = await refusal(world.does(world.ben, 'put_file', { name: 'a.md', text: 'secret+', base: 1 }));
    expect(stale.message).to.include('erased by Ada Lindqvist');
    const again = await world.does(world.ben, 'put_file', { name: 'a.md', text: 'public' });
    expect(again.file).to.deep.equal({ id: file.id, name: 'a.md', version: 2 });
    expect((await world.does(world.ben, 'read_file', { name: 'a.md' })).text).to.equal('public');
  });

  it('marks what came with a mail as from outside, version by version', async () => {
    const world = await aWorld();
    const origin = { kind: 'email' as const, messageId: '<m@x>' };
    const { file } = await world.does(world.ben, 'put_file', { name: 'a.md', text: 'theirs' }, { origin });
    expect(await world.does(world.ada, 'read_file', { name: 'a.md' })).to.include({ text: 'theirs', outside: true });
    await world.does(world.ada, 'put_file', { name: 'a.md', text: 'ours', base: 1 });
    expect(await world.does(world.ada, 'read_file', { name: 'a.md' })).not.to.have.property('outside');
    const first = await world.does(world.ada, 'read_file', { name: file.id, version: 1 });
    expect(first).to.include({ text: 'theirs', outside: true });
  });

  it('says that a version of nothing is no base', async () => {
    const world = await aWorld();
    const error = await refusal(world.does(world.ben, 'put_file', { name: 'a.md', text: '', base: 4 }));
    expect(error.message).to.equal('There is no file “a.md”, so nothing has version 4. Leave out base to make it new.');
  });

  it('is not for guests and strangers, nor in an archived pod', async () => {
    const world = await aWorld();
    const input = { name: 'a.md', text: '' };
    expect(await refusal(world.does(world.gil, 'put_file', input))).to.be.instanceOf(NotAllowed);
    expect(await refusal(world.does(world.zoe, 'put_file', input))).to.be.instanceOf(NotAllowed);
    await world.does(world.ada, 'archive_pod');
    expect((await refusal(world.does(world.ben, 'put_file', input))).message).to.include('archived');
  });
});
