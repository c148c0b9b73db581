import { expect } from 'chai';
import { comingDay, pastDay } from '../../src/pods/spoken-day.ts';

/** A Friday. */
const TODAY = '2026-11-27';

describe('a day in words', () => {
  it('that is over is the last such day', () => {
    const days = {
      today: '2026-11-27',
      yesterday: '2026-11-26',
      Monday: '2026-11-23',
      'last Monday': '2026-11-23',
      thurs: '2026-11-26',
      Friday: '2026-11-20',
      'three days ago': '2026-11-24',
      'a week ago': '2026-11-20',
      'two weeks': '2026-11-13',
      'last week': '2026-11-16',
      'this week': '2026-11-23',
      '24 November': '2026-11-24',
      'Dec 24th': '2025-12-24',
      '24.11.': '2026-11-24',
      '2026-11-01': '2026-11-01',
    };
    for (const [words, day] of Object.entries(days)) expect(pastDay(words, TODAY), words).to.equal(day);
  });

  it('that comes is the next such day, and says which other day it may be', () => {
    const days = {
      today: { day: '2026-11-27' },
      'on Monday': { day: '2026-11-30' },
      Friday: { day: '2026-11-27', also: '2026-12-04' },
      'next Friday': { day: '2026-12-04' },
      'next Tuesday': { day: '2026-12-01', also: '2026-12-08' },
      'in two weeks': { day: '2026-12-11' },
      'the 3rd of December': { day: '2026-12-03' },
      '24 Nov': { day: '2027-11-24' },
      '2026-12-24': { day: '2026-12-24' },
    };
    for (const [words, day] of Object.entries(days)) expect(comingDay(words, TODAY), words).to.deep.equal(day);
  });

  it('is none where it is no day, or none that exists', () => {
    for (const words of ['constructor', '__proto__', 'valueOf'])
      expect([pastDay(words, '2026-11-20'), comingDay(words, '2026-11-20')], words).to.deep.equal([
        undefined,
        undefined,
      ]);
    for (const words of ['', 'the move', 'soon', '31 November', '2026-02-30', 'mo', '11/12', 'in many weeks']) {
      expect(pastDay(words, TODAY), words).to.equal(undefined);
      expect(comingDay(words, TODAY), words).to.equal(undefined);
    }
    expect(comingDay('2026-11-26', TODAY), 'a day that is over').to.equal(undefined);
  });
});
