import { expect } from 'chai';
import { Conflict, InvalidInput, NotAllowed } from '../../../src/errors.ts';
import { AGENTS } from '../../../src/pods/agent-definitions/agent.ts';
import { aWorld, refusal, type World } from '../build.ts';

const manifest = {
  handle: 'scribe',
  name: 'Scribe the Second',
  avatar: { emoji: ':memo:' },
  purpose: 'Writes.',
  instructions: 'Write well.',
  tools: ['put_file', 'put_file'],
  skills: ['hand-off-note'],
  budget: { turns: 5, tokens: 1000 },
  addressable_by: 'members',
};

const imports = (world: World, hash: string) =>
  world.acts('skein', 'import_agent', manifest, { origin: { kind: 'manifest', hash } });

describe('import_agent', () => {
  it('takes in a newer manifest', async () => {
    const world = await aWorld();
    expect((await imports(world, 'scribe-2')).result.agent).to.deep.equal({ id: world.scribe, imported: true });
    const doc = await world.doc(AGENTS, world.scribe);
    expect(doc).to.deep.include({ name: 'Scribe the Second', skills: ['hand-off-note'], tools: ['put_file'] });
    expect(doc).to.deep.include({ version: 2, hash: 'scribe-2', edited: false, owner: 'skein' });
  });

  it('takes in who may set it to work, and that it is everybody again', async () => {
    const world = await aWorld();
    const origin = (hash: string) => ({ origin: { kind: 'manifest' as const, hash } });
    await world.acts('skein', 'import_agent', { ...manifest, addressable_by: { people: ['ben'] } }, origin('scribe-2'));
    expect(await world.doc(AGENTS, world.scribe)).to.deep.include({ addressableBy: { people: ['ben'] } });
    await imports(world, 'scribe-3');
    expect(await world.doc(AGENTS, world.scribe)).not.to.have.property('addressableBy');
  });

  it('takes in the same manifest once', async () => {
    const world = await aWorld();
    const { result, commit } = await imports(world, 'scribe-1');
    expect(result.agent.imported).to.equal(false);
    expect(commit?.changes).to.deep.equal([]);
  });

  it('never overrides what somebody changed', async () => {
    const world = await aWorld();
    await world.does(world.ada, 'update_agent', { agent: 'scribe', purpose: 'Our own.' });
    expect((await imports(world, 'scribe-2')).result.agent.imported).to.equal(false);
    expect(await world.doc(AGENTS, world.scribe)).to.include({ purpose: 'Our own.', name: 'Scribe' });
  });

  it('is Skein’s own, and needs a hash', async () => {
    const world = await aWorld();
    const origin = { kind: 'manifest', hash: 'x' } as const;
    expect(await refusal(world.does(world.ada, 'import_agent', manifest, { origin }))).to.be.instanceOf(NotAllowed);
    expect(await refusal(world.does('skein', 'import_agent', manifest))).to.be.instanceOf(InvalidInput);
  });

  it('is refused where a pod has the address, but an agent that was first goes on', async () => {
    const world = await aWorld();
    await world.does('skein', 'claim_address', { of: world.pod, name: 'Launch' });
    const facts = { handle: 'launch', name: 'Launch', purpose: 'Helps.', instructions: 'Be brief.' };
    const origin = { kind: 'manifest', hash: 'd' } as const;
    const error = await refusal(world.does('skein', 'import_agent', facts, { origin }));
    expect(error).to.be.instanceOf(Conflict);
    expect(error.message).to.match(/^manifests\/agents\/launch\.yaml: mail to launch@… goes to the pod “Launch”/);
    const scribe = { ...facts, handle: 'scribe' };
    expect((await world.does('skein', 'import_agent', scribe, { origin })).agent.imported).to.equal(true);
  });
});
