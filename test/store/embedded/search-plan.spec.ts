// The plan of a search: it begins with the words, so it costs what they match and not what the pod holds.
import { expect } from 'chai';
import Libsql from 'libsql';
import { prepare } from '../../../src/store/embedded/database.ts';
import { groupCommit } from '../../../src/store/embedded/group.ts';
import { embeddedSearch, querySql } from '../../../src/store/embedded/search/search.ts';

describe('the plan of a search', () => {
  for (const words of [1, 3])
    it(`looks up what it matches and nothing else, for ${words} word${words > 1 ? 's' : ''}`, () => {
      const db = new Libsql(':memory:');
      embeddedSearch(db, groupCommit(db, { flush: async () => {} }));
      const args = [...Array<string>(words).fill('"x" *'), 'p', 9];
      const plan = prepare(db, `EXPLAIN QUERY PLAN ${querySql(words)}`).all(args);
      const steps = plan.map((row) => String(row[3])).filter((step) => step.includes('postings'));
      expect(steps).to.deep.equal(['SEARCH postings USING INTEGER PRIMARY KEY (rowid=?)']);
      db.close();
    });
});
