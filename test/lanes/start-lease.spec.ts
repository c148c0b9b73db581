import { expect } from 'chai';
import sinon from 'sinon';
import { LEASE_SPEC, type LeaseDoc, type OwnLease, startLease } from '../../src/lanes/start-lease.ts';
import type { Store } from '../../src/store/port.ts';
import { silent } from '../logs.ts';
import { memoryStore } from '../store/memory.ts';

describe('the lease of a Slack app or a mailbox', () => {
  let clock: sinon.SinonFakeTimers;
  let store: Store;
  let away: Set<string>;
  const held: OwnLease[] = [];

  beforeEach(() => {
    clock = sinon.useFakeTimers({ now: 1_000_000, toFake: ['setInterval', 'clearInterval', 'Date'] });
    store = memoryStore([LEASE_SPEC]);
    away = new Set();
  });
  afterEach(async () => {
    for (const lease of held.splice(0)) await lease.stop();
    clock.restore();
  });

  async function process(owner: string): Promise<{ lease: OwnLease; took: sinon.SinonSpy }> {
    const took = sinon.spy();
    const leases = store.collection<LeaseDoc>('leases');
    const mine = {
      ...leases,
      get: async (id: string) => {
        if (away.has(owner)) throw new Error('the store is away');
        return leases.get(id);
      },
    };
    const lease = await startLease(mine, 'slack:main', { owner, wall: Date.now, logger: silent, onLeased: took });
    held.push(lease);
    return { lease, took };
  }

  it('is held by one of two processes, for as long as it renews it', async () => {
    const one = await process('one');
    const two = await process('two');
    for (let beat = 0; beat < 20; beat++) {
      expect([one.lease.isOurs(), two.lease.isOurs()]).to.deep.equal([true, false]);
      await clock.tickAsync(2_500);
    }
    sinon.assert.calledOnce(one.took);
    sinon.assert.notCalled(two.took);
  });

  it('goes to the other once its holder is silent, and never to both', async () => {
    const one = await process('one');
    const two = await process('two');
    away.add('one');
    let both = false;
    for (let beat = 0; beat < 40; beat++) {
      both ||= one.lease.isOurs() && two.lease.isOurs();
      await clock.tickAsync(500);
    }
    expect(both).to.equal(false);
    expect([one.lease.isOurs(), two.lease.isOurs()]).to.deep.equal([false, true]);
    sinon.assert.calledOnce(two.took);
    away.clear();
    await clock.tickAsync(5_000);
    expect(one.lease.isOurs()).to.equal(false);
  });

  it('is free at once when its holder stops, which holds nothing any more', async () => {
    const one = await process('one');
    const two = await process('two');
    await one.lease.stop();
    expect(one.lease.isOurs()).to.equal(false);
    await clock.tickAsync(2_500);
    expect(two.lease.isOurs()).to.equal(true);
  });

  it('goes on from a holder that died while its clock was two hours ahead', async () => {
    const ahead = { id: 'slack:main', rev: 1, name: 'slack:main', leaseBy: 'dead', leaseUntil: Date.now() + 7_200_000 };
    await store.collection<LeaseDoc>('leases').insert([ahead]);
    const two = await process('two');
    expect(two.lease.isOurs()).to.equal(false);
    await clock.tickAsync(12_500);
    expect(two.lease.isOurs()).to.equal(true);
    sinon.assert.calledOnce(two.took);
  });

  it('is taken back at once by the next of the same owner after a kill', async () => {
    await store
      .collection<LeaseDoc>('leases')
      .insert([{ id: 'slack:main', rev: 1, name: 'slack:main', leaseBy: 'one', leaseUntil: Date.now() + 9_000 }]);
    const two = await process('two');
    const one = await process('one');
    expect([one.lease.isOurs(), two.lease.isOurs()]).to.deep.equal([true, false]);
    sinon.assert.calledOnce(one.took);
  });
});
