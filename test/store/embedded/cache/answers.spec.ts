import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { openEmbedded } from '../../../../src/store/embedded/open.ts';
import type { CollectionSpec, Query, Store } from '../../../../src/store/port.ts';

interface Thing {
  id: string;
  rev: number;
  pod: string;
  tags: string[] | string;
  n: number;
  leaseBy: string;
  leaseUntil: number;
}

const things: CollectionSpec = {
  name: 'things',
  kind: 'view',
  indexes: [{ fields: ['pod', 'n'] }, { fields: ['tags'] }],
};

const QUERIES: readonly Query<Thing>[] = [
  { where: { pod: 'a' } },
  { where: { pod: 'a', n: { gt: 1 } }, sort: [['n', 'desc']], limit: 2 },
  { where: { pod: 'b', n: { gt: 3 } } },
  { where: { pod: { in: ['a', 'b'] } } },
  { where: { tags: 'red' } },
  { where: { tags: 'blue', pod: 'b' }, limit: 1 },
  { where: { id: { in: ['1', '2', '9'] } } },
  { where: { id: { in: ['3', '2'] } }, limit: 1 },
];

/** The answer to a query, made by looking at all things. */
function found(all: ReadonlyMap<string, Thing>, { where, sort, limit }: Query<Thing>): Thing[] {
  const holds = (thing: Thing) =>
    Object.entries(where).every(([field, condition]) => {
      const values = [thing[field as keyof Thing]].flat();
      if (typeof condition !== 'object') return values.includes(condition as never);
      if ('in' in condition) return values.some((value) => condition.in.includes(value));
      return values.some((value) => Number(value) > Number(condition.gt));
    });
  const byId = [...all.values()].filter(holds).sort((a, b) => (a.id < b.id ? -1 : 1));
  return (sort ? byId.sort((a, b) => b.n - a.n) : byId).slice(0, limit);
}

const aThing = fc.record({
  id: fc.constantFrom('1', '2', '3', '4', '5'),
  rev: fc.constant(1),
  pod: fc.constantFrom('a', 'b'),
  tags: fc.oneof(fc.constantFrom('red', 'blue'), fc.subarray(['red', 'blue', 'green'])),
  n: fc.nat(5),
  leaseBy: fc.constant(''),
  leaseUntil: fc.constant(0),
});
const step = fc.tuple(fc.constantFrom('put', 'put', 'put', 'change', 'refused', 'claim', 'delete'), aThing);

describe('what was asked before', () => {
  let dir: string;
  let store: Store;
  let opened = 0;
  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'skein-answers-'));
    opened = 0;
  });
  afterEach(async () => {
    rmSync(dir, { recursive: true, force: true });
  });

  it('is answered as it is now, after every kind of write', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        opened += 1;
        store = await openEmbedded({ dir: join(dir, String(opened)), specs: [things] });
        try {
          const all = new Map<string, Thing>();
          for (const [kind, thing] of steps) {
            await write(kind, thing, all);
            for (const query of QUERIES) {
              const asked = store.collection<Thing>('things').find(query);
              expect(await asked, `${kind} ${JSON.stringify(query)}`).to.deep.equal(found(all, query));
            }
          }
        } finally {
          await store.close();
        }
      }),
      { numRuns: 60 },
    );
  });

  it('can’t be changed by whoever got it', async () => {
    store = await openEmbedded({ dir: join(dir, 'one'), specs: [things] });
    const collection = store.collection<Thing>('things');
    await collection.insert([{ id: '1', rev: 1, pod: 'a', tags: ['red'], n: 1, leaseBy: '', leaseUntil: 0 }]);
    const asked = await collection.find({ where: { pod: 'a' } });
    const [first] = asked as { tags: string[] }[];
    expect(() => first?.tags.push('blue')).to.throw(TypeError);
    asked.pop();
    expect(await collection.find({ where: { pod: 'a' } })).to.have.length(1);
    await store.close();
  });

  it('is not answered in place of a query that lacks a value, or has a bound that JSON does not know', async () => {
    store = await openEmbedded({ dir: join(dir, 'one'), specs: [things] });
    const collection = store.collection<Thing>('things');
    await collection.insert([{ id: '1', rev: 1, pod: 'a', tags: [], n: 1, leaseBy: '', leaseUntil: 0 }]);
    const found = async (where: object, limit?: number) =>
      (await collection.find({ where, ...(limit === undefined ? {} : { limit }) })).length;
    expect(await found({ pod: 'a' })).to.equal(1);
    await collection.find({ where: { pod: 'a', n: undefined } } as never).then(
      () => expect.fail('It should have been refused.'),
      (error: Error) => expect(error.message).to.equal('The condition on "n" has no value.'),
    );
    expect(await found({ pod: 'a', n: { gt: Number.NEGATIVE_INFINITY } })).to.equal(1);
    expect(await found({ pod: 'a', n: { gt: Number.POSITIVE_INFINITY } })).to.equal(0);
    expect(await found({ pod: 'a', n: { gt: Number.NaN } })).to.equal(0);
    expect([await found({ pod: 'a' }, 0), await found({ pod: 'a' }, Number.POSITIVE_INFINITY)]).to.deep.equal([0, 1]);
    await store.close();
  });

  it('tells ids apart that are equal up to a NUL', async () => {
    store = await openEmbedded({ dir: join(dir, 'one'), specs: [things] });
    const collection = store.collection<Thing>('things');
    const thing = { rev: 1, tags: [], n: 1, leaseBy: '', leaseUntil: 0 };
    await collection.insert([
      { ...thing, id: 'x', pod: 'a' },
      { ...thing, id: 'x\0y', pod: 'b' },
    ]);
    expect(await collection.get('x')).to.include({ pod: 'a' });
    expect(await collection.find({ where: { pod: 'b' } })).to.deep.equal([{ ...thing, id: 'x\0y', pod: 'b' }]);
    await store.close();
  });

  it('leaves what a change was made of to its maker, and is what stands in the file', async () => {
    store = await openEmbedded({ dir: join(dir, 'one'), specs: [things] });
    const made = { id: '1', rev: 0, pod: 'a', tags: ['red'], n: 1, leaseBy: '', leaseUntil: 0, more: undefined };
    await store.writeAll?.([{ kind: 'change', collection: 'things', id: '1', next: () => made }]);
    made.tags.push('blue');
    const { more: _more, ...stored } = { ...made, rev: 1, tags: ['red'] };
    expect(Object.keys((await store.collection<Thing>('things').get('1')) ?? {})).to.deep.equal(Object.keys(stored));
    expect(await store.collection<Thing>('things').find({ where: { pod: 'a' } })).to.deep.equal([stored]);
    await store.close();
  });

  async function write(kind: string, thing: Thing, all: Map<string, Thing>): Promise<void> {
    const collection = store.collection<Thing>('things');
    const before = all.get(thing.id);
    if (kind === 'delete') {
      await collection.delete(thing.id);
      all.delete(thing.id);
    } else if (kind === 'claim') {
      const query = { where: { pod: thing.pod }, sort: [['n', 'asc']] as const };
      const claimed = await collection.claim(query, { by: 'me', now: thing.n, until: thing.n + 1 });
      if (claimed) all.set(claimed.id, claimed);
    } else if (kind === 'change') {
      const next = (doc: object | undefined) => ({ ...thing, ...doc, n: thing.n, tags: thing.tags });
      await store.writeAll?.([{ kind: 'change', collection: 'things', id: thing.id, next }]);
      all.set(thing.id, { ...(before ?? thing), n: thing.n, tags: thing.tags, rev: (before?.rev ?? 0) + 1 });
    } else if (kind === 'refused') {
      const writes = [
        { kind: 'insert', collection: 'things', doc: { ...thing, id: 'new' } },
        { kind: 'replace', collection: 'things', doc: thing, expectedRev: 99 },
      ] as const;
      expect(await store.writeAll?.(writes)).to.equal(false);
    } else if (before) {
      expect(await collection.replace(thing, before.rev)).to.equal(true);
      all.set(thing.id, { ...thing, rev: before.rev + 1 });
    } else {
      expect(await collection.insert([thing])).to.deep.equal(['inserted']);
      all.set(thing.id, thing);
    }
  }
});
