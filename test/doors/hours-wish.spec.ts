// Hours and absences as people write them, and as they are answered.
import { expect } from 'chai';
import { awayAnswer, hoursAnswer, hoursWishOf } from '../../src/doors/hours-wish.ts';
import { texts } from '../texts/words.ts';

const written = (words: string) => `/skein ${words}`;
const MONDAY = '2026-11-30';
const wish = (text: string) => hoursWishOf(text.split(' ').filter(Boolean), written, MONDAY);
const set = (input: object) => ({ action: 'set_hours', input });
const away = (input: object) => ({ action: 'set_away', input });

describe('hours and absences in words', () => {
  it('are understood however people write them', () => {
    const span = { from: '09:00', until: '17:00' };
    for (const text of ['9-17', '9-5', '9am-5pm', '09:00 - 17:00', '9 to 17', '9.00–17.00'])
      expect(wish(`hours ${text}`), text).to.deep.equal(set(span));
    const days = ['Mon', 'Tue', 'Wed', 'Thu'];
    for (const text of ['Mon-Thu', 'mon to thu', 'Monday–Thursday', 'Mon, Tue, Wed and Thu'])
      expect(wish(`hours 9-17 ${text}`), text).to.deep.equal(set({ ...span, days }));
    expect(wish('hours 22-6 Sat-Mon')).to.deep.equal(
      set({ from: '22:00', until: '06:00', days: ['Mon', 'Sat', 'Sun'] }),
    );
    expect(wish('hours 0-24 daily zone Europe/Berlin')).to.deep.equal(
      set({
        ...{ from: '00:00', until: '24:00', time_zone: 'Europe/Berlin' },
        days: [...days, 'Fri', 'Sat', 'Sun'],
      }),
    );
    expect(wish('hours zone mine')).to.deep.equal(set({ time_zone: null }));
    expect(wish('hours zone America/Port-au-Prince')).to.deep.equal(set({ time_zone: 'America/Port-au-Prince' }));
    for (const text of ['at most 2 a day', 'most 2 per day', '2 a day', '2 messages a day', '2/day'])
      expect(wish(`hours ${text}`), text).to.deep.equal(set({ most: 2 }));
    expect(wish('hours no messages a day')).to.deep.equal(set({ most: 0 }));
    expect(wish('hours 9-17 Mon-Thu at most one a day')).to.deep.equal(set({ ...span, days, most: 1 }));
    expect(wish('hours')).to.deep.equal({ action: 'show' });
    expect(wish('away')).to.deep.equal(away({}));
    expect(wish('away until 2026-12-07')).to.deep.equal(away({ until: '2026-12-07' }));
    expect(wish('away until 2026-12-07 deputy @ben')).to.deep.equal(away({ until: '2026-12-07', deputy: '@ben' }));
    for (const [day, until] of Object.entries({
      Friday: '2026-12-04',
      tomorrow: '2026-12-01',
      Monday: '2026-12-07',
      '7 December': '2026-12-07',
      'in two weeks': '2026-12-14',
    }))
      expect(wish(`away until ${day} deputy @ben`), day).to.deep.equal(away({ until, deputy: '@ben' }));
    expect(wish('away until 2026-12-07T12:00')).to.deep.equal(away({ until: '2026-12-07T12:00' }));
    expect(wish('away deputy Ben Okafor')).to.deep.equal(away({ deputy: 'Ben Okafor' }));
    expect(wish('back')).to.deep.equal(away({ back: true }));
  });

  it('are refused with a line to copy', () => {
    for (const text of ['hours soon', 'hours 9-17 Mon-', 'hours 9', 'hours -'])
      expect(() => wish(text), text).to.throw('/skein hours 9-17 Mon-Thu');
    expect(() => wish('hours 9-25')).to.throw('“25” is no time');
    expect(() => wish('hours zone')).to.throw('Which time zone');
    expect(() => wish('away until next Friday')).to.throw(
      '“next Friday” may be Fri 4 Dec or Fri 11 Dec. Write /skein away until 2026-12-04 or /skein away until 2026-12-11.',
    );
    expect(() => wish('away until whenever')).to.throw(
      '“whenever” is no day to come. Write /skein away until 2026-12-07',
    );
    expect(() => wish('away for a while')).to.throw('/skein away until 2026-12-07');
  });

  it('are answered as the person reads them', () => {
    const hours = { from: '09:00', until: '17:00', days: [1, 2, 3, 4], timeZone: 'Europe/Berlin' };
    expect(hoursAnswer(texts, hours, written)).to.equal(
      'Skein writes to you unasked Mon to Thu, 09:00 to 17:00 in Berlin. Only what is needed sooner comes before.',
    );
    expect(hoursAnswer(texts, { ...hours, most: 2 }, written)).to.equal(
      'Skein writes to you unasked Mon to Thu, 09:00 to 17:00 in Berlin, at most 2 messages a day. Only what is needed sooner comes before.',
    );
    expect(hoursAnswer(texts, { ...hours, most: 0 }, written)).to.contain('in Berlin, no message but the digest.');
    expect(hoursAnswer(texts, { ...hours, timeZone: 'UTC', zoneUnknown: true }, written)).to.contain(
      'Your time zone is not known here, so that is the time of UTC. /skein hours zone Europe/Berlin sets it.',
    );
    const person = 'person:ben';
    expect(
      awayAnswer(texts, { away: { person, says: 'until Mon 7 Dec 2026', deputy: { id: 'x', name: 'Gil' } } }, written),
    ).to.equal(
      'You are away until Mon 7 Dec 2026: until then Skein sends you nothing unasked, but for the digest. Gil hears meanwhile what needs you, in the pods that you share.',
    );
    expect(awayAnswer(texts, { away: { person, says: '', open: true } }, written)).to.equal(
      'You are away until you write /skein back: until then Skein sends you nothing unasked, but for the digest. What needs you waits, and whoever asks you is told so.',
    );
    expect(awayAnswer(texts, { away: { person, back: true } }, written)).to.contain('Welcome back');
  });
});
