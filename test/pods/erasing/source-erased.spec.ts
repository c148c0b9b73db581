// Every kind whose documents can be erased says what becomes of them when the text is erased that an agent made them from.
import { expect } from 'chai';
import { thingWord } from '../../../src/digest/made-line.ts';
import { KINDS } from '../../../src/pods/kinds.ts';

/** Titles and permitted calls lose passages without a change of their own, and nobody is offered to erase them alone. */
const NEITHER = ['conversations', 'permits'];

const erasable = [...KINDS.values()].filter((kind) => kind.erase);
const nothing = { who: new Map(), texts: new Map(), doc: () => undefined };

describe('what agents made from an erased text', () => {
  it('has an end that its kind declares', () => {
    const without = erasable.filter(({ sourceErased }) => !sourceErased).map(({ ref }) => ref.name);
    expect(without).to.have.members(NEITHER);
    for (const { erase, sourceErased } of KINDS.values()) if (sourceErased) expect(erase).to.be.a('function');
  });

  it('is told on the log where passages are taken out of it', () => {
    for (const { ref, describe } of erasable.filter(({ sourceErased }) => sourceErased === 'passages')) {
      const change = { v: 1, on: ref.name, id: 'x', type: 'passage_erased' } as const;
      const told = describe?.(change, nothing, { pod: 'p', actor: 'skein' });
      expect(told?.join(' '), ref.name).to.match(/^erased words in a/);
    }
  });

  it('is offered by a word for its kind, which no list has to name', () => {
    const fill = (_text: string, part: string, fields: object = {}) => `${part} ${Object.values(fields)}`.trim();
    const words = erasable
      .filter(({ sourceErased }) => sourceErased)
      .map(({ ref }) => thingWord(fill as never, ref.name));
    expect(new Set(words).size).to.equal(words.length);
    expect(thingWord(fill as never, 'people')).to.equal('made-other people');
  });
});
