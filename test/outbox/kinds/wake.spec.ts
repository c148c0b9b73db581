// A wake whose commit erases words begins its run once they are gone: the transcript may hold them.
import { expect } from 'chai';
import { NotYet } from '../../../src/errors.ts';
import { type Item, laneSpecs } from '../../../src/lanes/item.ts';
import { wake } from '../../../src/outbox/kinds/wake.ts';
import type { Parts } from '../../../src/outbox/parts.ts';
import { refusal } from '../../pods/build.ts';
import { memoryStore } from '../../store/memory.ts';

describe('a wake that comes with an erasure', () => {
  const item: Item = {
    ...{ id: 'p_1:7:0', rev: 1, lane: 'erase:p_1', n: '1', kind: 'erase', payload: '{}', state: 'waiting' },
    ...{ attempts: 0, dueAt: 0, resource: 'any', at: 0 },
  };
  const delivery = {
    id: 'p_1:7:1',
    pod: 'p_1',
    kind: 'wake',
    agent: 'agent:scribe',
    conversation: 'c',
    because: 'm',
  } as const;

  it('waits while words of its pod are erased, and begins then; another wake does not wait', async () => {
    const store = memoryStore(laneSpecs('outbox', 'trail'));
    const woken: string[] = [];
    const runner = { wake: async ({ id }: { id: string }) => void woken.push(id) };
    const parts = { store, runner } as unknown as Parts;
    const { signal } = new AbortController();
    await store.collection<Item>('outbox').insert([item]);
    expect(await refusal(wake.carry(parts, { ...delivery, erasing: true }, signal))).to.be.instanceOf(NotYet);
    await wake.carry(parts, { ...delivery, id: 'p_1:8:0' }, signal);
    await wake.carry(parts, { ...delivery, id: 'p_2:1:0', pod: 'p_2', erasing: true }, signal);
    expect(woken).to.deep.equal(['p_1:8:0', 'p_2:1:0']);
    await store.collection<Item>('outbox').replace({ ...item, state: 'done' }, 1);
    await wake.carry(parts, { ...delivery, erasing: true }, signal);
    expect(woken.at(-1)).to.equal('p_1:7:1');
  });
});
