// An item is put off to a time in words, and its person is told again then.
import { expect } from 'chai';
import { Conflict, InvalidInput } from '../../../src/errors.ts';
import { makeReader } from '../../../src/log/read.ts';
import { wallClock } from '../../../src/pods/local-time.ts';
import { NEEDS, type NeedDoc } from '../../../src/pods/needs/need.ts';
import { putOffItems } from '../../../src/pods/telling/due.ts';
import { HEARINGS, hearingId } from '../../../src/pods/telling/hearing.ts';
import { TELLINGS } from '../../../src/pods/telling/telling.ts';
import { aWorld, refusal, type World } from '../build.ts';

const DAY_MS = 86_400_000;

describe('an item that is put off', () => {
  let world: World;
  let item: string;

  /** Ben has hours from 9 to 17 in Berlin, and it is Monday, 10:00 there. */
  beforeEach(async () => {
    world = await aWorld();
    await world.does(world.ben, 'set_hours', {
      from: '09:00',
      until: '17:00',
      time_zone: 'Europe/Berlin',
    });
    await world.does(world.ada, 'create_task', { title: 'Order boxes', assignee: 'ben' });
    const items = await world.store.collection<NeedDoc>(NEEDS.name).find({ where: { who: world.ben, state: 'open' } });
    item = items[0]?.id ?? '';
    await acts();
  });

  async function acts(): Promise<void> {
    while (world.delivered.length)
      for (const one of world.delivered.splice(0))
        if (one.kind === 'act') {
          const { in: pod, actor, action, input, key } = one;
          await world.act({ pod, actor, via: 'skein', action, input, key });
        }
  }

  /** Returns the local time at which the person is told again. */
  async function toldAfter(until: string): Promise<string | undefined> {
    await world.does(world.ben, 'snooze_item', { item, until });
    await acts();
    const { due } = await putOffItems.look(makeReader(world.store), world.clock.now + 9 * DAY_MS);
    for (const one of due) {
      world.clock.now = (one.input as { until: number }).until;
      await world.act({ actor: 'skein', via: 'skein', ...one });
    }
    const { dueAt = 0, seq } = (await world.doc(TELLINGS, world.ben)) ?? {};
    world.clock.now = Math.max(world.clock.now, dueAt);
    const key = `due:${world.ben}:${seq}:${dueAt}`;
    await world.act({ pod: world.ben, actor: 'skein', via: 'skein', action: 'tell', input: { dueAt }, key });
    const hearing = await world.doc(HEARINGS, hearingId(world.ben, item));
    return hearing?.toldAt === undefined ? undefined : wallClock('Europe/Berlin')(hearing.toldAt);
  }

  it('twice to the same time comes back also if the second was carried only after that time', async () => {
    await world.does(world.ben, 'snooze_item', { item, until: 'tomorrow' });
    await acts();
    await world.does(world.ben, 'snooze_item', { item, until: 'tomorrow' });
    const late = world.delivered.splice(0);
    world.clock.now += DAY_MS;
    const fire = async () => {
      const { due } = await putOffItems.look(makeReader(world.store), world.clock.now);
      for (const one of due) await world.act({ actor: 'skein', via: 'skein', ...one });
      return due.length;
    };
    expect(await fire()).to.equal(1);
    world.delivered.splice(0, world.delivered.length, ...late);
    await acts();
    expect(await fire()).to.equal(1);
    expect(await fire(), 'nothing is left that is due for ever').to.equal(0);
    expect((await world.doc(HEARINGS, hearingId(world.ben, item)))?.state).to.equal('waiting');
  });

  it('to a named hour comes back at that hour, outside the person’s own hours too', async () => {
    expect(await toldAfter('8pm')).to.equal('2026-11-02T20:00');
  });

  it('by a span comes back after it', async () => {
    // The clock of the world goes a minute with each act.
    expect(await toldAfter('in an hour')).to.equal('2026-11-02T11:11');
  });

  it('to a part of a day, or a day, keeps the person’s hours', async () => {
    expect(await toldAfter('this evening')).to.equal('2026-11-03T09:00');
    expect(await toldAfter('Saturday')).to.equal('2026-11-09T09:00');
  });

  it('names the words that it can’t read, or that are over', async () => {
    const refused = async (until: string) => refusal(world.does(world.ben, 'snooze_item', { item, until }));
    const blue = await refused('blue');
    expect(blue).to.be.instanceOf(InvalidInput);
    expect(blue.message).to.match(/^“blue” is no time that Skein can read\. Say it as “in an hour”, “3pm”/);
    expect((await refused('2026-11-01')).message).to.contain('“2026-11-01” is over, or not after today');
  });

  it('is refused once it is over, by a sentence that says who settled it and when', async () => {
    await world.does(world.ada, 'complete_task', { task: '#1' });
    const error = await refusal(world.does(world.ben, 'snooze_item', { item }));
    expect(error).to.be.instanceOf(Conflict);
    expect(error.message).to.match(/nothing to put off\. It was settled by Ada Lindqvist, Mon 2 Nov, 10:\d\d\.$/);
  });
});
