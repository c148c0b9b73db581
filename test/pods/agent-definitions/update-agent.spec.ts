import { expect } from 'chai';
import { InvalidInput, NotAllowed } from '../../../src/errors.ts';
import { AGENTS } from '../../../src/pods/agent-definitions/agent.ts';
import { aWorld, refusal, type World } from '../build.ts';

async function withPacker(): Promise<World> {
  const world = await aWorld();
  const packer = { handle: 'packer', name: 'Packer', purpose: 'Packs boxes.', instructions: 'Fold.' };
  await world.does(world.ben, 'create_agent', packer);
  return world;
}

describe('update_agent', () => {
  it('changes what is given and nothing else', async () => {
    const world = await withPacker();
    const { agent } = await world.does(world.ben, 'update_agent', { agent: '@Packer', purpose: 'Packs crates.' });
    expect(agent).to.deep.equal({ id: 'agent:packer', handle: 'packer', version: 2 });
    const doc = await world.doc(AGENTS, 'agent:packer');
    expect(doc).to.include({ name: 'Packer', purpose: 'Packs crates.', instructions: 'Fold.', owner: world.ben });
  });

  it('is for its owner and the owners of the organisation, also through an agent', async () => {
    const world = await withPacker();
    const input = { agent: 'packer', name: 'Packmaster' };
    await world.does(world.ada, 'update_agent', input);
    await world.does(world.scribe, 'update_agent', input, { onBehalfOf: world.ada });
    await world.does(world.scribe, 'update_agent', input, { onBehalfOf: world.ben });
    for (const more of [{ actor: world.zoe }, { actor: world.scribe, onBehalfOf: world.zoe }] as const) {
      const error = await refusal(world.does(more.actor, 'update_agent', input, more));
      expect(error).to.be.instanceOf(NotAllowed);
      expect(error.message).to.include('belongs to Ben Okafor').and.to.include('Ask Ben Okafor');
    }
    expect(await refusal(world.does(world.scribe, 'update_agent', input))).to.be.instanceOf(NotAllowed);
  });

  it('asks for something to change', async () => {
    const world = await withPacker();
    expect(await refusal(world.does(world.ben, 'update_agent', { agent: 'packer' }))).to.be.instanceOf(InvalidInput);
  });

  it('keeps who may set it to work: people as themselves, and no agent', async () => {
    const world = await withPacker();
    const to = (...addressable_by: string[]) =>
      world.does(world.ben, 'update_agent', { agent: 'packer', addressable_by });
    const kept = async () => (await world.doc(AGENTS, 'agent:packer')) as { addressableBy?: unknown };
    await to('ada', '@ben');
    expect((await kept()).addressableBy).to.deep.equal({ people: [world.ada, world.ben] });
    await to('owners');
    expect((await kept()).addressableBy).to.equal('owners');
    expect((await refusal(to('nobody-here'))).message).to.contain('Nobody here goes by');
    expect((await refusal(to('scribe'))).message).to.contain('is an agent. Name people');
  });

  it('says which agents there are', async () => {
    const world = await withPacker();
    const error = await refusal(world.does(world.ben, 'update_agent', { agent: 'paker', name: 'x' }));
    expect(error.message).to.equal('There is no agent “paker”. There are: packer, pilot, scribe.');
  });
});
