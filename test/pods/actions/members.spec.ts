import { expect } from 'chai';
import { Conflict, InvalidInput, NotAllowed, NotFound } from '../../../src/errors.ts';
import { MEMBERS } from '../../../src/pods/members/member.ts';
import { aWorld, refusal, type World } from '../build.ts';

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
    expect(await world.doc(MEMBERS, `${world.pod}/${world.gil}`)).to.include({ state: 'in', role: 'guest' });
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

  it('lets nobody into another’s direct message, but agents, and its owner again', async () => {
    const world = await aWorld();
    const inDm = await aDm(world);
    const error = await refusal(world.does(world.ada, 'add_member', { who: 'ben' }, inDm));
    expect(error).to.be.instanceOf(Conflict);
    expect(error.message).to.include('create_pod');
    await world.does(world.ada, 'add_member', { who: 'scribe' }, inDm);
    await world.does(world.ada, 'remove_member', { who: 'ada' }, inDm);
    expect(await refusal(world.does('skein', 'add_member', { who: world.ben }, inDm))).to.be.instanceOf(Conflict);
    await world.does('skein', 'add_member', { who: world.ada }, inDm);
  });
});

async function aDm(world: World) {
  const origin = { kind: 'slack', team: 'T1', channel: 'D1', direct: true } as const;
  await world.does(world.ada, 'create_pod', { name: 'Ada and Skein', agents: ['pilot'] }, { pod: 'p_dm', origin });
  return { pod: 'p_dm' };
}

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
    expect(await world.doc(MEMBERS, `${world.pod}/${world.ada}`)).to.include({ role: 'member' });
  });

  it('leaves a direct message to whose it is', async () => {
    const world = await aWorld();
    const inDm = await aDm(world);
    const demote = { who: 'ada', role: 'guest' };
    expect((await refusal(world.does(world.ada, 'change_role', demote, inDm))).message).to.include('stays its owner');
    await world.does(world.ada, 'change_role', { who: 'pilot', role: 'guest' }, inDm);
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
    expect(await world.doc(MEMBERS, `${world.pod}/${world.ben}`)).to.include({ role: 'owner' });
  });
});
