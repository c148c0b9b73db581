import { expect } from 'chai';
import fc from 'fast-check';
import { dueIn } from '../../../../src/practice/model/planner/due-date.ts';

const saturday = '2026-11-21';

describe('a due date in a sentence', () => {
  for (const [text, due, rest] of [
    ['order boxes by Friday', '2026-11-27', 'order boxes'],
    ['order boxes by Friday, and tape', '2026-11-27', 'order boxes, and tape'],
    ['order boxes tomorrow', '2026-11-22', 'order boxes'],
    ['order boxes today.', '2026-11-21', 'order boxes'],
    ['order boxes until the day after tomorrow', '2026-11-23', 'order boxes'],
    ['order boxes by Saturday', '2026-11-28', 'order boxes'],
    ['order boxes by next Monday', '2026-11-23', 'order boxes'],
    ['order boxes by next Sunday', '2026-11-29', 'order boxes'],
    ['order boxes in two weeks', '2026-12-05', 'order boxes'],
    ['order boxes in 3 days', '2026-11-24', 'order boxes'],
    ['order boxes next week', '2026-11-23', 'order boxes'],
    ['order boxes by the end of the week', '2026-11-27', 'order boxes'],
    ['order boxes by end of month', '2026-11-30', 'order boxes'],
    ['order boxes (due 2026-12-24)', '2026-12-24', 'order boxes'],
    ['order boxes due on 3 December', '2026-12-03', 'order boxes'],
    ['order boxes by January 5th', '2027-01-05', 'order boxes'],
    ['order boxes by the 25th', '2026-11-25', 'order boxes'],
    ['order boxes by the 3rd', '2026-12-03', 'order boxes'],
    ['prepare the Friday meeting', undefined, 'prepare the Friday meeting'],
    ["prepare for Monday's meeting", undefined, "prepare for Monday's meeting"],
    ['order boxes by 2026-02-31', undefined, 'order boxes by 2026-02-31'],
    ['order boxes by February 31', undefined, 'order boxes by February 31'],
    ['order 21 boxes', undefined, 'order 21 boxes'],
  ] as const) {
    it(`"${text}" is ${due ?? 'no date'}`, () => {
      expect(dueIn(text, saturday)).to.deep.equal(due ? { due, rest } : { rest });
    });
  }

  it('is the Friday after on a Friday, and the next week’s when "next" on a Monday', () => {
    expect(dueIn('x by Friday', '2026-11-27').due).to.equal('2026-12-04');
    expect(dueIn('x by next Friday', '2026-11-23').due).to.equal('2026-12-04');
  });

  it('needs to know today for anything but a whole date', () => {
    expect(dueIn('x by Friday', undefined)).to.deep.equal({ rest: 'x by Friday' });
    expect(dueIn('x by 2026-12-24', undefined).due).to.equal('2026-12-24');
  });

  it('never lies in the past and is within a week for a weekday', () => {
    const days = fc
      .integer({ min: 0, max: 4000 })
      .map((n) => new Date(Date.UTC(2026, 0, 1) + n * 86_400_000).toISOString().slice(0, 10));
    const named = fc.constantFrom(
      'monday',
      'wednesday',
      'Sunday',
      'tomorrow',
      'end of the week',
      'the 31st',
      'in a week',
      'end of month',
    );
    fc.assert(
      fc.property(days, named, (today, word) => {
        const due = dueIn(`order boxes by ${word}`, today).due ?? '';
        expect(due >= today, `${word} on ${today} is ${due}`).to.equal(true);
        if (/day$/i.test(word)) expect(Date.parse(due) - Date.parse(today)).to.be.within(86_400_000, 7 * 86_400_000);
      }),
    );
  });
});
