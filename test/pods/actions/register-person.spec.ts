import { expect } from 'chai';
import { NotAllowed } from '../../../src/errors.ts';
import { aWorld, refusal } from '../build.ts';

const kim = { account: 'slack:T1:U9', name: 'Kim Park', handle: 'kim', email: 'Kim@Example.com' };

describe('register_person', () => {
  it('makes one person of accounts with the same verified address', async () => {
    const world = await aWorld();
    const { person } = await world.does('skein', 'register_person', kim);
    const mail = { account: 'mail:kim@example.com', name: 'Kim Park', handle: 'kim', email: 'kim@example.com' };
    expect((await world.does('skein', 'register_person', mail)).person.id).to.equal(person.id);
    expect(await world.doc('people', person.id)).to.deep.include({
      accounts: ['slack:T1:U9', 'mail:kim@example.com'],
      names: ['kim', 'kim park'],
    });
  });

  it('takes in a new name and role of the same account', async () => {
    const world = await aWorld();
    const { person } = await world.does('skein', 'register_person', kim);
    await world.does('skein', 'register_person', {
      account: kim.account,
      name: 'Kim Lee',
      handle: 'kim',
      role: 'guest',
    });
    expect(await world.doc('people', person.id)).to.deep.include({
      name: 'Kim Lee',
      role: 'guest',
      email: 'kim@example.com',
    });
  });

  it('is Skein’s own', async () => {
    const world = await aWorld();
    expect(await refusal(world.does(world.ada, 'register_person', kim))).to.be.instanceOf(NotAllowed);
  });
});
