import { expect } from 'chai';
import { SUBSCRIPTIONS } from '../../../src/pods/subscriptions/subscription.ts';
import { aWorld, refusal, START, type World } from '../build.ts';

const DAY = '2026-11-02';

describe('the daily digest', () => {
  let world: World;
  let opened: number;
  beforeEach(async () => {
    world = await aWorld();
    world.clock.now = START + 3_600_000;
    opened = (await world.commits()).length;
  });

  const set = (input: object, who = world.ada) => world.does(who, 'set_digest', input);
  const close = (day: string, person = world.ada) =>
    world.acts('skein', 'close_digest', { person, day }, { key: `digest:${person}:${day}` });
  const subscription = (person = world.ada) => world.doc(SUBSCRIPTIONS, person);
  const digests = () => world.delivered.flatMap((one) => (one.kind === 'digest' ? [one] : []));

  describe('set_digest', () => {
    it('sets time, zone and state, and says when the next one comes', async () => {
      const { digest } = await set({ time: '08:30', time_zone: 'Europe/Berlin' });
      expect(digest).to.deep.equal({
        ...{ person: world.ada, state: 'on', time: '08:30', timeZone: 'Europe/Berlin' },
        ...{ next: '2026-11-03T07:30Z', day: '2026-11-03' },
      });
      expect(await subscription()).to.deep.include({ time: '08:30', timeZone: 'Europe/Berlin', state: 'on' });
      expect((await set({ time_zone: null })).digest.timeZone).to.equal('UTC');
      expect(await subscription()).not.to.have.property('timeZone');
    });

    it('pauses, ends and begins again; only who ends it begins anew', async () => {
      await close(DAY);
      const known = (await subscription())?.positions;
      expect(known).to.deep.equal({ p_launch: opened });
      expect((await set({ state: 'paused' })).digest).not.to.have.property('next');
      expect((await subscription())?.positions).to.deep.equal(known);
      await set({ state: 'off' });
      expect((await subscription())?.positions).to.deep.equal({});
      expect((await set({ state: 'on' })).digest.day).to.equal('2026-11-03');
    });

    it('refuses what is no time and no zone, and a wish for nothing, saying what to write', async () => {
      expect((await refusal(set({ time: '25:00' }))).message).to.contain('time');
      expect((await refusal(set({ time_zone: 'Berlin' }))).message).to.contain('Europe/Berlin');
      expect((await refusal(set({}))).message).to.contain('a time, a time_zone or a state');
    });

    it('is for the person an agent works for, and for guests too', async () => {
      await world.does(world.scribe, 'set_digest', { time: '07:00' }, { onBehalfOf: world.ben });
      expect((await subscription(world.ben))?.time).to.equal('07:00');
      await set({ time: '10:00' }, world.gil);
      expect((await subscription(world.gil))?.time).to.equal('10:00');
      expect((await refusal(world.does(world.scribe, 'set_digest', { time: '07:00' }))).message).to.contain('person');
    });
  });

  describe('close_digest', () => {
    it('sends what happened since the last one, as positions alone', async () => {
      await world.does(world.ben, 'create_task', { title: 'A very secret plan' });
      await close(DAY);
      const [sent, ...more] = digests();
      expect(more).to.deep.equal([]);
      expect(sent).to.deep.include({ person: world.ada, through: 'slack', day: DAY, from: { p_launch: 0 } });
      expect(sent?.to).to.deep.equal({ p_launch: opened + 1 });
      expect(JSON.stringify(await world.commits('org'))).not.to.contain('secret plan');
    });

    it('happens once for a date, whoever closes it, and never for a date before', async () => {
      await close(DAY);
      expect((await close(DAY)).repeated).to.equal(true);
      const other = world.acts('skein', 'close_digest', { person: world.ada, day: DAY }, { key: 'another' });
      expect((await refusal(other)).message).to.contain(DAY);
      expect((await refusal(close('2026-11-01'))).message).to.contain(DAY);
      expect(digests()).to.have.length(1);
    });

    it('happens for a date of today, also where a clock that was years ahead has closed a later one', async () => {
      await close('2030-03-13');
      await close(DAY);
      expect((await subscription())?.lastDay).to.equal(DAY);
    });

    it('sends nothing when nothing happened, and counts the date all the same', async () => {
      await close(DAY);
      const { result } = await close('2026-11-03');
      expect(result.digest).to.deep.equal({ person: world.ada, day: '2026-11-03', sent: false });
      expect(digests()).to.have.length(1);
      expect((await subscription())?.lastDay).to.equal('2026-11-03');
    });

    it('sends on the day a task is due, though nothing happened', async () => {
      await world.does(world.ben, 'create_task', { title: 'Book', assignee: 'ada', due: '2026-11-04' });
      await close(DAY);
      expect((await close('2026-11-03')).result.digest.sent).to.equal(false);
      expect((await close('2026-11-04')).result.digest.sent).to.equal(true);
      expect(digests().at(-1)).to.deep.include({ from: {}, to: {} });
    });

    it('begins for who is new where they came in, a day ago at least and a week at most, not with the whole log', async () => {
      const days = (count: number) => START + count * 86_400_000;
      const eva = (await world.acts('skein', 'register_person', { name: 'Eva', handle: 'eva', account: 'slack:T1:U9' }))
        .result.person;
      world.clock.now = days(1);
      await world.does(world.ada, 'create_task', { title: 'Long ago' });
      world.clock.now = days(3);
      const came = (await world.commits()).length;
      await world.does(world.ada, 'add_member', { who: eva.id });
      world.clock.now = days(5);
      await world.does(world.ben, 'create_task', { title: 'New' });
      await close('2026-11-07', eva.id);
      expect(digests().at(-1)?.from, 'missed the first day').to.deep.equal({ p_launch: came });
      world.clock.now = days(9);
      await close('2026-11-11');
      expect(digests().at(-1)?.from, 'here for long').to.deep.equal({ p_launch: came });
      world.clock.now = days(9) + 1000;
      await world.does(world.ada, 'add_member', { who: 'zoe' });
      await world.does(world.ben, 'create_task', { title: 'Newer' });
      world.clock.now = days(9) + 2000;
      await close('2026-11-12', world.zoe);
      expect(digests().at(-1)?.from, 'came just now').to.deep.equal({ p_launch: came + 2 });
    });

    it('begins anew with the day, for who had ended it', async () => {
      await set({ state: 'off' });
      world.clock.now = START + 5 * 86_400_000;
      await set({ state: 'on' });
      await world.does(world.ben, 'create_task', { title: 'New' });
      world.clock.now += 3_600_000;
      await close('2026-11-08');
      expect(digests()[0]?.from).to.deep.equal({ p_launch: opened });
    });

    it('leaves out pods that the person is not in, and their DMs', async () => {
      const origin = { kind: 'slack', team: 'T1', channel: 'D1', direct: true } as const;
      await world.does(world.ada, 'create_pod', { name: 'DM' }, { pod: 'p_dm', origin });
      await world.does(world.zoe, 'create_pod', { name: 'Other' }, { pod: 'p_other' });
      await close(DAY);
      expect(Object.keys(digests()[0]?.to ?? {})).to.deep.equal(['p_launch']);
    });

    it('is refused where its person set it after it was due, and comes at the new time', async () => {
      const due = world.clock.now;
      await set({ time: '18:00' });
      const early = world.acts('skein', 'close_digest', { person: world.ada, day: DAY, due });
      expect((await refusal(early)).message).to.contain('has set the digest since');
      const at = Date.UTC(2026, 10, 2, 18, 0);
      await world.acts('skein', 'close_digest', { person: world.ada, day: DAY, due: at });
      expect((await subscription())?.lastDay).to.equal(DAY);
    });

    it('is refused to people, for who has paused and for who left', async () => {
      const own = world.does(world.ada, 'close_digest', { person: world.ada, day: DAY });
      expect((await refusal(own)).message).to.contain('Only Skein');
      await set({ state: 'paused' });
      expect((await refusal(close(DAY))).message).to.contain('paused');
      expect((await refusal(close(DAY, 'person:nobody'))).message).to.contain('nobody');
      const gone = { account: 'slack:T1:ben', name: 'Ben Okafor', handle: 'ben', role: 'member', state: 'out' };
      await world.does('skein', 'register_person', gone);
      expect((await refusal(close(DAY, world.ben))).message).to.contain(
        `There is nobody here with the id “${world.ben}”`,
      );
    });
  });

  it('send_digest sends one at once, takes in the news, and leaves the date to the daily one', async () => {
    const { digest } = await world.does(world.ada, 'send_digest');
    expect(digest).to.deep.equal({ person: world.ada, sent: true });
    expect(digests()[0]).not.to.have.property('day');
    expect((await subscription())?.positions).to.deep.equal({ p_launch: opened });
    await world.does(world.ben, 'create_task', { title: 'Later' });
    expect((await close(DAY)).result.digest.sent).to.equal(true);
    expect(digests()[1]).to.deep.include({ from: { p_launch: opened }, to: { p_launch: opened + 1 } });
  });
});
