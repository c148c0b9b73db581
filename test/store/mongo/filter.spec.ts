// The order of documents that MongoDB returned in none.
import { expect } from 'chai';
import fc from 'fast-check';
import { inOrder, neverTies } from '../../../src/store/mongo/filter.ts';
import type { Doc, Scalar } from '../../../src/store/port.ts';
import { compareDocs } from '../memory.ts';

const rank = fc.oneof(
  fc.integer({ min: -2, max: 2 }),
  fc.string({ maxLength: 2 }),
  fc.boolean(),
  fc.constant(undefined),
);
const ranks = fc.array(rank, { maxLength: 12 });

describe('the order of documents', () => {
  for (const direction of ['asc', 'desc'] as const)
    it(`is that of the other stores, whatever the types of the values (${direction})`, () => {
      fc.assert(
        fc.property(ranks, (given) => {
          const docs = given.map((each, n): Doc & { rank: Scalar | undefined } => ({
            id: `d${n}`,
            rev: 1,
            rank: each,
          }));
          const sort = [['rank', direction]] as const;
          const ids = (sorted: readonly Doc[]) => sorted.map(({ id }) => id);
          expect(ids([...docs].sort(inOrder(sort)))).to.deep.equal(
            ids([...docs].sort((a, b) => compareDocs(sort, a, b))),
          );
        }),
      );
    });

  it('needs the id where nothing else is sorted by', () => {
    const spec = { name: 'things', kind: 'view', indexes: [{ fields: ['pod', 'n'], unique: true }] } as const;
    expect(neverTies(spec, { pod: 'a' }, [['n', 'asc']])).to.equal(true);
    expect(neverTies(spec, { pod: 'a', n: 1 }, [['id', 'asc']])).to.equal(false);
  });
});
