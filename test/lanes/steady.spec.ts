// Waiting is measured by a time that nobody sets back.
import { expect } from 'chai';
import fc from 'fast-check';
import { Retryable } from '../../src/errors.ts';
import { makeQueue } from '../../src/lanes/queue.ts';
import { steadyClock } from '../../src/lanes/steady.ts';
import { makeVigil } from '../../src/lanes/vigil.ts';
import { aYard, item, until, type Yard } from './build.ts';

const HOUR = 3_600_000;

describe('the time by which waiting is measured', () => {
  const machine = { wall: 0, counter: 0 };
  const aClock = () =>
    steadyClock(
      () => machine.wall,
      () => machine.counter,
    );
  const pass = (ms: number) => {
    machine.wall += ms;
    machine.counter += ms;
  };
  beforeEach(() => {
    machine.wall = 1_000_000_000;
    machine.counter = 5;
  });

  it('goes on when the clock is set back by two hours, and when it is set right again', () => {
    const time = aClock();
    const begun = time();
    pass(1000);
    machine.wall -= 2 * HOUR;
    pass(1000);
    expect(time() - begun).to.equal(2000);
    pass(5000);
    expect(time() - begun).to.equal(7000);
  });

  it('follows a clock that is set forward, as practice does it, and stands at no place when that is taken back', () => {
    const time = aClock();
    const begun = time();
    machine.wall += 2 * HOUR;
    expect(time() - begun).to.equal(2 * HOUR);
    machine.wall -= 2 * HOUR;
    pass(10);
    expect(time() - begun).to.equal(2 * HOUR + 10);
  });

  it('is never less than before, and never stands for more than a second, whatever is done to the clock', () => {
    const step = fc.record({ set: fc.integer({ min: -3 * HOUR, max: 3 * HOUR }), passed: fc.nat(10_000) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 50 }), (steps) => {
        machine.wall = 1_000_000_000;
        machine.counter = 0;
        const time = aClock();
        let last = time();
        let stood = 0;
        for (const { set, passed } of steps) {
          machine.wall += set;
          pass(passed);
          const now = time();
          expect(now).to.be.at.least(last);
          stood = now === last ? stood + passed : 0;
          expect(stood).to.be.at.most(11_000);
          last = now;
        }
      }),
    );
  });

  it('does not run faster for being read often', () => {
    const time = aClock();
    const begun = time();
    for (let n = 0; n < 10_000; n++) {
      machine.counter += 0.1;
      machine.wall = 1_000_000_000 + Math.floor(n / 10);
      time();
    }
    expect(time() - begun).to.be.closeTo(1000, 2);
  });
});

describe('lanes while the clock is set back and forth', () => {
  const machine = { wall: Date.UTC(2026, 10, 2), counter: 0 };
  let yard: Yard;
  beforeEach(() => {
    yard = aYard();
  });
  afterEach(() => yard.close());

  it('try again after the wait that was asked for, and hold up nothing that is new', async () => {
    const time = steadyClock(
      () => machine.wall,
      () => machine.counter,
    );
    const queue = makeQueue(yard.store, 'work', time);
    const did: string[] = [];
    const handle = async ({ id, attempts }: { id: string; attempts: number }) => {
      if (id === 'slow' && attempts === 0) throw new Retryable('away', 3000);
      did.push(id);
    };
    const worker = yard.worker({ queue, handle, clock: time, wall: time });
    const put = async (id: string, lane: string) => {
      await queue.save([item(id, { lane })]);
      await queue.ready([{ lane }]);
    };
    await put('slow', 'a');
    await until(async () => (await queue.items.get('slow'))?.attempts === 1 && (await worker.quiet()));
    machine.wall -= 2 * HOUR;
    await put('new', 'b');
    await until(() => did.includes('new'));
    expect(did).to.deep.equal(['new']);
    machine.counter += 3000;
    machine.wall += 3000;
    worker.poke();
    await until(() => did.includes('slow'));
    machine.wall += 5 * HOUR;
    await put('later', 'a');
    await until(() => did.includes('later'));
  });

  it('are taken over from a process that died while its clock was ahead', async () => {
    await yard.put(item('x'));
    const first = { where: { state: 'ready' }, sort: [['dueAt', 'asc']] } as const;
    const { now } = yard.wall;
    await yard.queue.lanes.claim(first, { by: 'dead/1', now, until: now + 2 * HOUR });
    const did: string[] = [];
    const worker = yard.worker({ handle: async ({ id }) => void did.push(id) });
    await until(async () => {
      yard.wall.now += 20;
      worker.poke();
      return did.length > 0 || yard.wall.now > now + HOUR;
    });
    expect(did).to.deep.equal(['x']);
    expect(yard.wall.now - now).to.be.below(10 * 60_000);
  });
});

describe('a lease by a clock that is ahead', () => {
  const lease = (rev: number, leaseUntil: number) => ({ id: 'a', rev, leaseBy: 'other', leaseUntil });

  it('is over once nobody renews it for its length', () => {
    const isAbandoned = makeVigil(10_000);
    expect(isAbandoned(lease(1, 2 * HOUR), 0)).to.equal(false);
    expect(isAbandoned(lease(1, 2 * HOUR), 9999)).to.equal(false);
    expect(isAbandoned(lease(1, 2 * HOUR), 10_000)).to.equal(true);
  });

  it('stands while it is renewed, and is nothing special where its end is no later than it can be', () => {
    const isAbandoned = makeVigil(10_000);
    for (let beat = 0; beat < 20; beat++)
      expect(isAbandoned(lease(beat, 2 * HOUR + beat), beat * 2500)).to.equal(false);
    for (const now of [0, 10_000, 30_000]) expect(isAbandoned(lease(99, now + 10_000), now)).to.equal(false);
  });
});
