// Needed by: counted in the hours of the person asked.
import { expect } from 'chai';
import { hoursOf } from '../../../src/pods/preferences/preference.ts';
import {
  type AskedHours,
  afterHours,
  afterWorkingDay,
  HOUR_MS,
  neededAt,
  neededByAll,
  reminderAt,
} from '../../../src/pods/questions/due/needed-by.ts';

const berlin = hoursOf({ timeZone: 'Europe/Berlin' }, undefined);
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

  it('counts the hours that a person has set: their days, their time, over midnight too', () => {
    const mornings: AskedHours = { ...berlin, from: '06:00', until: '10:00', days: [1, 6] };
    expect(neededAt('6h', friday('10:00'), mornings)).to.equal(monday('08:00'));
    expect(neededAt('2026-11-30', friday('10:00'), mornings)).to.equal(monday('10:00'));
    const nights: AskedHours = { ...berlin, from: '22:00', until: '02:00', days: [1, 2, 3, 4, 5, 6, 7] };
    expect(afterHours(friday('01:00'), 2 * HOUR_MS, nights)).to.equal(friday('23:00'));
    expect(neededAt('2026-11-30', friday('10:00'), nights)).to.equal(Date.parse('2026-12-01T02:00+01:00'));
    expect(afterWorkingDay(friday('08:00'), nights)).to.equal(Date.parse('2026-11-28T02:00+01:00'));
    expect(afterWorkingDay(friday('08:00'), berlin)).to.equal(friday('19:00'));
  });

  it('means the end of a day that is not worked too', () => {
    expect(neededAt('2026-11-28', friday('10:00'), berlin)).to.equal(Date.parse('2026-11-28T19:00+01:00'));
  });

  it('counts from when a person is back who is away', () => {
    const away: AskedHours = { ...berlin, since: Date.parse('2026-12-02T00:00+01:00') };
    expect(neededAt('4h', friday('10:00'), away)).to.equal(Date.parse('2026-12-02T12:00+01:00'));
  });

  describe('for several people', () => {
    const york = hoursOf({ timeZone: 'America/New_York' }, undefined);
    const away: AskedHours = { ...berlin, since: Date.parse('2026-12-21T00:00+01:00') };
    const by = (hours: AskedHours[], needed: number) => neededByAll('4h', friday('10:00'), { hours, needed });

    it('is the latest of all, so that each has the time', () => {
      expect(by([berlin, york], 1)).to.equal(friday('18:00'));
      expect(by([york, berlin], 2)).to.equal(friday('18:00'));
    });

    it('does not wait for those who are away while enough others are there', () => {
      expect(by([berlin, away], 1)).to.equal(friday('14:00'));
      expect(by([berlin, away], 2)).to.equal(Date.parse('2026-12-21T12:00+01:00'));
      expect(by([away], 1)).to.equal(Date.parse('2026-12-21T12:00+01:00'));
    });
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
