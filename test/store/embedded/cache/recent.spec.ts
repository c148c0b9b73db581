import { expect } from 'chai';
import { makeRecent } from '../../../../src/store/embedded/cache/recent.ts';

describe('the documents that were read last', () => {
  const aDoc = (id: string) => ({ id, rev: 1, at: { deep: [1] } });

  it('stay until they are about to change', () => {
    const recent = makeRecent();
    recent.keep(aDoc('a'), 40);
    recent.keep(aDoc('b'), 40);
    expect(recent.get('a')).to.deep.equal(aDoc('a'));
    recent.forget('a');
    expect([recent.get('a'), recent.get('b')]).to.deep.equal([undefined, aDoc('b')]);
    recent.forgetAll();
    expect(recent.get('b')).to.equal(undefined);
  });

  it('include ids without a document, until one is about to be inserted', () => {
    const recent = makeRecent({ entries: 2, chars: 1000 });
    recent.keepAbsent('a');
    expect([recent.get('a'), recent.get('b')]).to.deep.equal([null, undefined]);
    recent.forget('a');
    expect(recent.get('a')).to.equal(undefined);
    for (const id of ['a', 'b', 'c']) recent.keepAbsent(id);
    expect(recent.get('a')).to.equal(undefined);
  });

  it('are so many at most: what was not asked for longest goes first', () => {
    const recent = makeRecent({ entries: 2, chars: 1000 });
    for (const id of ['a', 'b']) recent.keep(aDoc(id), 40);
    recent.get('a');
    recent.keep(aDoc('c'), 40);
    expect(['a', 'b', 'c'].map((id) => recent.get(id)?.id)).to.deep.equal(['a', undefined, 'c']);
  });

  it('can’t be changed by whoever got them', () => {
    const shared = makeRecent().keep(aDoc('a'), 40);
    expect(() => shared.at.deep.push(2)).to.throw(TypeError);
    expect(() => Object.assign(shared, { rev: 2 })).to.throw(TypeError);
  });

  it('include those that were written, with the columns of their rows', () => {
    const recent = makeRecent();
    const columns = { rev: 1, args: [], values: new Map() };
    recent.keepWritten('a', JSON.stringify(aDoc('a')), columns);
    expect(recent.columnsOf('a')).to.equal(columns);
    expect(recent.get('a')).to.deep.equal(aDoc('a'));
    expect(recent.get('a')).to.equal(recent.get('a'));
    recent.keepWritten('b', JSON.stringify({ ...aDoc('b'), long: 'x'.repeat(20_000) }), columns);
    expect([recent.get('b'), recent.columnsOf('b')]).to.deep.equal([undefined, undefined]);
  });
});
