// A value in a text stays plain words, on its line or in its quote.
import { expect } from 'chai';
import fc from 'fast-check';
import { fieldsIn, fill, wordsIn } from '../../src/texts/part.ts';
import { processorMs } from '../processor-time.ts';

const BREAK = /[\n\r\v\f\u0085\u2028\u2029]/;
const anything = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc
    .array(fc.constantFrom('{{to}}', '{{', '}}', '\n', '\r\n', '\u2028', '> ', '- ', '$&', '$1', '# no', ' ', 'word'), {
      maxLength: 12,
    })
    .map((parts) => parts.join('')),
);

describe('a part of a text', () => {
  it('says its words around what is put in', () => {
    expect(fill('{{from}} wrote to {{ to }}, {{from}}.', { from: 'Ada', to: 7 })).to.equal('Ada wrote to 7, Ada.');
  });

  it('names its fields, each once', () => {
    expect(fieldsIn('{{a}} {{ b }} {{a}} {c} {{d}')).to.deep.equal(['a', 'b']);
  });

  it('takes no word that is put in as a field', () => {
    fc.assert(
      fc.property(anything, anything, (from, to) => {
        const given = fill('{{from}}|{{to}}', { from, to });
        const one = (value: string) => value.trim().replace(/\s*[\n\r\v\f\u0085\u2028\u2029]\s*/g, ' ');
        expect(given).to.equal(`${one(from)}|${one(to)}`.trim());
      }),
    );
  });

  it('keeps on one line what is put into a line', () => {
    fc.assert(
      fc.property(anything, (from) => {
        expect(fill('- From: {{from}}', { from })).to.not.match(BREAK);
      }),
    );
  });

  it('takes a long line of spaces quickly', () => {
    const value = `x${' '.repeat(200_000)}x`;
    const took = processorMs(() => {
      expect(fill('- From: {{from}}', { from: value })).to.equal(`- From: ${value}`);
    });
    expect(took).to.be.below(1000);
  });

  it('keeps in a quote what is put into a quote', () => {
    fc.assert(
      fc.property(anything, (from) => {
        for (const line of fill('> {{from}}', { from }).split(BREAK)) expect(line).to.match(/^(>|$)/);
      }),
    );
  });

  it('lets a value keep its lines where it stands alone', () => {
    expect(fill('There are:\n{{list}}\nThat is all.', { list: '- a\n- b' })).to.equal(
      'There are:\n- a\n- b\nThat is all.',
    );
  });

  it('leaves no gap where nothing is put in', () => {
    expect(fill('A.\n\n{{more}}\n\nB.\n{{more}}\n', { more: '' })).to.equal('A.\n\nB.');
  });

  it('tells the words that are its own', () => {
    expect(wordsIn('> **Task** #{{n}} in {{pod}}, for **{{who}}**')).to.deep.equal(['Task** #', 'in', ', for']);
  });
});
