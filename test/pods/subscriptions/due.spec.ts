// A watch over the digests finds what a look at everybody finds, and reads only who has changed.
import { expect } from 'chai';
import { makeReader } from '../../../src/log/read.ts';
import type { Firing, Look } from '../../../src/pods/due.ts';
import { digests } from '../../../src/pods/subscriptions/due.ts';
import { memoryData } from '../../store/memory.ts';
import { aWorld, START, type World } from '../build.ts';
import { type Counting, countingStore } from '../growth/counting.ts';
import { grow, SPECS } from '../growth/grown.ts';

const HOUR = 3_600_000;

interface Watched extends World {
  counting: Counting;
  /** Looks as the watch and as a new look, which must find the same. Returns the due acts. */
  look(): Promise<Firing[]>;
}

async function aWatch(size = 0): Promise<Watched> {
  const data = memoryData();
  const counting = countingStore(SPECS, data);
  const world = await aWorld({ store: counting.store });
  grow(data, world, size);
  const read = makeReader(world.store);
  const watch = digests.watch?.() as Look;
  return {
    ...{ ...world, counting },
    async look() {
      counting.reset();
      const { due, next } = await watch(read, world.clock.now);
      const looked = new Map(counting.looked);
      const whole = await digests.look(read, world.clock.now);
      counting.looked.clear();
      for (const [name, count] of looked) counting.looked.set(name, count);
      const inOrder = (all: readonly Firing[]) => [...all].sort((a, b) => a.key.localeCompare(b.key));
      expect(inOrder(due)).to.deep.equal(inOrder(whole.due));
      expect(next).to.equal(whole.next);
      return [...due];
    },
  };
}

const closed = async ({ act }: World, due: readonly Firing[]) => {
  for (const firing of due) await act({ ...firing, actor: 'skein', via: 'skein' });
};

describe('the watch over digests', () => {
  it('finds who is due as their clocks come, once', async () => {
    const world = await aWatch();
    expect(await world.look()).to.deep.equal([]);
    world.clock.now = START + 24 * HOUR;
    const due = await world.look();
    expect(due.length).to.equal(4);
    expect(await world.look()).to.deep.equal(due);
    await closed(world, due);
    expect(await world.look()).to.deep.equal([]);
  });

  it('hears of another time, a pause, time away and a new person', async () => {
    const world = await aWatch();
    await world.look();
    await world.does(world.ada, 'set_digest', { time: '15:30', time_zone: 'Europe/Berlin' });
    await world.does(world.ben, 'set_digest', { state: 'paused' });
    await world.does(world.zoe, 'set_away', { until: '2026-11-05T12:00' });
    await world.does('skein', 'register_person', { account: 'slack:T1:kim', name: 'Kim', handle: 'kim' });
    await world.look();
    for (let hour = 1; hour <= 100; hour += 7) {
      world.clock.now = START + hour * HOUR;
      await closed(world, await world.look());
      expect(await world.look()).to.deep.equal([]);
    }
    await world.does(world.ben, 'set_digest', { state: 'on' });
    world.clock.now += 30 * HOUR;
    expect((await world.look()).some(({ key }) => key.startsWith(`digest:${world.ben}`))).to.equal(true);
  });

  it('looks anew when the clock is set back', async () => {
    const world = await aWatch();
    world.clock.now = START + 48 * HOUR;
    expect((await world.look()).length).to.equal(4);
    world.clock.now = START;
    expect(await world.look()).to.deep.equal([]);
  });

  it('reads of 400 people only the one who has changed', async () => {
    const world = await aWatch(400);
    await world.look();
    await world.does(world.ada, 'set_digest', { time: '15:30' });
    await world.look();
    expect(world.counting.total()).to.be.at.most(8);
  });
});
