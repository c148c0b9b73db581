import { expect } from 'chai';
import fc from 'fast-check';
import { addDays, instantOf, isoWeek, isTimeZone, localDay, wallClock } from '../../src/pods/local-time.ts';
import { ZONES } from './zones.ts';

const at = (text: string) => Date.parse(text);

describe('local time', () => {
  it('shows what a clock in the zone shows', () => {
    const moment = at('2026-11-21T08:05:59Z');
    expect(wallClock('Europe/Berlin')(moment)).to.equal('2026-11-21T09:05');
    expect(wallClock('Asia/Kolkata')(moment)).to.equal('2026-11-21T13:35');
    expect(wallClock('America/Los_Angeles')(at('2026-11-21T08:00:00Z'))).to.equal('2026-11-21T00:00');
    expect(localDay('Pacific/Auckland', at('2026-11-21T12:00:00Z'))).to.equal('2026-11-22');
    expect(localDay('UTC', moment, 10)).to.equal('2026-12-01');
  });

  it('finds the instant of a date and time', () => {
    expect(instantOf(wallClock('Europe/Berlin'), '2026-11-21', '09:00')).to.equal(at('2026-11-21T08:00:00Z'));
    expect(instantOf(wallClock('Europe/Berlin'), '2026-07-01', '09:00')).to.equal(at('2026-07-01T07:00:00Z'));
  });

  it('takes the first time after a gap, and the first of two', () => {
    const berlin = wallClock('Europe/Berlin');
    // On 2026-03-29 the hour from 02:00 is skipped; on 2026-10-25 it comes twice.
    expect(instantOf(berlin, '2026-03-29', '02:30')).to.equal(at('2026-03-29T01:00:00Z'));
    expect(instantOf(berlin, '2026-10-25', '02:30')).to.equal(at('2026-10-25T00:30:00Z'));
    expect(instantOf(berlin, '2026-10-25', '03:00')).to.equal(at('2026-10-25T02:00:00Z'));
  });

  it('has no instant on a date that a zone left out', () => {
    // Samoa crossed the date line: there was no 30 December 2011.
    expect(instantOf(wallClock('Pacific/Apia'), '2011-12-30', '09:00')).to.equal(undefined);
    expect(instantOf(wallClock('Pacific/Apia'), '2011-12-31', '09:00')).to.equal(at('2011-12-30T19:00:00Z'));
  });

  it('finds for every date and time the first instant that shows it, or the end of the gap', () => {
    const minute = fc.record({ hour: fc.integer({ min: 0, max: 23 }), minute: fc.integer({ min: 0, max: 59 }) });
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), fc.integer({ min: 0, max: 3 * 365 }), minute, (zone, ahead, clock) => {
        const wall = wallClock(zone);
        const date = addDays('2025-01-01', ahead);
        const time = `${String(clock.hour).padStart(2, '0')}:${String(clock.minute).padStart(2, '0')}`;
        const found = instantOf(wall, date, time);
        if (found === undefined) throw new Error(`${zone} ${date} ${time} has no instant`);
        expect(wall(found) >= `${date}T${time}`, 'not before').to.equal(true);
        expect(wall(found).slice(0, 10), 'the same date').to.equal(date);
        expect(wall(found - 60_000) < `${date}T${time}`, 'the first').to.equal(true);
      }),
      { numRuns: 400 },
    );
  });

  it('counts weeks from Monday, the first of a year with its first Thursday (ISO 8601)', () => {
    for (const [date, week] of [
      ['2026-12-07', '2026-W50'],
      ['2026-12-13', '2026-W50'],
      ['2024-12-30', '2025-W01'],
      ['2026-01-01', '2026-W01'],
      ['2027-01-03', '2026-W53'],
      ['2027-01-04', '2027-W01'],
      ['2023-01-01', '2022-W52'],
    ])
      expect(isoWeek(date ?? ''), date).to.equal(week);
  });

  it('knows zones by name, and no offsets', () => {
    expect(['Europe/Berlin', 'UTC', 'America/Argentina/Ushuaia'].every(isTimeZone)).to.equal(true);
    expect(['', 'Berlin', 'Europe/Atlantis', '+02:00', 'GMT+25'].some(isTimeZone)).to.equal(false);
  });
});
