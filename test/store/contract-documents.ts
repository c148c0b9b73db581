// The contract of get, insert, replace, claim and delete.
import { expect } from 'chai';
import { Conflict } from '../../src/errors.ts';
import { aThing, type Opened, specs, type Thing } from './contract-data.ts';

const rejection = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

export function documentsContract({ store, things, reopen, pod }: Opened): void {
  describe('documents', () => {
    it('come back exactly as they were inserted', async () => {
      const thing = aThing({ pod: pod(), value: strange });
      expect(await things().insert([thing])).to.deep.equal(['inserted']);
      const found = await things().get(thing.id);
      expect(found).to.deep.equal(thing);
      expect(JSON.stringify(found)).to.equal(JSON.stringify(thing));
    });

    it('may be large', async () => {
      const thing = aThing({ pod: pod(), value: 'ä😀\0"'.repeat(400_000) });
      await things().insert([thing]);
      expect((await things().get(thing.id))?.value === thing.value).to.equal(true);
    });

    it('are stored as they were at the call, whatever the caller does to them afterwards', async () => {
      const thing = aThing({ pod: pod(), state: 'given' });
      const inserting = things().insert([thing]);
      thing.state = 'changed';
      await inserting;
      const replacement = { ...thing, state: 'given again' };
      expect((await things().get(thing.id))?.state).to.equal('given');
      const replacing = things().replace(replacement, 1);
      replacement.state = 'changed again';
      await replacing;
      expect((await things().get(thing.id))?.state).to.equal('given again');
    });

    it('are absent when nobody inserted them', async () => {
      expect(await things().get('nobody')).to.equal(undefined);
    });

    it('are all there when the store is opened again', async () => {
      const name = pod();
      const kept = [aThing({ pod: name, tags: ['a'], value: 1 }), aThing({ pod: name, tags: ['b'], value: 2 })];
      await things().insert(kept);
      await reopen();
      expect(await things().find({ where: { pod: name }, sort: [['n', 'asc']] })).to.deep.equal(kept);
      expect(await things().find({ where: { pod: name, tags: 'b' } })).to.deep.equal([kept[1]]);
    });

    it('are found by a field that was declared after they were written', async () => {
      const name = pod();
      const [one, two] = [aThing({ pod: name, later: 'old' }), aThing({ pod: name, later: ['old', 'older'] })];
      await things().insert([one, two]);
      const free = { where: { pod: name }, sort: [['n', 'asc']] } as const;
      const claimed = await things().claim(free, { by: 'x', now: 1, until: 9 });
      await reopen(
        specs.map((spec) =>
          spec.name === 'things' ? { ...spec, indexes: [...spec.indexes, { fields: ['later'] }] } : spec,
        ),
      );
      expect(await things().find({ where: { pod: name, later: 'older' } })).to.deep.equal([two]);
      expect(await things().find({ where: { pod: name, later: 'old' } })).to.deep.equal([claimed, two]);
      await reopen();
    });

    it('belong to declared collections only', () => {
      expect(() => store().collection('strangers')).to.throw('strangers');
    });
  });

  describe('insert', () => {
    it('answers for each document on its own, and in order', async () => {
      const name = pod();
      const first = aThing({ pod: name, state: 'first' });
      expect(await things().insert([first])).to.deep.equal(['inserted']);
      const next = aThing({ pod: name });
      const answers = await things().insert([
        aThing({ pod: name }),
        { ...first, state: 'second' },
        next,
        { ...next, state: 'third' },
      ]);
      expect(answers).to.deep.equal(['inserted', 'exists', 'inserted', 'exists']);
      expect((await things().get(first.id))?.state).to.equal('first');
      expect((await things().get(next.id))?.state).to.equal(undefined);
    });

    it('refuses what a unique compound index holds', async () => {
      const name = pod();
      const thing = aThing({ pod: name, n: 1, key: 'k' });
      const others = [
        aThing({ pod: name, n: 1 }),
        aThing({ pod: name, key: 'k' }),
        aThing({ pod: pod(), n: 1, key: 'k' }),
      ];
      expect(await things().insert([thing, ...others])).to.deep.equal(['inserted', 'exists', 'exists', 'inserted']);
    });

    it('takes documents that lack a unique field for different', async () => {
      const name = pod();
      const nulled = { ...aThing({ pod: name }), key: null } as unknown as Thing;
      expect(await things().insert([aThing({ pod: name }), aThing({ pod: name }), nulled])).to.deep.equal([
        'inserted',
        'inserted',
        'inserted',
      ]);
    });

    it('lets one of many concurrent callers have a key', async () => {
      const name = pod();
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => things().insert([aThing({ pod: name, key: 'once' })])),
      );
      expect(answers.flat().filter((answer) => answer === 'inserted')).to.have.length(1);
    });

    it('fails alone when a document can not be written', async () => {
      const name = pod();
      const circular: Record<string, unknown> = {};
      circular.self = circular;
      const good = aThing({ pod: name });
      const [failed, answer] = await Promise.all([
        rejection(things().insert([aThing({ pod: name, value: circular })])),
        things().insert([good]),
      ]);
      expect(failed).to.be.instanceOf(TypeError);
      expect(answer).to.deep.equal(['inserted']);
      expect(await rejection(things().insert([aThing({ pod: name, key: ['a'] as never })]))).to.be.instanceOf(Error);
      expect(await things().find({ where: { pod: name } })).to.deep.equal([good]);
    });

    it('of nothing answers nothing', async () => {
      expect(await things().insert([])).to.deep.equal([]);
    });
  });

  describe('replace each', () => {
    it('replaces all at their versions', async () => {
      const [one, two] = [aThing({ pod: pod(), state: 'a' }), aThing({ pod: pod(), state: 'a' })];
      await things().insert([one, two]);
      expect(await things().replaceEach([one, two].map((thing) => ({ ...thing, state: 'b' })))).to.equal(true);
      for (const { id, pod: name } of [one, two]) {
        expect(await things().get(id)).to.include({ state: 'b', rev: 2 });
        expect(await things().find({ where: { pod: name, state: 'b' } })).to.have.length(1);
      }
      expect(await things().replaceEach([])).to.equal(true);
    });

    it('replaces the others if a version is gone, and says that not all were', async () => {
      const [one, two] = [aThing({ pod: pod(), state: 'a' }), aThing({ pod: pod(), state: 'a' })];
      await things().insert([one, two]);
      await things().replace({ ...one, state: 'newer' }, 1);
      expect(await things().replaceEach([one, two].map((thing) => ({ ...thing, state: 'b' })))).to.equal(false);
      expect(await things().get(one.id)).to.include({ state: 'newer', rev: 2 });
      expect(await things().get(two.id)).to.include({ state: 'b', rev: 2 });
    });

    it('refuses a taken unique value', async () => {
      const name = pod();
      const [one, two] = [aThing({ pod: name, key: 'one' }), aThing({ pod: name, key: 'two' })];
      await things().insert([one, two]);
      expect(await rejection(things().replaceEach([{ ...two, key: 'one' }]))).to.be.instanceOf(Conflict);
      expect(await things().get(two.id)).to.include({ key: 'two', rev: 1 });
    });
  });

  describe('replace', () => {
    it('puts the whole document at the next revision', async () => {
      const thing = aThing({ pod: pod(), state: 'a', tags: ['x'] });
      await things().insert([thing]);
      const { tags: _, ...rest } = thing;
      expect(await things().replace({ ...rest, state: 'b', rev: 77 }, 1)).to.equal(true);
      expect(await things().get(thing.id)).to.deep.equal({ ...rest, state: 'b', rev: 2 });
      expect(await things().find({ where: { pod: thing.pod, tags: 'x' } })).to.deep.equal([]);
      expect(await things().find({ where: { pod: thing.pod, state: 'b' } })).to.have.length(1);
    });

    it('says false when that version is gone, or the document', async () => {
      const thing = aThing({ pod: pod() });
      await things().insert([thing]);
      expect(await things().replace(thing, 2)).to.equal(false);
      expect(await things().replace({ ...thing, id: 'nobody' }, 1)).to.equal(false);
      expect(await things().get(thing.id)).to.deep.equal(thing);
    });

    it('lets one of many concurrent callers have a version', async () => {
      const thing = aThing({ pod: pod() });
      await things().insert([thing]);
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, i) => things().replace({ ...thing, state: `s${i}` }, 1)),
      );
      expect(answers.filter(Boolean)).to.have.length(1);
      expect(await things().get(thing.id)).to.deep.equal({ ...thing, rev: 2, state: `s${answers.indexOf(true)}` });
    });

    it('refuses what a unique index holds, changing nothing', async () => {
      const name = pod();
      const [one, two] = [aThing({ pod: name, key: 'one' }), aThing({ pod: name, key: 'two' })];
      await things().insert([one, two]);
      const [error, other] = await Promise.all([
        rejection(things().replace({ ...two, key: 'one' }, 1)),
        things().replace({ ...one, state: 'x' }, 1),
      ]);
      expect(error).to.be.instanceOf(Conflict);
      expect(other).to.equal(true);
      expect(await things().get(two.id)).to.deep.equal(two);
    });
  });

  describe('claim', () => {
    const free = (name: string) => ({ where: { pod: name, state: 'queued' }, sort: [['n', 'asc']] }) as const;

    it('gives the first match with the new lease and a raised revision', async () => {
      const name = pod();
      const queued = [
        aThing({ pod: name, state: 'queued', n: 2 }),
        aThing({ pod: name, state: 'queued', n: 1 }),
        aThing({ pod: name, state: 'done', n: 0 }),
      ];
      await things().insert(queued);
      const claimed = await things().claim(free(name), { by: 'me', now: 100, until: 200 });
      expect(claimed).to.deep.equal({ ...queued[1], rev: 2, leaseBy: 'me', leaseUntil: 200 });
      expect(await things().get(claimed?.id ?? '')).to.deep.equal(claimed);
      expect(await things().replace({ ...queued[1], state: 'late' } as Thing, 1)).to.equal(false);
      expect(await things().replace({ ...(claimed as Thing), state: 'done', leaseUntil: 0 }, 2)).to.equal(true);
      expect((await things().get(claimed?.id ?? ''))?.leaseUntil).to.equal(0);
    });

    it('gives nothing while every match is leased, and the match again when its lease is over', async () => {
      const name = pod();
      await things().insert([aThing({ pod: name, state: 'queued' })]);
      const claim = (now: number) => things().claim(free(name), { by: `at ${now}`, now, until: now + 100 });
      expect((await claim(1000))?.leaseBy).to.equal('at 1000');
      expect(await claim(1099)).to.equal(undefined);
      expect((await claim(1100))?.leaseBy).to.equal('at 1100');
    });

    it('gives each document to one of many concurrent callers', async () => {
      const name = pod();
      const queued = Array.from({ length: 8 }, () => aThing({ pod: name, state: 'queued' }));
      await things().insert(queued);
      const claims = await Promise.all(
        Array.from({ length: 20 }, (_, i) => things().claim(free(name), { by: `w${i}`, now: 5, until: 10 })),
      );
      const ids = claims.flatMap((claimed) => (claimed ? [claimed.id] : []));
      expect(ids.sort()).to.deep.equal(queued.map(({ id }) => id).sort());
    });
  });

  describe('delete', () => {
    it('takes the document away, and frees what it held', async () => {
      const thing = aThing({ pod: pod(), key: 'k', tags: ['x', 'y'] });
      await things().insert([thing]);
      await things().delete(thing.id);
      await things().delete(thing.id);
      expect(await things().get(thing.id)).to.equal(undefined);
      expect(await things().find({ where: { pod: thing.pod, tags: 'x' } })).to.deep.equal([]);
      expect(await things().insert([thing])).to.deep.equal(['inserted']);
    });
  });
}

const strange = {
  text: 'NUL \0, emoji 👩‍👩‍👧, accents é e\u0301, lone \ud800 surrogate, line \u2028 end, "quotes" \\',
  $ref: '#/definitions/x',
  $id: 'y',
  'a.b': { 'c.d': 1, '.': 2, '': 3, $set: { $inc: 1 } },
  numbers: [0, 1.5, 1e300, -(2 ** 53), 0.1 + 0.2],
  nothing: [null, [], {}, [[]], ''],
  _bsontype: 'ObjectId',
  toString: 'own',
};
