import { expect } from 'chai';
import { digestAnswer, wishOf } from '../../../src/doors/digest-wish.ts';
import { texts } from '../../texts/words.ts';

const wish = (text: string) => wishOf(text.split(' ').filter(Boolean), (words) => `/skein digest ${words}`);
const set = (input: object) => ({ action: 'set_digest', input });

describe('/skein digest', () => {
  it('sends one now', () => {
    for (const text of ['', 'now', 'NOW']) expect(wish(text)).to.deep.equal({ action: 'send_digest', input: {} });
  });

  it('sets a time, however people write it, and turns the digest on with it', () => {
    const times = {
      '08:30': '08:30',
      '8.30': '08:30',
      '8': '08:00',
      '5pm': '17:00',
      '5:45 pm': '17:45',
      '12am': '00:00',
      noon: '12:00',
    };
    for (const [text, time] of Object.entries(times))
      expect(wish(`at ${text}`), text).to.deep.equal(set({ time, state: 'on' }));
    for (const text of ['', 'late', '24:00', '9:60', '13pm', '0am', '9:5'])
      expect(() => wish(`at ${text}`), text).to.throw('is no time');
  });

  it('needs no “at”, and comes each day anyway', () => {
    for (const text of ['8:30', 'daily at 8:30', 'every day at 8:30', 'every morning 8:30'])
      expect(wish(text), text).to.deep.equal(set({ time: '08:30', state: 'on' }));
    expect(() => wish('daily')).to.throw('no “/skein digest daily”');
  });

  it('sets a zone, pauses, resumes and stops', () => {
    expect(wish('zone Europe/Berlin')).to.deep.equal(set({ time_zone: 'Europe/Berlin' }));
    expect(wish('zone mine')).to.deep.equal(set({ time_zone: null }));
    expect(() => wish('zone')).to.throw('Which time zone');
    expect(wish('pause')).to.deep.equal(set({ state: 'paused' }));
    expect(wish('resume')).to.deep.equal(set({ state: 'on' }));
    for (const text of ['stop', 'off', 'unsubscribe']) expect(wish(text)).to.deep.equal(set({ state: 'off' }));
  });

  it('says what there is to who writes something else', () => {
    expect(() => wish('weekly'))
      .to.throw('no “/skein digest weekly”')
      .with.property('message')
      .contains('zone mine');
  });

  it('says when the next one comes as people say it', () => {
    const next = (day: string) =>
      digestAnswer(
        texts,
        { state: 'on', time: '08:30', timeZone: 'UTC', day },
        Date.parse('2026-11-29T12:00Z'),
        (to) => to,
      );
    expect(next('2026-11-30')).to.equal('Done: your digest comes daily at 08:30 (UTC), next tomorrow.');
    expect(next('2026-12-01')).to.equal('Done: your digest comes daily at 08:30 (UTC), next on Tue 1 Dec 2026.');
  });
});
