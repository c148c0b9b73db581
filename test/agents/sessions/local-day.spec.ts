// The day of whoever asks: their date, weekday and zone, local times on messages, and due dates in words.
import { expect } from 'chai';
import { anthropicModel } from '../../../src/agents/model/anthropic.ts';
import { dayIn, localTimes } from '../../../src/agents/sessions/local-day.ts';
import type { PersonId } from '../../../src/log/participant.ts';
import { type StandInModel, startStandInModel } from '../../../src/practice/model/server.ts';
import { anOffice, type Office, says } from '../office.ts';

const at = (iso: string) => Date.parse(iso);

describe('the day of a zone', () => {
  for (const [zone, utc, day, time] of [
    ['Pacific/Auckland', '2026-11-02T13:30Z', '2026-11-03 (Tuesday)', '2026-11-03 02:30'],
    ['Pacific/Kiritimati', '2026-12-31T10:00Z', '2027-01-01 (Friday)', '2027-01-01 00:00'],
    ['Asia/Kathmandu', '2026-11-02T18:15Z', '2026-11-03 (Tuesday)', '2026-11-03 00:00'],
    ['Asia/Kathmandu', '2026-11-02T18:14Z', '2026-11-02 (Monday)', '2026-11-02 23:59'],
    ['America/New_York', '2026-11-03T04:30Z', '2026-11-02 (Monday)', '2026-11-02 23:30'],
    // The clocks of New York go back: 01:30 comes twice, and midnight is an hour later in UTC than the day before.
    ['America/New_York', '2026-11-01T05:30Z', '2026-11-01 (Sunday)', '2026-11-01 01:30'],
    ['America/New_York', '2026-11-01T06:30Z', '2026-11-01 (Sunday)', '2026-11-01 01:30'],
    ['America/New_York', '2026-11-02T04:59Z', '2026-11-01 (Sunday)', '2026-11-01 23:59'],
    // Auckland's go forward at 02:00.
    ['Pacific/Auckland', '2026-09-26T14:00Z', '2026-09-27 (Sunday)', '2026-09-27 03:00'],
    ['UTC', '2026-11-02T23:59Z', '2026-11-02 (Monday)', '2026-11-02 23:59'],
  ] as const)
    it(`is ${day} in ${zone} at ${utc}`, () => {
      expect(dayIn(zone, at(utc))).to.equal(day);
      expect(localTimes()(zone, at(utc))).to.equal(time);
    });
});

describe('what an agent is told of the day', () => {
  let office: Office;
  beforeEach(async () => {
    office = await anOffice();
  });

  const lives = async (handle: string, name: string, role: string, timeZone: string) =>
    void (await office.world.does('skein', 'register_person', {
      ...{ account: `slack:T1:${handle}`, name, handle, role, timeZone },
    }));
  const now = (iso: string) => {
    // An act of this world takes a minute.
    office.world.clock.now = at(iso) - 60_000;
  };
  const sent = (n: number) => (office.asked[n]?.messages.at(-1) ?? '').replaceAll('\\"', '"');

  it('is the asker’s day, weekday and zone, and each message has the time of its author', async () => {
    const { ada, ben } = office.world;
    await lives('ada', 'Ada Lindqvist', 'owner', 'Pacific/Auckland');
    await lives('ben', 'Ben Okafor', 'member', 'America/New_York');
    now('2026-11-02T13:30Z');
    await office.hears(ada, '@scribe what is today?');
    expect(sent(0)).to.include('today="2026-11-03 (Tuesday)" zone="Pacific/Auckland" zone-of="Ada Lindqvist"');
    expect(sent(0)).to.match(/<message from="Ada Lindqvist" id="[^"]+" at="2026-11-03 02:30">@scribe/);
    expect(sent(0)).to.include('<member name="Ben Okafor" handle="ben" role="member" zone="America/New_York"/>');
    expect(sent(0)).to.include('<member name="Ada Lindqvist" handle="ada" role="owner"/>');
    now('2026-11-02T13:40Z');
    await office.hears(ben, '@scribe and for me?');
    expect(sent(1)).to.include('<date zone="America/New_York">2026-11-02 (Monday)</date>');
    expect(sent(1)).to.match(/<message from="Ben Okafor" id="[^"]+" at="2026-11-02 08:40">/);
    now('2026-11-02T13:50Z');
    await office.hears(ben, '@scribe thanks');
    expect(sent(2)).to.not.include('<date');
    // Midnight in New York, and nowhere else.
    now('2026-11-03T05:00Z');
    await office.hears(ben, '@scribe and now?');
    expect(sent(3)).to.include('<date zone="America/New_York">2026-11-03 (Tuesday)</date>');
  });

  it('names the zone of a message where it is not the asker’s', async () => {
    const { ada, ben } = office.world;
    await lives('ada', 'Ada Lindqvist', 'owner', 'Asia/Kathmandu');
    await lives('ben', 'Ben Okafor', 'member', 'Pacific/Kiritimati');
    now('2026-12-31T10:00Z');
    await office.says(ben, 'Happy new year!');
    now('2026-12-31T10:15Z');
    await office.hears(ada, '@scribe what does Ben mean?');
    expect(sent(0)).to.match(/from="Ben Okafor" id="[^"]+" at="2027-01-01 00:00" zone="Pacific\/Kiritimati">/);
    expect(sent(0)).to.match(/from="Ada Lindqvist" id="[^"]+" at="2026-12-31 16:00">/);
  });

  it('never changes what was sent before', async () => {
    await lives('ada', 'Ada Lindqvist', 'owner', 'Pacific/Auckland');
    now('2026-11-02T10:30Z');
    await office.hears(office.world.ada, '@scribe one');
    await lives('ada', 'Ada Lindqvist', 'owner', 'America/New_York');
    now('2026-11-03T10:30Z');
    await office.hears(office.world.ada, '@scribe two');
    const [first, second] = office.asked;
    expect(second?.system)
      .to.equal(first?.system)
      .and.not.match(/2026|Auckland/);
    expect(second?.messages.slice(0, first?.messages.length)).to.deep.equal(first?.messages);
  });

  it('is UTC, and called so, where nobody knows better', async () => {
    await lives('ada', 'Ada Lindqvist', 'owner', 'Middle/Earth');
    now('2026-11-02T23:30Z');
    await office.hears(office.world.ada, '@scribe what is today?');
    expect(sent(0)).to.include('today="2026-11-02 (Monday)" zone="UTC">');
  });

  it('is told anew to a conversation from before there were zones', async () => {
    const { ada } = office.world;
    await lives('ada', 'Ada Lindqvist', 'owner', 'Pacific/Auckland');
    office.script.push(says('Hello.'));
    now('2026-11-02T13:30Z');
    await office.hears(ada, '@scribe one');
    const turns = office.world.store.collection<{ id: string; rev: number; day?: string }>('turns');
    for (const { day: _day, ...turn } of await office.turns()) await turns.replace(turn, turn.rev);
    await office.hears(ada, '@scribe two');
    expect(sent(1)).to.include('<date zone="Pacific/Auckland">2026-11-03 (Tuesday)</date>');
  });
});

describe('a due date in words', () => {
  let standIn: StandInModel;
  before(async () => {
    standIn = await startStandInModel();
  });
  after(() => standIn.stop());

  for (const [zone, utc, words, due] of [
    ['Pacific/Auckland', '2026-11-02T13:30Z', 'today', '2026-11-03'],
    ['Pacific/Auckland', '2026-11-02T13:30Z', 'by tomorrow', '2026-11-04'],
    ['Pacific/Kiritimati', '2026-12-31T10:30Z', 'by tomorrow', '2027-01-02'],
    ['Asia/Kathmandu', '2026-11-02T18:20Z', 'by Wednesday', '2026-11-04'],
    ['America/New_York', '2026-11-03T04:30Z', 'by tomorrow', '2026-11-03'],
    ['America/New_York', '2026-11-03T04:30Z', 'by Tuesday', '2026-11-03'],
    // The day on which the clocks go back has 25 hours.
    ['America/New_York', '2026-11-02T04:30Z', 'by tomorrow', '2026-11-02'],
  ] as const)
    it(`is read where the asker is: “${words}” in ${zone} at ${utc}`, async () => {
      const office = await anOffice();
      const { world } = office;
      const facts = { account: 'slack:T1:ada', name: 'Ada Lindqvist', handle: 'ada', role: 'owner', timeZone: zone };
      await world.does('skein', 'register_person', facts);
      world.clock.now = at(utc) - 60_000;
      const skein = office.process({ model: anthropicModel({ apiKey: 'practice', baseUrl: standIn.url }) });
      await office.hears(world.ada as PersonId, `@scribe create a task to order boxes ${words}`, skein);
      const { tasks } = await world.does(world.ada, 'list_tasks');
      expect(tasks.map(({ due: day }: { due?: string }) => day)).to.deep.equal([due]);
    });
});
