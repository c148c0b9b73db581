import { expect } from 'chai';
import fc from 'fast-check';
import { numbersByTask, numbersFor } from '../../../src/pods/needs/waiting/numbers.ts';

describe('the numbers in a list of what waits', () => {
  it('are the tasks’ own, and free ones for the rest', () => {
    expect(numbersFor([5, undefined, 2, undefined, undefined])).to.deep.equal([5, 1, 2, 3, 4]);
    expect(numbersFor([5, 5, undefined]), 'no number that could mean two').to.deep.equal([1, 2, 3]);
    expect(numbersFor([1, 1, 2])).to.deep.equal([3, 4, 2]);
  });

  it('are shared by the things of one task, and by no others', () => {
    const of = (task: string, number: number) => ({ task, number });
    const things = [of('a', 29), undefined, of('a', 29), of('b', 2), undefined];
    expect(numbersByTask(things)).to.deep.equal([29, 1, 29, 2, 3]);
    expect(numbersByTask([of('a', 5), of('b', 5), of('a', 5)]), 'two pods').to.deep.equal([1, 2, 1]);
  });

  it('are all different, and never the own number of another task', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }), { maxLength: 12 }), (own) => {
        const numbers = numbersFor(own);
        expect(new Set(numbers).size).to.equal(own.length);
        for (const [n, one] of numbers.entries()) if (own[n] !== one) expect(own).not.to.include(one);
      }),
    );
  });
});
