// The contract of writeAll, for stores that have it.
import { expect } from 'chai';
import type { Doc, Write } from '../../src/store/port.ts';
import { aThing, type Opened, type Thing } from './contract-data.ts';

export function writeAllContract({ store, things, reopen, pod }: Opened): void {
  describe('several writes as one', () => {
    const insert = (doc: Thing): Write => ({ kind: 'insert', collection: 'things', doc });
    const replace = (doc: Thing, expectedRev: number): Write => ({
      kind: 'replace',
      collection: 'things',
      doc,
      expectedRev,
    });
    const posting = (name: string, text: string): Write => {
      const put = [{ id: `${name}:a`, pod: name, seq: 1, kind: 'task', text, at: 1, rank: 0 }];
      return { kind: 'postings', put, remove: [] };
    };

    const writeAll = async (writes: readonly Write[]) => store().writeAll?.(writes);

    it('are all made, and last', async () => {
      const name = pod();
      const old = aThing({ pod: name });
      await things().insert([old]);
      const made = aThing({ pod: name, key: 'k' });
      const body = { id: `b_${name}`, pod: name, text: 'words' };
      const written = await writeAll([
        { kind: 'bodies', bodies: [body] },
        insert(made),
        replace({ ...old, state: 'new' }, 1),
        posting(name, 'crates'),
      ]);
      expect(written).to.equal(true);
      await reopen();
      expect(await things().get(made.id)).to.deep.equal(made);
      expect(await things().get(old.id)).to.deep.equal({ ...old, state: 'new', rev: 2 });
      expect((await store().bodies.get([body.id])).get(body.id)?.text).to.equal('words');
      expect(await store().search.query(name, 'crates', 9)).to.have.length(1);
    });

    const taken: [string, (name: string, old: Thing) => Write][] = [
      ['an id is taken', (name, old) => insert(aThing({ pod: name, id: old.id }))],
      ['a unique value is taken', (name, old) => insert(aThing({ pod: name, n: old.n }))],
      ['a version is gone', (_, old) => replace(old, 7)],
      ['a document is not there', (name) => replace(aThing({ pod: name }), 1)],
    ];
    for (const [what, write] of taken)
      it(`are none of them made when ${what}`, async () => {
        const name = pod();
        const old = aThing({ pod: name, n: 1, tags: ['x'] });
        const other = aThing({ pod: name });
        await things().insert([old, other]);
        const made = aThing({ pod: name, tags: ['y'] });
        const body = { id: `b_${name}`, pod: name, text: 'words' };
        const writes: Write[] = [
          posting(name, 'crates'),
          { kind: 'bodies', bodies: [body] },
          insert(made),
          replace({ ...other, state: 'new' }, 1),
          write(name, old),
        ];
        const beside = aThing({ pod: name });
        const [written, [inserted]] = await Promise.all([writeAll(writes), things().insert([beside])]);
        expect(written).to.equal(false);
        expect(inserted).to.equal('inserted');
        expect(await things().find({ where: { pod: name }, sort: [['n', 'asc']] })).to.deep.equal([old, other, beside]);
        expect(await things().find({ where: { pod: name, tags: 'y' } })).to.deep.equal([]);
        expect(await store().search.query(name, 'crates', 9)).to.deep.equal([]);
        expect((await store().bodies.get([body.id])).size).to.equal(0);
      });

    it('are none of them made when a replaced document takes the unique value of another', async () => {
      const name = pod();
      const [one, two] = [aThing({ pod: name, key: 'one' }), aThing({ pod: name, key: 'two' })];
      await things().insert([one, two]);
      expect(await writeAll([insert(aThing({ pod: name })), replace({ ...two, key: 'one' }, 1)])).to.equal(false);
      expect(await things().find({ where: { pod: name }, sort: [['n', 'asc']] })).to.deep.equal([one, two]);
    });

    it('may change a document as it stands in the transaction, whoever has changed it meanwhile', async () => {
      const name = pod();
      const thing = aThing({ pod: name, value: 0 });
      const more = (doc: Doc | undefined): Thing => {
        const stands = (doc ?? thing) as Thing;
        return { ...stands, value: (stands.value as number) + 1 };
      };
      const change: Write = { kind: 'change', collection: 'things', id: thing.id, next: more };
      const made = await Promise.all([1, 2, 3].map(() => writeAll([insert(aThing({ pod: name })), change])));
      expect(made).to.deep.equal([true, true, true]);
      expect(await things().get(thing.id)).to.include({ value: 3, rev: 3 });
      await reopen();
      expect(await things().get(thing.id)).to.include({ value: 3, rev: 3 });
    });

    it('undoes a change when the place of another is taken, and writes none that changes nothing', async () => {
      const name = pod();
      const [thing, old] = [aThing({ pod: name, value: 0 }), aThing({ pod: name })];
      await things().insert([thing, old]);
      const to = (next: (doc: Doc | undefined) => Doc): Write => ({
        ...{ kind: 'change', collection: 'things', id: thing.id },
        next,
      });
      const other = (doc: Doc | undefined): Thing => ({ ...(doc as Thing), value: 1 });
      expect(await writeAll([to(other), insert(old)])).to.equal(false);
      expect(await things().get(thing.id)).to.deep.equal(thing);
      expect(await writeAll([to((doc) => doc as Doc)])).to.equal(true);
      expect(await things().get(thing.id)).to.deep.equal(thing);
    });

    it('lets one of two through that want the same place', async () => {
      const name = pod();
      const wishes = [1, 2].map((n) => [insert(aThing({ pod: name, key: 'k' })), posting(name, `wish${n}`)]);
      const written = await Promise.all(wishes.map((wish) => writeAll(wish)));
      expect(written.filter(Boolean)).to.have.length(1);
      expect(await things().find({ where: { pod: name } })).to.have.length(1);
    });
  });
}
