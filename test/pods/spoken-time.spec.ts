import { expect } from 'chai';
import { wallClock } from '../../src/pods/local-time.ts';
import { comingTime } from '../../src/pods/spoken-time.ts';

const wall = wallClock('Europe/Berlin');
/** A Monday, 13:20 in Berlin. */
const AT = Date.parse('2026-11-30T12:20Z');

const read = (words: string, at = AT) => {
  const found = comingTime(words, { at, wall, from: '08:30' });
  return found && `${wall(found.at)}${found.exact ? ' sharp' : ''}`;
};

describe('a coming time in words', () => {
  it('is read in the person’s zone, and is sharp only if the words name an hour', () => {
    const times = {
      'in an hour': '2026-11-30T14:20 sharp',
      'in half an hour': '2026-11-30T13:50 sharp',
      'In 90 minutes.': '2026-11-30T14:50 sharp',
      'in two hours': '2026-11-30T15:20 sharp',
      '3pm': '2026-11-30T15:00 sharp',
      'at 15:30': '2026-11-30T15:30 sharp',
      '12 am': '2026-12-01T00:00 sharp',
      'this afternoon': '2026-11-30T15:00',
      'later today': '2026-11-30T15:00',
      tonight: '2026-11-30T18:00',
      tomorrow: '2026-12-01T08:30',
      'tomorrow 9am': '2026-12-01T09:00 sharp',
      'tomorrow afternoon': '2026-12-01T15:00',
      'on Wednesday': '2026-12-02T08:30',
      'wed at 9:15': '2026-12-02T09:15 sharp',
      'friday in the morning': '2026-12-04T09:00',
      'next week': undefined,
      'in a week': '2026-12-07T08:30',
      '24 December': '2026-12-24T08:30',
      '2026-12-24, 10:00': '2026-12-24T10:00 sharp',
      '2026-11-03': '2026-11-03T08:30',
    };
    for (const [words, time] of Object.entries(times)) expect(read(words), words).to.equal(time);
  });

  it('is the next one: an hour that is over is tomorrow’s, today’s weekday next week’s', () => {
    expect(read('9:00')).to.equal('2026-12-01T09:00 sharp');
    expect(read('Monday')).to.equal('2026-12-07T08:30');
    expect(read('Monday 9:15')).to.equal('2026-12-07T09:15 sharp');
    expect(read('Monday 15:00')).to.equal('2026-11-30T15:00 sharp');
    expect(read('this afternoon', Date.parse('2026-11-30T14:30Z'))).to.equal('2026-11-30T17:00');
  });

  it('is none for words that may be two, or that name none', () => {
    for (const words of ['', 'blue', '3', 'monday 3', '25:00', '13pm', '9:75', 'soon', 'in blue hours', '31 November'])
      expect(read(words), words).to.equal(undefined);
  });

  it('follows the clocks when they change', () => {
    // On 28 March 2027 the clocks of Berlin go from 2:00 to 3:00.
    expect(read('2027-03-28 2:30')).to.equal('2027-03-28T03:00 sharp');
  });
});
