// Needed by: counted in the hours of the person asked.
import { expect } from 'chai';
import { afterHours, HOUR_MS, neededAt, OFFICE, reminderAt } from '../../../src/pods/questions/needed-by.ts';

const berlin = { ...OFFICE, zone: 'Europe/Berlin' };
/** A Friday. */
const friday = (time: string) => Date.parse(`2026-11-27T${time}:00+01:00`);
const monday = (time: string) => Date.parse(`2026-11-30T${time}:00+01:00`);

describe('needed by', () => {
  it('counts hours of work, over the night and the weekend', () => {
    expect(afterHours(friday('10:00'), 2 * HOUR_MS, berlin)).to.equal(friday('12:00'));
    expect(afterHours(friday('18:00'), 4 * HOUR_MS, berlin)).to.equal(monday('11:00'));
    expect(afterHours(friday('23:00'), HOUR_MS, berlin)).to.equal(monday('09:00'));
  });

  it('means a day until the end of its hours, and a time in the zone of the person asked', () => {
    expect(neededAt('2026-11-30', friday('10:00'), berlin)).to.equal(monday('19:00'));
    expect(neededAt('2026-11-30T15:00', friday('10:00'), berlin)).to.equal(monday('15:00'));
    expect(neededAt('4h', friday('18:00'), berlin)).to.equal(monday('11:00'));
  });

  it('never ends before the person had an hour of their own time', () => {
    expect(neededAt('2026-11-28T03:00', friday('20:00'), berlin)).to.equal(monday('09:00'));
  });

  it('is nothing for a day that is over or that there is not', () => {
    expect(neededAt('2026-11-26', friday('10:00'), berlin)).to.equal(undefined);
    expect(neededAt('2026-02-30', friday('10:00'), berlin)).to.equal(undefined);
  });

  it('ends after more than a year for somebody who has no hours', () => {
    expect(afterHours(friday('10:00'), HOUR_MS, { ...berlin, days: [] })).to.be.greaterThan(friday('10:00'));
  });

  it('reminds in the middle of it, within their hours, and after a working day without it', () => {
    const by = monday('19:00');
    const at = reminderAt(friday('08:00'), by, berlin);
    expect(at).to.be.greaterThan(friday('19:00')).and.lessThan(by);
    expect(reminderAt(friday('10:00'), undefined, berlin)).to.equal(monday('10:00'));
  });
});
