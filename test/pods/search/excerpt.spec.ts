import { expect } from 'chai';
import fc from 'fast-check';
import { excerpt } from '../../../src/pods/search/excerpt.ts';

describe('excerpt', () => {
  it('leaves a short text as it is, in one line', () => {
    expect(excerpt(' one\n two ', 'two', 20)).to.equal('one two');
  });

  it('shows the words around the first one found, whatever its case and accents', () => {
    const text = `${'before '.repeat(20)}CAFÉ ${'after '.repeat(20)}`;
    expect(excerpt(text, 'nothing cafe', 30)).to.match(/^….*CAFÉ.*…$/);
  });

  it('begins at the beginning where nothing is found, or only within a word', () => {
    expect(excerpt('abcdef ghijkl', 'def', 8)).to.equal('abcdef…');
  });

  it('ends with a whole word, unless that is very long', () => {
    expect(excerpt('The subscription on the farm', '', 22)).to.equal('The subscription on…');
    expect(excerpt(`a ${'b'.repeat(90)}`, '', 40)).to.equal(`a ${'b'.repeat(37)}…`);
  });

  it('never is longer than asked for, nor cuts a sign in half', () => {
    const part = fc.constantFrom('😀', 'é', 'word', ' ', 'ß', 'İ', '\u0301');
    const text = fc.array(part, { maxLength: 60 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(
        text,
        fc.constantFrom('', 'word', '😀', 'ss'),
        fc.integer({ min: 5, max: 40 }),
        (given, query, most) => {
          const shown = excerpt(given, query, most);
          expect(shown.length).to.be.at.most(most);
          expect(shown).to.equal(Buffer.from(shown, 'utf8').toString('utf8'));
        },
      ),
    );
  });
});
