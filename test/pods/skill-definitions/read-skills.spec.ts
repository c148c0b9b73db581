import { expect } from 'chai';
import { NotFound } from '../../../src/errors.ts';
import { aWorld, refusal } from '../build.ts';

describe('list_skills and read_skill', () => {
  it('show what there is, with who carries it', async () => {
    const world = await aWorld();
    await world.does(world.ben, 'update_skill', {
      name: 'packing',
      description: 'How to pack.',
      instructions: 'Fold.',
    });
    await world.does(world.ada, 'attach_skill', { agent: 'pilot', skill: 'packing' });
    expect((await world.does(world.gil, 'list_skills')).skills).to.deep.equal([
      { name: 'packing', description: 'How to pack.', by: 'Ben Okafor', version: 1, agents: ['pilot'] },
    ]);
    expect((await world.does(world.pilot, 'read_skill', { name: 'packing' })).skill.instructions).to.equal('Fold.');
  });

  it('say which skills there are', async () => {
    const world = await aWorld();
    expect(await refusal(world.does(world.ben, 'read_skill', { name: 'x' }))).to.be.instanceOf(NotFound);
  });
});
