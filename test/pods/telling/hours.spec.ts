// When Skein may write to a person unasked: in their hours, whatever clocks and zones do.
import { expect } from 'chai';
import fc from 'fast-check';
import { wallClock } from '../../../src/pods/local-time.ts';
import { DEFAULT_HOURS, type Hours, withinHours } from '../../../src/pods/telling/hours.ts';
import { tellNow } from '../../../src/pods/telling/tell-now.ts';
import { ZONES } from '../zones.ts';

const MINUTE = 60_000;
const time = fc.integer({ min: 0, max: 95 }).map((quarter) => {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${two(Math.floor(quarter / 4))}:${two((quarter % 4) * 15)}`;
});
const hoursAny: fc.Arbitrary<Hours> = fc.record({
  from: time,
  until: time,
  days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 }),
});
const instant = fc.integer({ min: Date.UTC(2008, 0, 1) / MINUTE, max: Date.UTC(2030, 0, 1) / MINUTE });
const zone = fc.constantFrom(...ZONES);

/** By the local clock alone: may be written to in the minute of this instant. */
function allowed(wall: (at: number) => string, at: number, { from, until, days }: Hours): boolean {
  const [day = '', now = ''] = wall(at).split('T');
  const on = (date: number) => days.includes(new Date(date).getUTCDay() || 7);
  const today = Date.parse(`${day}T00:00Z`);
  if (until > from) return on(today) && now >= from && now < until;
  return (on(today) && now >= from) || (on(today - 86_400_000) && now < until);
}

/** The clocks change within a day of it, so that the local time alone does not decide. */
function nearChange(wall: (at: number) => string, at: number): boolean {
  const offset = (when: number) => Date.parse(`${wall(when)}Z`) - when;
  return [-24, -12, 12, 24].some((hours) => offset(at + hours * 3_600_000) !== offset(at));
}

describe('the hours of a person', () => {
  it('are never left: no instant given lies outside them, in any zone', () => {
    fc.assert(
      fc.property(instant, hoursAny, zone, (minute, hours, timeZone) => {
        const wall = wallClock(timeZone);
        const then = withinHours(minute * MINUTE, hours, timeZone);
        expect(then).to.be.at.least(minute * MINUTE);
        // In a time that comes twice, the hours go on from their first beginning to their first end.
        if (!nearChange(wall, then)) expect(allowed(wall, then, hours), wall(then)).to.equal(true);
      }),
      { numRuns: 1500 },
    );
  });

  it('begin no later than the next ones do: no minute before the instant given was allowed', () => {
    fc.assert(
      fc.property(instant, hoursAny, zone, (minute, hours, timeZone) => {
        const wall = wallClock(timeZone);
        const at = minute * MINUTE;
        const then = withinHours(at, hours, timeZone);
        expect(then - at, 'a week, and a day that a zone skipped').to.be.below(15 * 86_400_000);
        // Every quarter of an hour is a place where hours may begin.
        for (let before = then - 15 * MINUTE; before >= at; before -= 15 * MINUTE * 7)
          if (!nearChange(wall, before)) expect(allowed(wall, before, hours), wall(before)).to.equal(false);
      }),
      { numRuns: 300 },
    );
  });

  it('are found again from where they begin, and are the same asked from any earlier minute', () => {
    fc.assert(
      fc.property(
        instant,
        hoursAny,
        zone,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (minute, hours, timeZone, part) => {
          const at = minute * MINUTE;
          const then = withinHours(at, hours, timeZone);
          expect(withinHours(then, hours, timeZone)).to.equal(then);
          const between = at + Math.floor(((then - at) / MINUTE) * part) * MINUTE;
          expect(withinHours(between, hours, timeZone)).to.equal(then);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('begin right after a skipped hour, and at the first of a doubled one', () => {
    const every = { days: [1, 2, 3, 4, 5, 6, 7] };
    // Berlin skips 02:00 to 03:00 on 29 March 2026, and has 02:00 to 03:00 twice on 25 October.
    const spring = withinHours(
      Date.UTC(2026, 2, 29, 0, 0),
      { ...every, from: '02:30', until: '09:00' },
      'Europe/Berlin',
    );
    expect(new Date(spring).toISOString()).to.equal('2026-03-29T01:00:00.000Z');
    const autumn = { ...every, from: '02:30', until: '09:00' };
    expect(withinHours(Date.UTC(2026, 9, 25, 0, 0), autumn, 'Europe/Berlin')).to.equal(Date.UTC(2026, 9, 25, 0, 30));
    const inside = Date.UTC(2026, 9, 25, 1, 10);
    expect(withinHours(inside, autumn, 'Europe/Berlin'), 'the second 02:10 is inside').to.equal(inside);
    const late = { ...every, from: '22:00', until: '02:30' };
    const second = withinHours(inside, late, 'Europe/Berlin');
    expect(second, 'they ended at the first 02:30').to.equal(Date.UTC(2026, 9, 25, 21, 0));
  });

  it('may go on past midnight, and belong to the day on which they begin', () => {
    const nights: Hours = { from: '22:00', until: '06:00', days: [5] };
    const saturday = Date.UTC(2026, 10, 7, 5, 0);
    expect(withinHours(saturday, nights)).to.equal(saturday);
    expect(withinHours(Date.UTC(2026, 10, 7, 6, 0), nights)).to.equal(Date.UTC(2026, 10, 13, 22, 0));
    const always: Hours = { from: '00:00', until: '00:00', days: [6, 7] };
    expect(withinHours(Date.UTC(2026, 10, 8, 23, 59), always)).to.equal(Date.UTC(2026, 10, 8, 23, 59));
  });

  it('are those of UTC where a zone is not known', () => {
    expect(withinHours(Date.UTC(2026, 10, 2, 3, 0), DEFAULT_HOURS, 'Mars/Base')).to.equal(Date.UTC(2026, 10, 2, 8, 0));
  });
});

describe('what is told now', () => {
  const hours = { ...DEFAULT_HOURS, timeZone: 'America/New_York' };
  // Monday, 08:00 in New York.
  const open = Date.UTC(2026, 10, 2, 13, 0);
  const night = open - 6 * 3_600_000;
  const day = { day: '2026-11-02', sent: 0 };
  const ids = (items: readonly { id: string }[]) => items.map(({ id }) => id);

  it('waits for their hours, but for what is needed before these begin', () => {
    const items = [{ id: 'a' }, { id: 'b', neededBy: open - MINUTE }, { id: 'c', neededBy: open + MINUTE }];
    const choice = tellNow(items, { at: night, hours, timing: day });
    expect(ids(choice.now)).to.deep.equal(['b']);
    expect(choice.again).to.equal(open);
  });

  it('keeps the number of their own day, which what is needed within the hour does not count for', () => {
    const full = { day: '2026-11-02', sent: 4 };
    // 20:00 UTC is 15:00 in New York; the same local day.
    const at = Date.UTC(2026, 10, 2, 20, 0);
    const later = tellNow([{ id: 'a' }, { id: 'b', neededBy: at + 3 * 3_600_000 }], { at, hours, timing: full });
    expect(later.now).to.deep.equal([]);
    expect(later.again, 'an hour before it is needed').to.equal(at + 2 * 3_600_000);
    const soon = tellNow([{ id: 'a' }, { id: 'b', neededBy: at + 3_600_000 }], { at, hours, timing: full });
    expect(ids(soon.now)).to.deep.equal(['a', 'b']);
    expect(soon.uncounted).to.equal(true);
    const nextMorning = tellNow([{ id: 'a' }], { at, hours, timing: full });
    expect(nextMorning.again).to.equal(Date.UTC(2026, 10, 3, 13, 0));
    const tokyo = { ...DEFAULT_HOURS, timeZone: 'Asia/Tokyo' };
    const inTokyo = tellNow([{ id: 'a' }], { at: Date.UTC(2026, 10, 3, 0, 0), hours: tokyo, timing: full });
    expect(ids(inTokyo.now), 'there it is another day already').to.deep.equal(['a']);
  });

  it('is told of what joins other items with these alone, and no time is set for it', () => {
    const joining = { id: 'j', joins: true as const };
    const when = { at: open, hours, timing: day };
    expect(tellNow([joining], when)).to.deep.equal({ now: [], uncounted: false });
    expect(tellNow([joining, { id: 'a' }], when).now).to.deep.equal([joining, { id: 'a' }]);
  });

  it('beyond the number waits for the digest of somebody who gets one', () => {
    const at = Date.UTC(2026, 10, 2, 20, 0);
    const digestAt = Date.UTC(2026, 10, 3, 14, 15);
    const choice = tellNow([{ id: 'a' }], { at, hours, timing: { day: '2026-11-02', sent: 4 }, digestAt });
    expect(choice.again).to.equal(digestAt);
  });

  it('is never told outside their hours, nor later than it is needed or their next hour, in any zone', () => {
    const item = fc.option(fc.integer({ min: -60, max: 60 * 48 }), { nil: undefined });
    fc.assert(
      fc.property(
        instant,
        hoursAny,
        zone,
        fc.array(item, { minLength: 1, maxLength: 5 }),
        (minute, own, timeZone, all) => {
          const at = minute * MINUTE;
          const items = all.map((n, id) => ({
            id: String(id),
            ...(n === undefined ? {} : { neededBy: at + n * MINUTE }),
          }));
          const choice = tellNow(items, { at, hours: { ...own, timeZone }, timing: { day: '', sent: 0 } });
          const begins = withinHours(at, own, timeZone);
          for (const { id, neededBy } of items) {
            const now = choice.now.some((one) => one.id === id);
            expect(now, 'told now').to.equal(begins === at || (neededBy !== undefined && neededBy <= begins));
            if (!now) expect(choice.again).to.equal(begins);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});
