// What a search costs: it reads the lists of its words until it has enough, and neither what the pod holds nor whole lists.
import { expect } from 'chai';
import Libsql from 'libsql';
import { prepare } from '../../../src/store/embedded/database.ts';
import { groupCommit } from '../../../src/store/embedded/group.ts';
import { BEST_SQL, countSql } from '../../../src/store/embedded/search/find-words.ts';
import { embeddedSearch } from '../../../src/store/embedded/search/search.ts';

const opened = () => {
  const db = new Libsql(':memory:');
  return { db, search: embeddedSearch(db, groupCommit(db, { flush: async () => {} })) };
};

describe('the plan of a search', () => {
  for (const [name, sql, args] of [
    ['the best of one list', BEST_SQL, ['"x" *', 'p', 9]],
    ['a count over three words', countSql(3), ['"x" *', '"x" *', '"x" *', 'p', 9]],
  ] as const)
    it(`looks up what it matches and nothing else, for ${name}`, () => {
      const { db } = opened();
      const plan = prepare(db, `EXPLAIN QUERY PLAN ${sql}`).all(args);
      const steps = plan.map((row) => String(row[3])).filter((step) => step.includes('postings'));
      expect(steps).to.deep.equal(['SEARCH postings USING INTEGER PRIMARY KEY (rowid=?)']);
      db.close();
    });

  it('does not grow with how many postings have the words, also by their beginnings', async () => {
    const { db, search } = opened();
    const fill = async (pod: string, size: number) => {
      for (let from = 0; from < size; from += 1000)
        await search.put(
          Array.from({ length: Math.min(1000, size - from) }, (_, i) => ({
            ...{ id: `${pod}:${from + i}`, pod, seq: 1, kind: 'k', at: from + i, rank: (from + i) % 3 },
            text: (from + i) % 2 ? 'box of flour' : 'boxes and flours',
          })),
        );
    };
    await fill('few', 200);
    await fill('many', 20_000);
    const cost = async (pod: string) => {
      const begun = process.cpuUsage();
      for (const query of ['box', 'flour', 'box flour', 'bo xyzzy flo'])
        expect(await search.query(pod, query, 10)).to.have.length(10);
      const { user, system } = process.cpuUsage(begun);
      return user + system;
    };
    const ratios: number[] = [];
    for (let round = 0; round < 11; round++) {
      const [few, many] = [await cost('few'), await cost('many')];
      ratios.push(many / few);
    }
    const [, , , , , middle = Number.POSITIVE_INFINITY] = ratios.sort((a, b) => a - b);
    // A hundred times as many: it was 24 times as long when whole lists were joined.
    expect(middle).to.be.lessThan(4);
    db.close();
  });
});
