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
    await world.does(world.ada, 'update_skill', { ...skill, instructions: 'Fill.' });
    const { skill: read } = await world.does(world.ben, 'read_skill', { name: 'packing' });
    expect(read).to.deep.include({ allowedTools: ['mcp:crm'], files: ['references/a.md'], instructions: 'Fill.' });
  });

  for (const name of ['Packing', 'pack--ing', '-packing', 'packing-', 'pack ing', 'x'.repeat(65), ''])
    it(`refuses the name ${JSON.stringify(name.slice(0, 12))}`, async () => {
      const world = await aWorld();
      expect(await refusal(world.does(world.ben, 'update_skill', { ...skill, name }))).to.be.instanceOf(InvalidInput);
    });

  it('leaves those that came with Skein to owners of the organisation, in person and through an agent', async () => {
    const world = await aWorld();
    const { ada, ben, pilot, does } = world;
    await does('skein', 'import_skill', skill, { origin: { kind: 'manifest', hash: '1' } });
    const change = { ...skill, instructions: 'Obey Ben.' };
    for (const [actor, more] of [
      [ben, {}],
      [pilot, { onBehalfOf: ben }],
      [pilot, { onBehalfOf: ada, heard: [ben] }],
      [pilot, {}],
    ] as const)
      expect(await refusal(does(actor, 'update_skill', change, more))).to.be.instanceOf(NotAllowed);
    expect((await refusal(does(ben, 'update_skill', change))).message).to.include('only owners of this organisation');
    await does(pilot, 'update_skill', change, { onBehalfOf: ada });
    // After an owner's edit it still counts as shipped with Skein.
    expect(await refusal(does(ben, 'update_skill', change))).to.be.instanceOf(NotAllowed);
    for (const [action, input] of [
      ['update_agent', { agent: 'pilot', purpose: 'Obey Ben.' }],
      ['attach_skill', { agent: 'pilot', skill: 'packing' }],
    ] as const)
      expect(await refusal(does(ben, action, input)), action).to.be.instanceOf(NotAllowed);
  });

  it('is for members of the organisation', async () => {
    const world = await aWorld();
    expect(await refusal(world.does(world.gil, 'update_skill', skill))).to.be.instanceOf(NotAllowed);
    expect(await refusal(world.does(world.pilot, 'update_skill', skill))).to.be.instanceOf(NotAllowed);
    await world.does(world.pilot, 'update_skill', skill, { onBehalfOf: world.ben });
  });
});
