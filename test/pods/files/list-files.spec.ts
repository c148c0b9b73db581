import { expect } from 'chai';
import { aWorld, type World } from '../build.ts';

describe('list_files', () => {
  let world: World;
  beforeEach(async () => {
    world = await aWorld();
  });
  const puts = async (who: 'ben' | 'scribe', name: string, text: string) => {
    world.clock.now += 60_000;
    return (await world.does(world[who], 'put_file', { name, text })).file;
  };

  it('lists what stands, the newest first, with names instead of ids', async () => {
    await puts('ben', 'b.md', 'bb');
    await puts('scribe', 'a.md', 'a');
    const file = await puts('ben', 'c.md', 'c');
    await world.does(world.ben, 'redact', { what: file.id, reason: 'mistake' });
    const { files } = await world.does(world.gil, 'list_files');
    expect(
      files.map(({ name, version, size, by }: Record<string, unknown>) => [name, version, size, by]),
    ).to.deep.equal([
      ['a.md', 1, 1, 'Scribe'],
      ['b.md', 1, 2, 'Ben Okafor'],
    ]);
  });

  it('goes on where the page before ended, over files that were erased', async () => {
    for (const name of ['1', '2', '3', '4', '5']) await puts('ben', `${name}.md`, name);
    for (const name of ['3', '4'])
      await world.does(world.ben, 'redact', {
        what: (await world.does(world.ben, 'read_file', { name: `${name}.md` })).file.id,
      });
    const first = await world.does(world.gil, 'list_files', { limit: 2 });
    expect(first.files.map(({ name }: { name: string }) => name)).to.deep.equal(['5.md', '2.md']);
    const second = await world.does(world.gil, 'list_files', { limit: 2, after: first.next });
    expect(second.files.map(({ name }: { name: string }) => name)).to.deep.equal(['1.md']);
    expect(second).not.to.have.property('next');
  });
});
