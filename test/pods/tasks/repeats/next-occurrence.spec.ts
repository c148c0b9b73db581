// When a repeat comes, over the nights on which the clocks change.
import { expect } from 'chai';
import fc from 'fast-check';
import { wallClock } from '../../../../src/pods/local-time.ts';
import { lastOccurrence, nextOccurrence } from '../../../../src/pods/tasks/repeats/next-occurrence.ts';
import type { Rule, Weekday } from '../../../../src/pods/tasks/repeats/rule.ts';
import { weekday } from '../../../../src/pods/telling/hours.ts';
import { ZONES } from '../../zones.ts';

const EVERY: Weekday[] = [1, 2, 3, 4, 5, 6, 7];
const iso = (at: number) => new Date(at).toISOString().slice(0, 16);
const daily = (timeZone: string, time: string): Rule => ({
  ...{ timeZone, time },
  days: { kind: 'weekly', days: EVERY, weeks: 1, from: '2026-01-01' },
});
const weekly = (days: Weekday[], weeks = 1, from = '2026-11-02'): Rule => ({
  ...{ timeZone: 'Europe/Berlin', time: '09:00' },
  days: { kind: 'weekly', days, weeks, from },
});
const monthly = (day: number, time = '09:00'): Rule => ({
  ...{ timeZone: 'Europe/Berlin', time },
  days: { kind: 'monthly', day },
});

/** Returns the next occurrences, in UTC. */
function several(rule: Rule, from: string, count: number): string[] {
  const all: string[] = [];
  for (let at = Date.parse(`${from}Z`); all.length < count; ) {
    at = nextOccurrence(rule, at).at;
    all.push(iso(at));
  }
  return all;
}

describe('the next occurrence of a repeat', () => {
  for (const [zone, night, time, instants] of [
    ['Europe/Berlin', 'skips 02:00 to 03:00', '02:30', ['2026-03-28T01:30', '2026-03-29T01:00', '2026-03-30T00:30']],
    [
      'Europe/Berlin',
      'has 02:00 to 03:00 twice',
      '02:30',
      ['2026-10-24T00:30', '2026-10-25T00:30', '2026-10-26T01:30'],
    ],
    ['Europe/Berlin', 'changes before', '09:00', ['2026-03-28T08:00', '2026-03-29T07:00', '2026-03-30T07:00']],
    ['America/New_York', 'skips 02:00 to 03:00', '02:00', ['2026-03-07T07:00', '2026-03-08T07:00', '2026-03-09T06:00']],
    [
      'America/New_York',
      'has 01:00 to 02:00 twice',
      '01:15',
      ['2026-10-31T05:15', '2026-11-01T05:15', '2026-11-02T06:15'],
    ],
    [
      'Australia/Lord_Howe',
      'skips half an hour',
      '02:10',
      ['2026-10-02T15:40', '2026-10-03T15:30', '2026-10-04T15:10'],
    ],
    [
      'Australia/Lord_Howe',
      'has half an hour twice',
      '01:40',
      ['2026-04-03T14:40', '2026-04-04T14:40', '2026-04-05T15:10'],
    ],
    [
      'Africa/Cairo',
      'skips the hour after midnight',
      '00:20',
      ['2026-04-22T22:20', '2026-04-23T22:00', '2026-04-24T21:20'],
    ],
    [
      'Africa/Cairo',
      'has the hour before midnight twice',
      '23:30',
      ['2026-10-28T20:30', '2026-10-29T20:30', '2026-10-30T21:30'],
    ],
    [
      'America/Scoresbysund',
      'skips the rest of the day',
      '23:30',
      ['2026-03-28T01:30', '2026-03-29T01:00', '2026-03-30T00:30'],
    ],
    ['Pacific/Auckland', 'skips 02:00 to 03:00', '02:30', ['2026-09-25T14:30', '2026-09-26T14:00', '2026-09-27T13:30']],
    ['Asia/Kolkata', 'never changes', '09:00', ['2026-03-28T03:30', '2026-03-29T03:30', '2026-03-30T03:30']],
  ] as const)
    it(`in ${zone}, which ${night} for ${time}, is once on each day`, () => {
      const start = iso(Date.parse(`${instants[0]}Z`) - 60_000);
      expect(several(daily(zone, time), start, 3)).to.deep.equal(instants);
    });

  it('is after the instant, never at it', () => {
    expect(several(weekly([1]), '2026-11-30T08:00', 1)).to.deep.equal(['2026-12-07T08:00']);
    expect(several(weekly([1]), '2026-11-30T07:59', 1)).to.deep.equal(['2026-11-30T08:00']);
  });

  it('is on the weekdays of the rule, and of every second week from that of its first day', () => {
    expect(several(weekly([1, 4]), '2026-11-30T12:00', 3)).to.deep.equal([
      '2026-12-03T08:00',
      '2026-12-07T08:00',
      '2026-12-10T08:00',
    ]);
    // 2026-12-03 is a Thursday: the Monday of its week is over, and the week after is left out.
    expect(several(weekly([1], 2, '2026-12-03'), '2026-12-03T12:00', 2)).to.deep.equal([
      '2026-12-14T08:00',
      '2026-12-28T08:00',
    ]);
  });

  it('is on the last day of a month that has no such day', () => {
    expect(several(monthly(31), '2027-01-15T00:00', 4)).to.deep.equal([
      ...['2027-01-31T08:00', '2027-02-28T08:00', '2027-03-31T07:00', '2027-04-30T07:00'],
    ]);
    expect(several(monthly(30), '2028-02-01T00:00', 1)).to.deep.equal(['2028-02-29T08:00']);
    expect(several(monthly(1), '2026-12-01T08:00', 1)).to.deep.equal(['2027-01-01T08:00']);
  });

  it('comes right after a day that a zone left out', () => {
    // Samoa crossed the date line: there was no 30 December 2011, a Friday.
    const friday: Rule = {
      timeZone: 'Pacific/Apia',
      time: '09:00',
      days: { kind: 'weekly', days: [5], weeks: 1, from: '2011-12-01' },
    };
    expect(several(friday, '2011-12-25T00:00', 2)).to.deep.equal(['2011-12-30T10:00', '2012-01-05T19:00']);
  });

  it('is once on each of its days, in order, at its hour or right after a gap, in every zone', () => {
    const day = fc.integer({ min: 0, max: 3 * 365 });
    const days = fc.uniqueArray(fc.constantFrom(...EVERY), { minLength: 1 });
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        day,
        fc.integer({ min: 0, max: 1439 }),
        days,
        (timeZone, ahead, minute, on) => {
          const time = `${`${Math.floor(minute / 60)}`.padStart(2, '0')}:${`${minute % 60}`.padStart(2, '0')}`;
          const rule: Rule = { timeZone, time, days: { kind: 'weekly', days: on, weeks: 1, from: '2025-01-01' } };
          const after = Date.UTC(2025, 0, 1) + ahead * 86_400_000;
          const next = nextOccurrence(rule, after);
          const shown = wallClock(timeZone)(next.at);
          expect(next.at).to.be.greaterThan(after);
          expect(on).to.include(weekday(next.day));
          expect(shown >= `${next.day}T${time}`, 'not before its hour').to.equal(true);
          expect(wallClock(timeZone)(next.at - 60_000) < `${next.day}T${time}`, 'the first such minute').to.equal(true);
          const second = nextOccurrence(rule, next.at);
          expect(second.day > next.day, 'another day').to.equal(true);
          expect(lastOccurrence(rule, second.at - 1, 0)).to.deep.equal(next);
          expect(lastOccurrence(rule, second.at, 0)).to.deep.equal(second);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('the last occurrence of a repeat', () => {
  it('is the newest of those that were missed, and none from before', () => {
    const at = (time: string) => Date.parse(`${time}Z`);
    expect(
      lastOccurrence(daily('Europe/Berlin', '09:00'), at('2026-12-10T12:00'), at('2026-12-03T08:00')),
    ).to.deep.equal({ day: '2026-12-10', at: at('2026-12-10T08:00') });
    expect(lastOccurrence(weekly([1]), at('2026-12-10T12:00'), at('2026-12-08T00:00'))).to.equal(undefined);
  });
});
