import { expect } from 'chai';
import type { Item } from '../../src/lanes/item.ts';
import { commitId } from '../../src/log/commit.ts';
import { type Carriers, carry, seqOf } from '../../src/outbox/carry.ts';
import { refusal } from '../pods/build.ts';

describe('carrying a delivery', () => {
  const carried: string[] = [];
  const noted = (kind: string) => async () => void carried.push(kind);
  const carriers = {
    ...Object.fromEntries(
      ['post', 'update', 'unpost', 'wake', 'halt', 'erase', 'digest'].map((kind) => [kind, noted(kind)]),
    ),
    act: async (request: { via: string }) => {
      carried.push(`act via ${request.via}`);
      return { result: {}, repeated: false };
    },
  } as unknown as Carriers;
  const item = (kind: string) => ({ id: 'p1:1:0', kind, payload: JSON.stringify({ kind, id: 'p1:1:0' }) }) as Item;
  const { signal } = new AbortController();

  it('goes to the carrier of its kind', async () => {
    for (const kind of ['post', 'update', 'unpost', 'wake', 'halt', 'erase', 'digest', 'act'])
      await carry(carriers, item(kind), signal);
    expect(carried).to.deep.equal(['post', 'update', 'unpost', 'wake', 'halt', 'erase', 'digest', 'act via skein']);
  });

  it('refuses what a newer Skein left, and says what to do', async () => {
    expect((await refusal(carry(carriers, item('fax'), signal))).message)
      .to.contain('“fax”')
      .and.to.contain('Update');
  });

  it('knows the number of its commit, whatever the pod is called', () => {
    expect(seqOf(`${commitId('p_abc', 41)}:0`)).to.equal(41);
    expect(seqOf(`${commitId('org', 7)}:12`)).to.equal(7);
  });
});
