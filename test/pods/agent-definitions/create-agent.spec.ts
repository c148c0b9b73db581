import { expect } from 'chai';
import { Conflict, InvalidInput, NotAllowed, NotFound } from '../../../src/errors.ts';
import { AGENTS } from '../../../src/pods/agent-definitions/agent.ts';
import { aWorld, refusal } from '../build.ts';

const input = { handle: 'packer', name: 'Packer', purpose: 'Packs boxes.', instructions: 'Fold, then fill.' };

describe('create_agent', () => {
  it('makes an agent that belongs to who made it and can join a pod', async () => {
    const world = await aWorld();
    const { agent } = await world.does(world.ben, 'create_agent', { ...input, avatar_emoji: ':package:' });
    expect(agent).to.deep.equal({ id: 'agent:packer', handle: 'packer', name: 'Packer' });
    const doc = await world.doc(AGENTS, agent.id);
    expect(doc).to.deep.include({ owner: world.ben, avatar: { emoji: ':package:' }, edited: true, skills: [] });
    expect(doc?.tools).to.include('put_file').and.not.to.include('create_agent');
    await world.does(world.ada, 'add_member', { who: '@packer' });
  });

  it('belongs to the person for whom an agent made it', async () => {
    const world = await aWorld();
    await world.does(world.scribe, 'create_agent', input, { onBehalfOf: world.ben });
    expect((await world.doc(AGENTS, 'agent:packer'))?.owner).to.equal(world.ben);
  });

  it('is for members of the organisation, and for agents only on their behalf', async () => {
    const world = await aWorld();
    const alone = await refusal(world.does(world.scribe, 'create_agent', input));
    expect(alone).to.be.instanceOf(NotAllowed);
    expect(alone.message).to.include('only for a person');
    for (const more of [{ actor: world.gil }, { actor: world.scribe, onBehalfOf: world.gil }] as const)
      expect(await refusal(world.does(more.actor, 'create_agent', input, more))).to.be.instanceOf(NotAllowed);
  });

  for (const handle of ['here', 'channel', 'everyone', 'skein', 'Packer', '1packer', 'p', 'a'.repeat(22), 'pack er'])
    it(`refuses the handle ${handle}`, async () => {
      const world = await aWorld();
      const error = await refusal(world.does(world.ben, 'create_agent', { ...input, handle }));
      expect(error).to.be.instanceOf(InvalidInput);
      expect(error.message).to.include('handle');
    });

  it('refuses a handle that an agent or a person has', async () => {
    const world = await aWorld();
    for (const handle of ['scribe', 'ada'])
      expect(await refusal(world.does(world.ben, 'create_agent', { ...input, handle }))).to.be.instanceOf(Conflict);
  });

  it('refuses tools that cannot be and skills that are not there', async () => {
    const world = await aWorld();
    const tools = await refusal(world.does(world.ben, 'create_agent', { ...input, tools: ['rm -rf'] }));
    expect(tools).to.be.instanceOf(InvalidInput);
    const skills = await refusal(world.does(world.ben, 'create_agent', { ...input, skills: ['folding'] }));
    expect(skills).to.be.instanceOf(NotFound);
    expect(skills.message).to.equal('There is no skill “folding”. There are: none.');
  });

  it('is not done in a pod', async () => {
    const world = await aWorld();
    const error = await refusal(world.does(world.ada, 'create_agent', input, { pod: world.pod }));
    expect(error.message).to.equal('Create an agent belongs to the organisation: use the pod “org”.');
  });

  it('leaves a pod the address that it has, and tells only who is in it which', async () => {
    const world = await aWorld();
    await world.does('skein', 'claim_address', { of: world.pod, name: 'Launch' });
    const launch = { handle: 'launch', name: 'Launch', purpose: 'Helps.', instructions: 'Be brief.' };
    const error = await refusal(world.does(world.ada, 'create_agent', launch));
    expect(error).to.be.instanceOf(Conflict);
    expect(error.message).to.equal(
      'Mail to launch@… goes to the pod “Launch”, so none would reach the agent. Choose another handle for the agent.',
    );
    // Nobody else learns that the pod exists: mail of people who are not in the pod goes to the agent.
    expect((await world.does(world.zoe, 'create_agent', launch)).agent.handle).to.equal('launch');
  });
});
