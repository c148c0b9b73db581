import { expect } from 'chai';
import { aWorld } from '../build.ts';

describe('list_files', () => {
  it('lists what stands, by name, with names instead of ids', async () => {
    const world = await aWorld();
    await world.does(world.ben, 'put_file', { name: 'b.md', text: 'bb' });
    await world.does(world.scribe, 'put_file', { name: 'a.md', text: 'a' });
    const { file } = await world.does(world.ben, 'put_file', { name: 'c.md', text: 'c' });
    await world.does(world.ben, 'redact', { what: file.id, reason: 'mistake' });
    const { files } = await world.does(world.gil, 'list_files');
    expect(
      files.map(({ name, version, size, by }: Record<string, unknown>) => [name, version, size, by]),
    ).to.deep.equal([
      ['a.md', 1, 1, 'Scribe'],
      ['b.md', 1, 2, 'Ben Okafor'],
    ]);
  });
});
