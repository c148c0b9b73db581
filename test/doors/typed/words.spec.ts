import { expect } from 'chai';
import fc from 'fast-check';
import { wordsOfLine } from '../../../src/doors/typed/words.ts';
import { InvalidInput } from '../../../src/errors.ts';
import { processorMs } from '../../processor-time.ts';

describe('doors/typed/words', () => {
  const lines: [string, string, string[]][] = [
    ['nothing', '  \n ', []],
    ['words', 'create_task  --title Milk\n', ['create_task', '--title', 'Milk']],
    ['quotes', '--title "Book the hall" --due x', ['--title', 'Book the hall', '--due', 'x']],
    ['quotes of a phone', '--title “Book the hall” ‘two halls’', ['--title', 'Book the hall', 'two halls']],
    ['lines', '--text "one\n\n- two"', ['--text', 'one\n\n- two']],
    ['quotes behind an equals sign', '--title="Two words" --a=b', ['--title=Two words', '--a=b']],
    ['the dash that a phone makes of two', '—title Milk –due="1 May"', ['--title', 'Milk', '--due=1 May']],
    ['a dash that is a word', '--text "— so far" — -', ['--text', '— so far', '—', '-']],
    ['apostrophes', "Ada's team isn't here", ["Ada's", 'team', "isn't", 'here']],
    ['JSON in single quotes', `--budget '{"turns":5, "a":1}'`, ['--budget', '{"turns":5, "a":1}']],
    ['an apostrophe that begins a word', "--title 'tis ’tis", ['--title', "'tis", '’tis']],
    ['an inch mark', '--title 5" 2"x4" \'5" wide\'', ['--title', '5"', '2"x4"', '5" wide']],
    ['an empty text', '--title ""', ['--title', '']],
    ['a mention', '--who <@U1|ben>', ['--who', '<@U1|ben>']],
  ];
  for (const [what, line, words] of lines)
    it(`takes ${what} as they stand`, () => {
      expect(wordsOfLine(line)).to.deep.equal(words);
    });

  for (const line of ['--title "Book the', '--title="Book the', '—title “Book the', '--text „so', '--title "5""', '"'])
    it(`refuses ${line}, whose quote is not closed`, () => {
      expect(() => wordsOfLine(line)).to.throw(InvalidInput, /^The quote that opens at \S+ is not closed\. Write "/);
    });

  it('gives back every text that stands in quotes which it does not hold', () => {
    fc.assert(
      fc.property(
        fc.string().filter((text) => !/["“”„]/.test(text)),
        (text) => {
          expect(wordsOfLine(`--title "${text}"`)).to.deep.equal(['--title', text]);
        },
      ),
    );
  });

  it('takes long lines in no more than their length of time', () => {
    const took = processorMs(() => {
      for (const hard of ['"', '" ', '--a="', "'x "]) wordsOfLine(hard.repeat(10_000));
    });
    expect(took).to.be.lessThan(2_000);
  });
});
