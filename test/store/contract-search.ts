// The contract of search.
import { expect } from 'chai';
import fc from 'fast-check';
import type { Opened } from './contract-data.ts';

export function searchContract({ store, reopen, pod }: Opened): void {
  async function filled(texts: Record<string, string>) {
    const name = pod();
    const ids = Object.keys(texts);
    await store().search.put(
      ids.map((id, i) => ({
        id: `${name}:${id}`,
        pod: name,
        seq: 1,
        kind: 'file',
        text: texts[id] as string,
        at: i,
        rank: 0,
      })),
    );
    return {
      name,
      find: async (query: string, limit = 10) =>
        (await store().search.query(name, query, limit)).map(({ id }) => id.slice(name.length + 1)),
    };
  }

  describe('search', () => {
    it('gives the most words first, then the newest', async () => {
      const { find, name } = await filled({ old: 'red apple', both: 'green apple pie', new: 'apple, red' });
      expect(await find('apple')).to.deep.equal(['new', 'both', 'old']);
      expect(await find('green apple')).to.deep.equal(['both', 'new', 'old']);
      expect(await find('apple', 1)).to.deep.equal(['new']);
      expect(await store().search.query(name, 'pie', 5)).to.deep.equal([{ id: `${name}:both`, kind: 'file' }]);
    });

    it('gives of those with as many words the higher rank first', async () => {
      const { find, name } = await filled({ old: 'red apple', new: 'apple, green' });
      const note = { id: `${name}:note`, pod: name, seq: 1, kind: 'note', text: 'an apple a day', at: 0, rank: 2 };
      await store().search.put([note]);
      expect(await find('apple')).to.deep.equal(['note', 'new', 'old']);
      expect(await find('red apple')).to.deep.equal(['old', 'note', 'new']);
    });

    it('gives what counting the words of every posting gives, however few are asked for', async () => {
      const vocabulary = ['ash', 'ashen', 'beech', 'cedar', 'elm', 'fir', 'larch', 'oak', 'pine', 'yew'];
      const some = fc.subarray(vocabulary, { minLength: 1 });
      const written = fc.record({
        words: some,
        at: fc.integer({ min: -1, max: 3 }),
        rank: fc.integer({ min: 0, max: 2 }),
      });
      await fc.assert(
        fc.asyncProperty(
          fc.array(written, { minLength: 1, maxLength: 30 }),
          some,
          fc.integer({ min: 1, max: 12 }),
          async (all, query, limit) => {
            const name = pod();
            const postings = all.map(({ words, at, rank }, n) => ({
              ...{ id: `${name}:${String(n).padStart(2, '0')}`, pod: name, seq: 1, kind: 'file', at, rank },
              text: words.join(' '),
            }));
            await store().search.put(postings);
            const counted = postings
              .map((posting) => ({ ...posting, held: query.filter((word) => posting.text.includes(word)).length }))
              .filter(({ held }) => held > 0)
              .sort((a, b) => b.held - a.held || b.rank - a.rank || b.at - a.at || (a.id < b.id ? -1 : 1));
            const found = await store().search.query(name, query.join(' '), limit);
            expect(found.map(({ id }) => id)).to.deep.equal(counted.slice(0, limit).map(({ id }) => id));
          },
        ),
        { numRuns: 60 },
      );
    });

    it('ignores case and accents', async () => {
      const { find } = await filled({ a: 'Größe der CAFÉS', b: 'Ångström über' });
      expect(await find('cafes')).to.deep.equal(['a']);
      expect(await find('GROSSE')).to.deep.equal(['a']);
      expect(await find('angstrom Über')).to.deep.equal(['b']);
    });

    it('finds a word by its beginning, and not by its middle or end', async () => {
      const { find } = await filled({ a: 'budgeting 2026' });
      expect(await find('budg')).to.deep.equal(['a']);
      expect(await find('20')).to.deep.equal(['a']);
      expect(await find('geting')).to.deep.equal([]);
      expect(await find('budgetings')).to.deep.equal([]);
    });

    it('knows scripts without spaces and newer ones', async () => {
      const { find } = await filled({ a: '会議の予定', b: 'привет мир', c: '\u{1E900}\u{1E901}\u{1E902}' });
      expect(await find('予定')).to.deep.equal(['a']);
      expect(await find('ПРИВ')).to.deep.equal(['b']);
      expect(await find('\u{1E922}\u{1E923}')).to.deep.equal(['c']);
    });

    it('takes every query for words, never for a language', async () => {
      const { find } = await filled({ a: 'near and or not', b: 'plain' });
      expect(await find('NEAR(')).to.deep.equal(['a']);
      expect(await find('"plain" OR *')).to.deep.equal(['b', 'a']);
      for (const query of ['', '   ', '*', '"', '^', '-', '{', ':', '\0', '()', "';--", '$where', '.*'])
        expect(await find(query), query).to.deep.equal([]);
      await fc.assert(
        fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 60 }), async (query) => void (await find(query))),
        { numRuns: 60 },
      );
      expect(await find('plain '.concat('word '.repeat(5000)))).to.deep.equal(['b']);
    });

    it('never shows what is in another pod', async () => {
      const [mine, theirs] = [await filled({ a: 'secret plan' }), await filled({ b: 'secret plan' })];
      expect(await mine.find('secret plan')).to.deep.equal(['a']);
      expect(await theirs.find('secret plan')).to.deep.equal(['b']);
      expect(await store().search.query(pod(), 'secret', 10)).to.deep.equal([]);
    });

    it('replaces a posting, removes it, clears a pod, and lasts', async () => {
      const { find, name } = await filled({ a: 'first words', b: 'other words' });
      await store().search.put([
        { id: `${name}:a`, pod: name, seq: 2, kind: 'task', text: 'second words', at: 9, rank: 0 },
      ]);
      await reopen();
      expect(await find('first')).to.deep.equal([]);
      expect(await store().search.query(name, 'second', 9)).to.deep.equal([{ id: `${name}:a`, kind: 'task' }]);
      await store().search.remove(['a', 'nobody'].map((id) => ({ id: `${name}:${id}`, pod: name, seq: 3 })));
      expect(await find('words')).to.deep.equal(['b']);
      const { find: findElsewhere } = await filled({ c: 'words elsewhere' });
      await store().search.clear(name);
      expect(await find('words')).to.deep.equal([]);
      expect(await findElsewhere('words')).to.deep.equal(['c']);
    });

    it('clears a pod but for what is named, and what is newer', async () => {
      const { find, name } = await filled({ a: 'words', b: 'words', c: 'words' });
      await store().search.put([{ id: `${name}:c`, pod: name, seq: 5, kind: 'file', text: 'words', at: 0, rank: 0 }]);
      const { find: findElsewhere } = await filled({ d: 'words' });
      await store().search.clear(name, { ids: new Set([`${name}:a`]), upTo: 4 });
      expect(await find('words')).to.have.members(['a', 'c']);
      expect(await findElsewhere('words')).to.deep.equal(['d']);
      // The removed version is forgotten, too.
      await store().search.put([{ id: `${name}:b`, pod: name, seq: 0, kind: 'file', text: 'words', at: 0, rank: 0 }]);
      expect(await find('words')).to.have.members(['a', 'b', 'c']);
    });

    it('keeps the newest version in whatever order they come, put or removed', async () => {
      type Write = { seq: number; gone: boolean };
      const writes = fc.array(fc.record({ seq: fc.integer({ min: 1, max: 5 }), gone: fc.boolean() }), { minLength: 1 });
      // Writes of the same version have the same content.
      const once = writes.map((all): Write[] =>
        all.map(({ seq }) => ({ seq, gone: all.find((one) => one.seq === seq)?.gone ?? false })),
      );
      await fc.assert(
        fc.asyncProperty(once, async (all) => {
          const name = pod();
          const id = `${name}:a`;
          for (const { seq, gone } of all)
            await (gone
              ? store().search.remove([{ id, pod: name, seq }])
              : store().search.put([{ id, pod: name, seq, kind: 'task', text: `crates v${seq}`, at: 1, rank: 0 }]));
          const newest = all.reduce((one, other) => (other.seq > one.seq ? other : one));
          const found = newest.gone ? [] : [{ id, kind: 'task' }];
          expect(await store().search.query(name, 'crates', 5)).to.deep.equal(found);
          expect(await store().search.query(name, `v${newest.seq}`, 5)).to.deep.equal(found);
        }),
        { numRuns: 40 },
      );
    });

    it('keeps the newest of several versions that are written at once', async () => {
      const name = pod();
      const versions = [3, 5, 1, 4, 2].map((seq) => ({
        id: `${name}:a`,
        pod: name,
        seq,
        kind: 'task',
        text: `v${seq}`,
        at: 1,
        rank: 0,
      }));
      await Promise.all(versions.map((version) => store().search.put([version])));
      expect(await store().search.query(name, 'v5', 5)).to.have.length(1);
      expect(await store().search.query(name, 'v4 v3 v2 v1', 5)).to.deep.equal([]);
      await store().search.clear(name);
      await store().search.put(versions.slice(2, 3));
      expect(await store().search.query(name, 'v1', 5)).to.have.length(1);
    });
  });
}
