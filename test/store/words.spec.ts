// The words of a text, which are the same for every search adapter.
import { expect } from 'chai';
import fc from 'fast-check';
import { queryWordsOf, wordsOf } from '../../src/store/words.ts';

describe('the words of a text', () => {
  const cases: [string, string[]][] = [
    ['Hello, hello WORLD!', ['hello', 'world']],
    ['Größe der CAFÉS', ['grosse', 'der', 'cafes']],
    ['ΟΔΟΣ οδός', ['οδοσ']],
    ['e-mail: a.b@c.de, 3.5 ½', ['e', 'mail', 'a', 'b', 'c', 'de', '3', '5', '1', '2']],
    ['会議ok', ['会', '議', 'ok']],
    ['GROẞE große', ['grosse']],
    ['İstanbul ﬁn', ['istanbul', 'fin']],
    ['😀 \0 -- ""', []],
  ];
  for (const [text, words] of cases)
    it(`of ${JSON.stringify(text)} are ${words.join(', ') || 'none'}`, () => {
      expect(wordsOf(text)).to.deep.equal(words);
    });

  it('are the same again when they are read as a text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const words = wordsOf(text);
        expect(wordsOf(words.join(' '))).to.deep.equal(words);
      }),
      { numRuns: 1000 },
    );
  });

  it('are at most 64 signs long, and a query has at most 16', () => {
    expect(wordsOf('x'.repeat(100))).to.deep.equal(['x'.repeat(64)]);
    expect(queryWordsOf(Array.from({ length: 40 }, (_, i) => `w${i}`).join(' '))).to.have.length(16);
  });
});
