import { expect } from 'chai';
import fc from 'fast-check';
import { addDays, localDay, wallClock } from '../../../src/pods/local-time.ts';
import { dueNext, dueNow, type Schedule, scheduleOf } from '../../../src/pods/subscriptions/times.ts';
import { ZONES } from '../zones.ts';

const at = (text: string) => Date.parse(text);
const DAY_MS = 86_400_000;
const schedule = (more: Partial<Schedule> = {}): Schedule => ({
  ...{ time: '09:00', timeZone: 'Europe/Berlin', lastDay: '', since: 0 },
  ...more,
});
const berlin = wallClock('Europe/Berlin');

describe('when a digest is due', () => {
  it('is from its time on, once for the date', () => {
    expect(dueNow(schedule({ since: at('2026-11-21T00:00:00Z') }), berlin, at('2026-11-21T07:59:59Z'))).to.equal(
      undefined,
    );
    const due = { day: '2026-11-21', at: at('2026-11-21T08:00:00Z') };
    expect(dueNow(schedule(), berlin, at('2026-11-21T08:00:00Z'))).to.deep.equal(due);
    expect(dueNow(schedule({ lastDay: '2026-11-21' }), berlin, at('2026-11-21T12:00:00Z'))).to.equal(undefined);
  });

  it('is one for all the days that were missed, the newest', () => {
    const missed = dueNow(schedule({ lastDay: '2026-11-17' }), berlin, at('2026-11-21T06:00:00Z'));
    expect(missed?.day).to.equal('2026-11-20');
  });

  it('comes again when the clock has been set back by more than travel moves a date', () => {
    const now = at('2026-11-21T08:00:00Z');
    expect(dueNow(schedule({ lastDay: '2030-03-13' }), berlin, now)?.day).to.equal('2026-11-21');
    expect(dueNext(schedule({ lastDay: '2030-03-13' }), berlin, now).day).to.equal('2026-11-22');
    expect(dueNow(schedule({ lastDay: '2026-11-25' }), berlin, now)).to.equal(undefined);
    expect(dueNext(schedule({ lastDay: '2026-11-25' }), berlin, now).day).to.equal('2026-11-26');
  });

  it('is none for a time before the person came, or set something else', () => {
    const since = at('2026-11-21T09:30:00Z');
    expect(dueNow(schedule({ since }), berlin, at('2026-11-21T10:00:00Z'))).to.equal(undefined);
    expect(dueNext(schedule({ since }), berlin, at('2026-11-21T10:00:00Z')).day).to.equal('2026-11-22');
  });

  it('goes by what the person set, then by their own zone, then by UTC', () => {
    const set = { time: '07:15', changedAt: 5, lastDay: '2026-11-20' };
    expect(scheduleOf({ since: 3, timeZone: 'Asia/Tokyo' }, { ...set, timeZone: 'Europe/Paris' })).to.deep.equal({
      ...{ time: '07:15', timeZone: 'Europe/Paris', lastDay: '2026-11-20', since: 5 },
    });
    expect(scheduleOf({ since: 3, timeZone: 'Asia/Tokyo' }, undefined)).to.deep.equal({
      ...{ time: '09:00', timeZone: 'Asia/Tokyo', lastDay: '', since: 3 },
    });
    expect(scheduleOf({ since: 3, timeZone: 'Mars/Olympus' }, undefined).timeZone).to.equal('UTC');
  });

  const zone = fc.constantFrom(...ZONES);
  const time = fc
    .record({ hour: fc.integer({ min: 0, max: 23 }), minute: fc.constantFrom('00', '15', '30', '45') })
    .map(({ hour, minute }) => `${String(hour).padStart(2, '0')}:${minute}`);

  it('comes exactly once on every local date, however seldom somebody looks', () => {
    const looks = fc.array(fc.integer({ min: 1, max: 20 * 60 }), { minLength: 40, maxLength: 120 });
    fc.assert(
      fc.property(zone, time, fc.integer({ min: 0, max: 365 }), looks, (timeZone, time, day, pauses) => {
        const wall = wallClock(timeZone);
        const given: string[] = [];
        let now = Date.UTC(2026, 0, 1) + day * DAY_MS;
        const since = now;
        for (const pause of pauses) {
          now += pause * 60_000;
          const due = dueNow({ time, timeZone, since, lastDay: given.at(-1) ?? '' }, wall, now);
          if (due) given.push(due.day);
        }
        expect(new Set(given).size, 'no date twice').to.equal(given.length);
        expect([...given].sort(), 'in order').to.deep.equal(given);
        for (const [n, one] of given.entries())
          expect(one).to.equal(
            n ? addDays(given[n - 1] ?? '', 1) : dueNext({ time, timeZone, since, lastDay: '' }, wall, since).day,
          );
      }),
      { numRuns: 150 },
    );
  });

  it('never comes twice on one date, wherever the person travels and whatever time they set', () => {
    const step = fc.record({ zone, time, pause: fc.integer({ min: 1, max: 600 }), moves: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { minLength: 20, maxLength: 80 }), (steps) => {
        let [now, lastDay, since, here, set] = [Date.UTC(2026, 2, 1), '', 0, 'UTC', '09:00'];
        const given: string[] = [];
        for (const { zone, time, pause, moves } of steps) {
          now += pause * 60_000;
          if (moves) [here, set, since] = [zone, time, now];
          const due = dueNow({ time: set, timeZone: here, lastDay, since }, wallClock(here), now);
          if (!due) continue;
          given.push(due.day);
          lastDay = due.day;
        }
        expect(new Set(given).size).to.equal(given.length);
      }),
      { numRuns: 150 },
    );
  });

  it('says of the next one what then comes true', () => {
    fc.assert(
      fc.property(zone, time, fc.integer({ min: 0, max: 365 * 24 * 60 }), (timeZone, time, minutes) => {
        const now = Date.UTC(2026, 0, 1) + minutes * 60_000;
        const wall = wallClock(timeZone);
        const today = { time, timeZone, lastDay: localDay(timeZone, now), since: now };
        const next = dueNext(today, wall, now);
        expect(next.day > today.lastDay).to.equal(true);
        expect(dueNow(today, wall, next.at - 60_000)).to.equal(undefined);
        expect(dueNow(today, wall, next.at)).to.deep.equal(next);
      }),
      { numRuns: 200 },
    );
  });
});
