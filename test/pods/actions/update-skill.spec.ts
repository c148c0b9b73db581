import { expect } from 'chai';
import { InvalidInput, NotAllowed } from '../../../src/errors.ts';
import { aWorld, refusal } from '../build.ts';

const skill = { name: 'packing', description: 'How to pack.', instructions: 'Fold.' };

describe('update_skill', () => {
  it('makes a skill, then its next versions', async () => {
    const world = await aWorld();
    expect((await world.does(world.ben, 'update_skill', skill)).skill).to.deep.equal({ name: 'packing', version: 1 });
    const next = await world.does(world.zoe, 'update_skill', { ...skill, instructions: 'Fill.' });
    expect(next.skill.version).to.equal(2);
    const read = await world.does(world.gil, 'read_skill', { name: 'packing' });
    expect(read.skill).to.include({ instructions: 'Fill.', by: 'Zoe Marsh', version: 2, edited: true });
  });

  it('keeps the files and tools that came with it', async () => {
    const world = await aWorld();
    const shipped = { ...skill, allowedTools: ['mcp:crm'], files: [{ path: 'references/a.md', text: 'A' }] };
    await world.does('skein', 'import_skill', shipped, { origin: { kind: 'manifest', hash: '1' } });
    await world.does(world.ben, 'update_skill', { ...skill, instructions: 'Fill.' });
    const { skill: read } = await world.does(world.ben, 'read_skill', { name: 'packing' });
    expect(read).to.deep.include({ allowedTools: ['mcp:crm'], files: ['references/a.md'], instructions: 'Fill.' });
  });

  for (const name of ['Packing', 'pack--ing', '-packing', 'packing-', 'pack ing', 'x'.repeat(65), ''])
    it(`refuses the name ${JSON.stringify(name.slice(0, 12))}`, async () => {
      const world = await aWorld();
      expect(await refusal(world.does(world.ben, 'update_skill', { ...skill, name }))).to.be.instanceOf(InvalidInput);
    });

  it('is for members of the organisation', async () => {
    const world = await aWorld();
    expect(await refusal(world.does(world.gil, 'update_skill', skill))).to.be.instanceOf(NotAllowed);
    expect(await refusal(world.does(world.pilot, 'update_skill', skill))).to.be.instanceOf(NotAllowed);
    await world.does(world.pilot, 'update_skill', skill, { onBehalfOf: world.ben });
  });
});
