import { expect } from 'chai';
import { Conflict, NotAllowed, NotFound } from '../../../src/errors.ts';
import { AGENTS } from '../../../src/pods/agent-definitions/agent.ts';
import { aWorld, refusal } from '../build.ts';

const skill = { name: 'packing', description: 'How to pack.', instructions: 'Fold.' };

describe('attach_skill and detach_skill', () => {
  it('give an agent a skill and take it back', async () => {
    const world = await aWorld();
    await world.does(world.ben, 'update_skill', skill);
    const given = await world.does(world.ada, 'attach_skill', { agent: 'scribe', skill: 'packing' });
    expect(given.agent.skills).to.deep.equal(['packing']);
    expect((await world.does(world.gil, 'list_skills')).skills[0]).to.deep.include({ agents: ['scribe'] });
    const again = await refusal(world.does(world.ada, 'attach_skill', { agent: 'scribe', skill: 'packing' }));
    expect(again).to.be.instanceOf(Conflict);
    await world.does(world.ada, 'detach_skill', { agent: 'scribe', skill: 'packing' });
    expect((await world.doc(AGENTS, world.scribe))?.skills).to.deep.equal([]);
    const gone = await refusal(world.does(world.ada, 'detach_skill', { agent: 'scribe', skill: 'packing' }));
    expect(gone.message).to.equal('Scribe has no skill packing; it has: none.');
  });

  it('are for the owner of the agent and owners of the organisation', async () => {
    const world = await aWorld();
    await world.does(world.ben, 'update_skill', skill);
    const input = { agent: 'scribe', skill: 'packing' };
    expect(await refusal(world.does(world.ben, 'attach_skill', input))).to.be.instanceOf(NotAllowed);
    expect(await refusal(world.does(world.ben, 'detach_skill', input))).to.be.instanceOf(NotAllowed);
  });

  it('know only skills that are there', async () => {
    const world = await aWorld();
    const error = await refusal(world.does(world.ada, 'attach_skill', { agent: 'scribe', skill: 'packing' }));
    expect(error).to.be.instanceOf(NotFound);
  });
});
