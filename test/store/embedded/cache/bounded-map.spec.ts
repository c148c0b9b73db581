import { expect } from 'chai';
import { boundedMap } from '../../../../src/store/embedded/cache/bounded-map.ts';

describe('a map for caches', () => {
  it('holds so many entries at most, and so many characters together; the oldest go first', () => {
    const gone: string[] = [];
    const map = boundedMap<number>({ entries: 3, chars: 100 }, (_, key) => void gone.push(key));
    for (const key of ['a', 'b', 'c', 'd']) map.set(key, 1, 10);
    expect([gone, map.size]).to.deep.equal([['a'], 3]);
    expect(map.use('b')).to.equal(1);
    map.set('e', 1, 85);
    expect([gone, map.size]).to.deep.equal([['a', 'c', 'd'], 2]);
    expect(['b', 'e'].map((key) => map.get(key))).to.deep.equal([1, 1]);
  });

  it('keeps what is used all the time, however much comes between', () => {
    const map = boundedMap<number>({ entries: 40, chars: 1000 });
    map.set('hot', 1, 10);
    for (let n = 0; n < 500; n++) {
      map.set(`cold ${n}`, n, n % 3 ? 5 : 90);
      expect(map.use('hot'), `${n}`).to.equal(1);
    }
    expect(map.use('nothing')).to.equal(undefined);
  });

  it('has no room for an entry that is larger than all of it and keeps the others, and counts one that is set anew once', () => {
    const gone: string[] = [];
    const map = boundedMap<number>({ entries: 3, chars: 100 }, (_, key) => void gone.push(key));
    for (let n = 0; n < 5; n++) map.set('a', n, 60);
    map.set('b', 1, 40);
    expect([map.get('a'), map.get('b')]).to.deep.equal([4, 1]);
    map.set('c', 1, 101);
    expect(['a', 'b', 'c'].map((key) => map.get(key))).to.deep.equal([4, 1, undefined]);
    map.set('a', 5, 101);
    expect([map.get('a'), map.size, gone]).to.deep.equal([undefined, 1, ['a', 'a', 'a', 'a', 'c', 'a', 'a']]);
    map.set('d', 1, 100);
    expect(map.get('d')).to.equal(1);
    map.clear();
    map.set('e', 1, 100);
    expect([map.get('d'), map.get('e')]).to.deep.equal([undefined, 1]);
  });
});
