// The contract of find.
import { expect } from 'chai';
import type { Query, Scalar } from '../../src/store/port.ts';
import { aThing, type Opened, type Thing } from './contract-data.ts';

export function queriesContract({ things, pod }: Opened): void {
  async function filled(
    given: readonly Partial<Thing>[],
  ): Promise<{ find: (query?: Partial<Query<Thing>>) => Promise<unknown[]> }> {
    const name = pod();
    const docs = given.map((each, i) => aThing({ pod: name, n: i, value: i, ...each }));
    await things().insert(docs);
    return {
      find: async ({ where = {}, ...query } = {}) => {
        const of = { pod: name, ...where } as Query<Thing>['where'];
        const found = await things().find({ ...query, where: of });
        if (query.limit === undefined && !query.after) {
          expect(await things().count(of, given.length + 1)).to.equal(found.length);
          expect(await things().count(of, 2)).to.equal(Math.min(2, found.length));
        }
        return found.map(({ value }) => value);
      },
    };
  }
  const ranked = (...ranks: (Scalar | null | undefined)[]) =>
    filled(ranks.map((rank) => (rank === undefined ? {} : { rank })));

  describe('find', () => {
    it('matches by equality, one of several, and ranges', async () => {
      const { find } = await ranked(1, 2, 3, 4, 5);
      expect(await find({ where: { rank: 3 } })).to.deep.equal([2]);
      expect(await find({ where: { rank: { in: [5, 1, 9] } } })).to.have.members([0, 4]);
      expect(await find({ where: { rank: { in: [] } } })).to.deep.equal([]);
      expect(await find({ where: { rank: { gt: 2, lte: 4 } } })).to.have.members([2, 3]);
      expect(await find({ where: { rank: { gte: 5 } } })).to.deep.equal([4]);
      expect(await find({ where: { rank: { lt: 2 } } })).to.deep.equal([0]);
    });

    it('keeps the types apart', async () => {
      const { find } = await ranked(1, '1', true, 0, '', false, 'ä');
      expect(await find({ where: { rank: 1 } })).to.deep.equal([0]);
      expect(await find({ where: { rank: '1' } })).to.deep.equal([1]);
      expect(await find({ where: { rank: true } })).to.deep.equal([2]);
      expect(await find({ where: { rank: { in: [false, ''] } } })).to.have.members([4, 5]);
      expect(await find({ where: { rank: { gte: 0 } } })).to.have.members([0, 3]);
      expect(await find({ where: { rank: { lt: 'z' } } })).to.have.members([1, 4]);
      expect(await find({ where: { rank: { gt: '1' } } })).to.deep.equal([6]);
      expect(await find({ where: { rank: { lte: true } } })).to.have.members([2, 5]);
      expect(await find({ where: { rank: { gt: 0, lt: 'z' } } })).to.deep.equal([]);
    });

    it('never matches an absent or null field', async () => {
      const { find } = await ranked(undefined, null, 0);
      expect(await find({ where: { rank: { in: [0, ''] } } })).to.deep.equal([2]);
      expect(await find({ where: { rank: { lt: 9 } } })).to.deep.equal([2]);
    });

    it('matches an array by any of its elements', async () => {
      const { find } = await filled([
        { tags: ['a', 'b', 'a'] },
        { tags: 'b' },
        { tags: [] },
        { tags: [1, 9, true] },
        {},
      ]);
      expect(await find({ where: { tags: 'a' } })).to.deep.equal([0]);
      expect(await find({ where: { tags: 'b' } })).to.have.members([0, 1]);
      expect(await find({ where: { tags: { in: ['a', 'b', true] } } })).to.have.members([0, 1, 3]);
      expect(await find({ where: { tags: { gte: 'b' } } })).to.have.members([0, 1]);
      expect(await find({ where: { tags: { gt: 8, lt: 10 } } })).to.deep.equal([3]);
      expect(await find({ where: { tags: { gt: 1, lt: 9 } } }), 'no single element is between').to.deep.equal([]);
    });

    for (const isRead of [false, true])
      it(`matches what a document holds since it was replaced, ${isRead ? '' : 'not '}read before`, async () => {
        const doc = aThing({ pod: pod(), tags: ['a', 'b'], rank: 1 });
        await things().insert([doc]);
        const found = async (where: object) => (await things().find({ where: { pod: doc.pod, ...where } })).length;
        const steps: [Partial<Thing>, object, object][] = [
          [{ tags: ['a', 'c'] }, { tags: 'c' }, { tags: 'b' }],
          [{ tags: ['a', 'c'], rank: 2 }, { rank: 2, tags: 'a' }, { rank: 1 }],
          [{ tags: 'd', rank: 2 }, { tags: 'd' }, { tags: 'a' }],
          [{ rank: 2 }, { rank: 2 }, { tags: 'd' }],
        ];
        for (const [n, [change, now, before]] of steps.entries()) {
          if (isRead) expect((await things().get(doc.id))?.rev).to.equal(n + 1);
          const { tags, rank, ...rest } = doc;
          expect(await things().replace({ ...rest, ...change }, n + 1)).to.equal(true);
          expect([await found(now), await found(before)], JSON.stringify(change)).to.deep.equal([1, 0]);
        }
      });

    it('sorts both ways, absent fields first, and breaks ties by id', async () => {
      const { find } = await ranked(2, 1, undefined, 2, null, 1);
      expect(await find({ sort: [['rank', 'asc']] })).to.deep.equal([2, 4, 1, 5, 0, 3]);
      expect(await find({ sort: [['rank', 'desc']] })).to.deep.equal([0, 3, 1, 5, 2, 4]);
      expect(
        await find({
          sort: [
            ['rank', 'desc'],
            ['n', 'desc'],
          ],
        }),
      ).to.deep.equal([3, 0, 5, 1, 4, 2]);
      expect(await find({ sort: [['id', 'desc']], limit: 2 })).to.deep.equal([5, 4]);
      expect(await find()).to.deep.equal([0, 1, 2, 3, 4, 5]);
    });

    it('sorts by a unique field that some documents lack', async () => {
      const { find } = await filled([{ key: 'b' }, {}, { key: 'a' }, {}]);
      expect(await find({ sort: [['key', 'asc']] })).to.deep.equal([1, 3, 2, 0]);
      expect(await find({ sort: [['key', 'desc']] })).to.deep.equal([0, 2, 1, 3]);
    });

    it('sorts texts by code points', async () => {
      const { find } = await ranked('\u{1F600}', '\uFF5E', 'b', 'B', 'ä', '');
      expect(await find({ sort: [['rank', 'asc']] })).to.deep.equal([5, 3, 2, 4, 1, 0]);
    });

    it('gives at most as many as asked for', async () => {
      const { find } = await ranked(3, 2, 1);
      expect(await find({ sort: [['rank', 'asc']], limit: 2 })).to.deep.equal([2, 1]);
      expect(await find({ limit: 0 })).to.deep.equal([]);
    });

    for (const sort of [
      [['rank', 'asc']],
      [['rank', 'desc']],
      [
        ['rank', 'desc'],
        ['n', 'asc'],
      ],
      [['n', 'desc']],
      [],
    ] as Query<Thing>['sort'][])
      it(`pages through everything once in the order ${JSON.stringify(sort)}`, async () => {
        const name = pod();
        const ranks = [5, undefined, 3, 3, null, 5, 1, undefined, 3, 5];
        await things().insert(
          ranks.map((rank, i) => aThing({ pod: name, n: i, ...(rank === undefined ? {} : { rank }) })),
        );
        const query = { where: { pod: name }, ...(sort ? { sort } : {}) };
        const paged: Thing[] = [];
        for (let page = await things().find({ ...query, limit: 3 }); page.length > 0; ) {
          paged.push(...page);
          page = await things().find({ ...query, limit: 3, after: page.at(-1) as Thing });
        }
        expect(paged).to.deep.equal(await things().find(query));
        expect(paged).to.have.length(ranks.length);
      });

    it('sees every write that was acknowledged', async () => {
      const name = pod();
      await Promise.all(
        Array.from({ length: 30 }, async (_, n) => {
          const thing = aThing({ pod: name, n });
          await things().insert([thing]);
          expect(await things().find({ where: { pod: name, n } })).to.deep.equal([thing]);
        }),
      );
    });

    it('refuses what no index serves, and conditions without a value', async () => {
      const refusal = (query: unknown) =>
        things()
          .find(query as Query<Thing>)
          .then(
            () => 'found',
            (error: Error) => error.message,
          );
      expect(await refusal({ where: { value: 1 } })).to.contain('value');
      expect(await refusal({ where: { rank: 1 } })).to.contain('rank');
      expect(await refusal({ where: { pod: undefined } })).to.contain('pod');
      expect(await refusal({ where: { pod: 'p', rank: {} } })).to.contain('rank');
      expect(await refusal({ where: { flag: false } })).to.contain('sparse');
      expect(await refusal({ where: {}, sort: [['flag', 'asc']] })).to.contain('flag');
    });

    it('finds by a sparse index what has its first field, as long as it is not false', async () => {
      const name = pod();
      const [set, unset, absent] = [{ flag: true }, { flag: false }, {}].map((more) => aThing({ pod: name, ...more }));
      if (!set || !unset || !absent) throw new Error('unreachable');
      await things().insert([set, unset, absent]);
      const flagged = () => things().find({ where: { flag: true, pod: name } });
      expect(await flagged()).to.deep.equal([set]);
      expect(await things().get(unset.id)).to.deep.equal(unset);
      await things().replace({ ...set, flag: false }, 1);
      expect(await flagged()).to.deep.equal([]);
      await things().replace({ ...absent, flag: true }, 1);
      expect(await flagged()).to.deep.equal([{ ...absent, flag: true, rev: 2 }]);
    });
  });
}
