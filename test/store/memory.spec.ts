// The memory store passes the contract, so tests that use it are valid for the other stores.
import { expect } from 'chai';
import { storeContract } from './contract.ts';
import { aThing, specs, type Thing } from './contract-data.ts';
import { memoryData, memoryStore } from './memory.ts';

storeContract(
  'memory',
  async () => {
    const data = memoryData();
    return { open: async (given) => memoryStore(given, { data, whole: true }), remove: async () => {} };
  },
  { whole: true },
);

describe('the steps of the memory store', () => {
  it('are taken before and after each document, so that a crash can fall between', async () => {
    const steps: string[] = [];
    const data = memoryData();
    const store = memoryStore(specs, {
      data,
      step: async (what) => {
        steps.push(what);
        if (what === 'after things.insert a') throw new Error('the reply was lost');
      },
    });
    const given = [aThing({ pod: 'p', id: 'a' }), aThing({ pod: 'p', id: 'b' })];
    const error = await store
      .collection<Thing>('things')
      .insert(given)
      .catch((thrown: Error) => thrown.message);
    expect(error).to.equal('the reply was lost');
    expect(steps).to.deep.equal(['before things.insert a', 'after things.insert a']);
    expect(await memoryStore(specs, { data }).collection<Thing>('things').find({ where: {} })).to.deep.equal([
      given[0],
    ]);
  });
});
