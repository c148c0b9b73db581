import { expect } from 'chai';
import { Conflict, InvalidInput, NotAllowed, NotFound } from '../../../src/errors.ts';
import { aWorld, refusal } from '../build.ts';

describe('add_member', () => {
  it('brings in a person or an agent by any name', async () => {
    const world = await aWorld();
    const { member } = await world.does(world.ben, 'add_member', { who: 'Zoe Marsh' });
    expect(member).to.deep.equal({ id: world.zoe, name: 'Zoe Marsh', role: 'member' });
    await world.does(world.zoe, 'read_pod');
  });

  it('takes back somebody who left', async () => {
    const world = await aWorld();
    await world.does(world.gil, 'remove_member', { who: 'gil' });
    await world.does(world.ben, 'add_member', { who: '@gil', role: 'guest' });
    expect(await world.doc('members', `${world.pod}/${world.gil}`)).to.include({ state: 'in', role: 'guest' });
  });

  it('refuses whom nobody knows, who is in already, and an owner made by a member', async () => {
    const world = await aWorld();
    expect(await refusal(world.does(world.ben, 'add_member', { who: 'nobody' }))).to.be.instanceOf(NotFound);
    expect(await refusal(world.does(world.ben, 'add_member', { who: 'ada' }))).to.be.instanceOf(Conflict);
    const owner = await refusal(world.does(world.ben, 'add_member', { who: 'zoe', role: 'owner' }));
    expect(owner).to.be.instanceOf(NotAllowed);
    expect(await refusal(world.does(world.gil, 'add_member', { who: 'zoe' }))).to.be.instanceOf(NotAllowed);
  });

  it('asks which of two is meant', async () => {
    const world = await aWorld();
    await world.does('skein', 'register_person', { account: 'slack:T1:z2', name: 'Zoe Ruiz', handle: 'zruiz' });
    const error = await refusal(world.does(world.ben, 'add_member', { who: 'zoe' }));
    expect(error).to.be.instanceOf(InvalidInput);
    expect(error.message).to.include('Zoe Marsh (@zoe)').and.to.include('Zoe Ruiz (@zruiz)');
  });
});

describe('change_role', () => {
  it('is an owner’s to do, and leaves the pod an owner', async () => {
    const world = await aWorld();
    const demote = { who: 'ada', role: 'member' };
    expect(await refusal(world.does(world.ben, 'change_role', { who: 'ben', role: 'owner' }))).to.be.instanceOf(
      NotAllowed,
    );
    expect(await refusal(world.does(world.ada, 'change_role', demote))).to.be.instanceOf(Conflict);
    await world.does(world.ada, 'change_role', { who: 'ben', role: 'owner' });
    await world.does(world.ada, 'change_role', demote);
    expect(await world.doc('members', `${world.pod}/${world.ada}`)).to.include({ role: 'member' });
  });
});

describe('remove_member', () => {
  it('takes all rights at once', async () => {
    const world = await aWorld();
    await world.does(world.ada, 'remove_member', { who: 'Ben' });
    expect(await refusal(world.does(world.ben, 'read_pod'))).to.be.instanceOf(NotAllowed);
  });

  it('lets everybody leave, and owners remove others', async () => {
    const world = await aWorld();
    expect(await refusal(world.does(world.ben, 'remove_member', { who: 'gil' }))).to.be.instanceOf(NotAllowed);
    await world.does(world.gil, 'remove_member', { who: 'gil' });
    expect(await refusal(world.does(world.ada, 'remove_member', { who: 'gil' }))).to.be.instanceOf(NotFound);
  });

  it('makes the longest-standing person the owner when the last one leaves', async () => {
    const world = await aWorld();
    await world.does(world.ada, 'remove_member', { who: 'ada' });
    expect(await world.doc('members', `${world.pod}/${world.ben}`)).to.include({ role: 'owner' });
  });
});
