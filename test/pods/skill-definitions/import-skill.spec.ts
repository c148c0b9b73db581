import { expect } from 'chai';
import { NotAllowed } from '../../../src/errors.ts';
import { SKILLS } from '../../../src/pods/skill-definitions/skill.ts';
import { aWorld, refusal, type World } from '../build.ts';

const folder = { name: 'packing', description: 'How to pack.', instructions: 'Fold.' };

const imports = (world: World, hash: string, more = {}) =>
  world.acts('skein', 'import_skill', { ...folder, ...more }, { origin: { kind: 'manifest', hash } });

describe('import_skill', () => {
  it('takes in a folder, and a newer one', async () => {
    const world = await aWorld();
    expect((await imports(world, '1')).result.skill).to.deep.equal({ name: 'packing', imported: true });
    await imports(world, '2', { instructions: 'Fill.' });
    expect(await world.doc(SKILLS, 'skill:packing')).to.include({ instructions: 'Fill.', version: 2, edited: false });
  });

  it('takes in the same folder once, and none over an edit', async () => {
    const world = await aWorld();
    await imports(world, '1');
    expect((await imports(world, '1')).commit?.changes).to.deep.equal([]);
    await world.does(world.ada, 'update_skill', { ...folder, instructions: 'Ours.' });
    expect((await imports(world, '2')).result.skill.imported).to.equal(false);
    expect(await world.doc(SKILLS, 'skill:packing')).to.include({ instructions: 'Ours.', version: 2 });
  });

  it('is Skein’s own', async () => {
    const world = await aWorld();
    expect(await refusal(world.does(world.ada, 'import_skill', folder))).to.be.instanceOf(NotAllowed);
  });
});
