import { expect } from 'chai';
import { namedDay } from '../../src/pods/named-day.ts';

/** A Friday. */
const TODAY = '2026-11-27';

describe('the day that a text names', () => {
  it('is the first one after “by”, “until”, “before” or “due”', () => {
    expect(namedDay('Please order 400 boxes by Monday, Ben.', TODAY)).to.deep.equal({ day: '2026-11-30' });
    expect(namedDay('We need them before the 3rd of December at the latest', TODAY)).to.deep.equal({
      day: '2026-12-03',
    });
    expect(namedDay('by noon, or by tomorrow', TODAY)).to.deep.equal({ day: '2026-11-28' });
  });

  it('may be two: on a Friday, “by Friday”', () => {
    expect(namedDay('by Friday please', TODAY)).to.deep.equal({ day: '2026-11-27', also: '2026-12-04' });
  });

  it('is none where the text names none', () => {
    for (const text of [
      '',
      'by sun and rain',
      'written by Ben',
      'the Monday meeting',
      'by 400 grams',
      'by May',
      'by 3 March 2020',
    ])
      expect(namedDay(text, TODAY), text).to.equal(undefined);
  });
});
