import { expect } from 'chai';
import fc from 'fast-check';
import { lineDiff } from '../../../src/pods/history/line-diff.ts';

const lines = (n: number) => Array.from({ length: n }, (_, i) => `line ${i + 1}`);

describe('the difference of two texts', () => {
  it('shows the lines that differ, with two lines around them and the number of the first', () => {
    const before = lines(9);
    const after = [...before.slice(0, 4), 'other', ...before.slice(5)];
    expect(lineDiff(before.join('\n'), after.join('\n'), 1000)?.split('\n')).to.deep.equal([
      '@ line 3',
      '  line 3',
      '  line 4',
      '- line 5',
      '+ other',
      '  line 6',
      '  line 7',
    ]);
  });

  it('leaves out what is the same in between', () => {
    const before = lines(40);
    const after = before.map((line, n) => (n === 2 || n === 36 ? `${line}!` : line));
    const shown = lineDiff(before.join('\n'), after.join('\n'), 1000)?.split('\n') ?? [];
    expect(shown.filter((line) => line.startsWith('@'))).to.deep.equal(['@ line 1', '@ line 35']);
    expect(shown).to.have.length(14);
  });

  it('is none of equal texts, and cut off where it is too long', () => {
    expect(lineDiff('a\nb', 'a\nb', 10)).to.equal(undefined);
    expect(lineDiff('', lines(100).join('\n'), 60)?.split('\n').at(-1)).to.match(
      /^… \d+ more lines of the difference$/,
    );
  });

  it('takes no time that grows with the product of the lengths', () => {
    const [a, b] = [0, 1].map((k) => Array.from({ length: 100_000 }, (_, n) => `${k} ${n}`).join('\n'));
    const began = performance.now();
    lineDiff(a ?? '', b ?? '', 1000);
    expect(performance.now() - began).to.be.lessThan(5_000);
  });

  it('names every line that came or went, and no other', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 });
    fc.assert(
      fc.property(text, text, (a, b) => {
        const shown = lineDiff(a.join('\n'), b.join('\n'), 10_000)?.split('\n') ?? [];
        const counted = (sign: string, of: string) => shown.filter((line) => line === `${sign} ${of}`).length;
        for (const line of ['a', 'b', 'c', 'd']) {
          const more = b.filter((one) => one === line).length - a.filter((one) => one === line).length;
          expect(counted('+', line) - counted('-', line)).to.equal(more);
        }
      }),
    );
  });
});
