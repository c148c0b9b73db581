import { expect } from 'chai';
import { NotAllowed } from '../../../src/errors.ts';
import { aWorld, refusal } from '../build.ts';

describe('list_agents and read_agent', () => {
  it('show who there is', async () => {
    const world = await aWorld();
    const { agents } = await world.does(world.gil, 'list_agents');
    expect(agents).to.deep.equal([
      { handle: 'pilot', name: 'Pilot', purpose: 'Helps as Pilot.', skills: [], owner: 'Skein' },
      { handle: 'scribe', name: 'Scribe', purpose: 'Helps as Scribe.', skills: [], owner: 'Skein' },
    ]);
  });

  it('show what one works by', async () => {
    const world = await aWorld();
    const { agent } = await world.does(world.scribe, 'read_agent', { agent: 'agent:pilot' });
    const tools = ['read_pod', 'approve', 'send_back'];
    expect(agent).to.deep.include({ handle: 'pilot', instructions: 'Be brief.', tools, version: 1 });
    expect(agent).not.to.have.property('model');
  });

  it('are for the organisation', async () => {
    const world = await aWorld();
    expect(await refusal(world.does('person:unknown', 'list_agents'))).to.be.instanceOf(NotAllowed);
    expect(await refusal(world.does('app:ci', 'read_agent', { agent: 'nobody' }))).to.be.instanceOf(NotAllowed);
  });
});
