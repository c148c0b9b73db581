// A person sets the hours in which Skein writes to them, and hears then of what waits.
import { expect } from 'chai';
import { DAYS } from '../../../src/pods/preferences/hours-words.ts';
import { PREFERENCES } from '../../../src/pods/preferences/preference.ts';
import { aWorld, refusal } from '../build.ts';
import { carried, dueAt, toldBy } from './build.ts';

const HOUR = 3_600_000;

describe('set_hours', () => {
  it('says back in words when Skein writes to them, and what is not given stays', async () => {
    const { does, ben, doc } = await aWorld();
    const set = {
      from: '09:00',
      until: '17:00',
      days: ['Thu', 'Mon', 'Tue', 'Wed', 'Wed'],
      time_zone: 'Europe/Berlin',
    };
    const { hours } = await does(ben, 'set_hours', set);
    expect(hours).to.deep.equal({
      ...{ person: ben, from: '09:00', until: '17:00', days: [1, 2, 3, 4], timeZone: 'Europe/Berlin' },
      says: 'Mon to Thu, 09:00 to 17:00 in Berlin',
    });
    const later = await does(ben, 'set_hours', { days: ['Mon', 'Wed', 'Fri'] });
    expect(later.hours.says).to.equal('Mon, Wed and Fri, 09:00 to 17:00 in Berlin');
    const night = await does(ben, 'set_hours', { from: '22:00', until: '06:00', days: ['Sat'] });
    expect(night.hours.says).to.equal('Sat, 22:00 to 06:00 the next day in Berlin');
    const always = await does(ben, 'set_hours', { from: '00:00', until: '24:00', days: [...DAYS] });
    expect(always.hours.says).to.equal('every day, all day in Berlin');
    expect(await doc(PREFERENCES, ben)).to.include({ person: ben, from: '00:00', until: '00:00' });
  });

  it('falls back to the zone of their account, and says when none is known', async () => {
    const { does, ben } = await aWorld();
    const { hours } = await does(ben, 'set_hours', { from: '09:00' });
    expect(hours).to.include({ timeZone: 'UTC', zoneUnknown: true, until: '19:00' });
    const facts = { account: 'slack:T1:ben', name: 'Ben Okafor', handle: 'ben', timeZone: 'America/New_York' };
    await does('skein', 'register_person', facts);
    const again = await does(ben, 'set_hours', { until: '18:00' });
    expect(again.hours).to.include({ timeZone: 'America/New_York' }).and.not.to.have.property('zoneUnknown');
  });

  it('refuses what is no time, no zone or no hours, and says how to mend it', async () => {
    const { does, ben, pilot } = await aWorld();
    const refused = async (input: object) => (await refusal(does(ben, 'set_hours', input))).message;
    expect(await refused({})).to.equal('Say what to set: from, until, days, time_zone or most.');
    expect(await refused({ most: 51 })).to.contain('most');
    expect(await refused({ from: '25:00' })).to.contain('Write a time such as 09:00');
    expect(await refused({ days: [] })).to.contain('days');
    expect(await refused({ time_zone: 'Mars/Base' })).to.contain('“Mars/Base” is no time zone');
    expect(await refused({ from: '09:00', until: '09:00' })).to.contain('For the whole day: 00:00 until 24:00');
    const two = does(pilot, 'set_hours', { from: '09:00' }, { onBehalfOf: ben, heard: ['person:x'] });
    expect((await refusal(two)).message).to.contain('you act on the words');
  });

  it('sets how many messages a day come at most, and none but what is needed within the hour', async () => {
    const world = await aWorld();
    const { does, ada, ben, clock } = world;
    await does(ben, 'set_hours', { days: [...DAYS], from: '00:00', until: '24:00' });
    const { hours } = await does(ben, 'set_hours', { most: 1 });
    expect(hours.says).to.equal('every day, all day in UTC, at most one message a day');
    const told = async (title: string) => {
      await does(ada, 'create_task', { title, assignee: 'ben' });
      return (await toldBy(world, [ben], clock.now + HOUR / 2)).length;
    };
    expect(await told('first')).to.equal(1);
    expect(await told('second')).to.equal(0);
    await does(ben, 'set_hours', { most: 2 });
    expect(await toldBy(world, [ben], clock.now + HOUR / 2)).to.have.length(1);
    await does(ben, 'set_hours', { most: 0 });
    clock.now += 24 * HOUR;
    expect(await told('third')).to.equal(0);
    const { conversation } = await does(ada, 'start_conversation', { title: 'Hall', text: 'Which?' });
    await does(world.scribe, 'ask', {
      to: ['ben'],
      question: 'Which?',
      conversation: conversation.id,
      needed_by: '1h',
    });
    expect(await toldBy(world, [ben], clock.now + HOUR / 2)).to.have.length(1);
    const { hours: usual } = await does(ben, 'set_hours', { most: null });
    expect(usual).not.to.have.property('most');
  });

  it('are kept by what they are told, and move what waits already', async () => {
    const world = await aWorld();
    const { does, ada, ben, clock } = world;
    // Monday, 09:00 UTC; Ben works from Tuesday on.
    await does(ben, 'set_hours', { from: '10:00', until: '12:00', days: ['Tue', 'Wed'], time_zone: 'Europe/Berlin' });
    await does(ada, 'create_task', { title: 'Order boxes', assignee: 'ben' });
    await carried(world);
    expect(await dueAt(world, ben)).to.equal(Date.UTC(2026, 10, 3, 9, 0));
    await does(ben, 'set_hours', { days: ['Wed'] });
    const told = await toldBy(world, [ben], Date.UTC(2026, 10, 9));
    expect(told.map(({ at }) => at)).to.deep.equal([Date.UTC(2026, 10, 4, 9, 0)]);
    expect(clock.now).to.equal(Date.UTC(2026, 10, 4, 9, 0));
  });

  it('are kept also when nothing ran while they lasted', async () => {
    const world = await aWorld();
    const { does, ada, ben, clock, act } = world;
    await does(ada, 'create_task', { title: 'Order boxes', assignee: 'ben' });
    await carried(world);
    const due = (await dueAt(world, ben)) ?? 0;
    clock.now = Date.UTC(2026, 10, 2, 23, 30);
    const late = {
      pod: ben,
      actor: 'skein',
      via: 'skein',
      action: 'tell',
      input: { dueAt: due },
      key: 'late',
    } as const;
    expect((await act(late)).result).to.deep.equal({ told: 0 });
    expect(await dueAt(world, ben)).to.equal(Date.UTC(2026, 10, 3, 8, 0));
  });
});
