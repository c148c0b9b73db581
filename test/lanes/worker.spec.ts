// A worker of lanes: order within a lane, lanes in parallel, retries, and items set aside.
import { expect } from 'chai';
import fc from 'fast-check';
import { NotAllowed, NotYet, Retryable } from '../../src/errors.ts';
import { laneSpecs } from '../../src/lanes/item.ts';
import { makeQueue } from '../../src/lanes/queue.ts';
import { memoryData, memoryStore } from '../store/memory.ts';
import { aYard, gate, item, NOW, until, type Yard } from './build.ts';

describe('a worker of lanes', () => {
  let yard: Yard;
  beforeEach(() => {
    yard = aYard();
  });
  afterEach(() => yard.close());

  it('handles the items of a lane in order, one at a time', async () => {
    const ids = Array.from({ length: 120 }, (_, n) => `i${n}`);
    await yard.put(...ids.map((id) => item(id)));
    const seen: string[] = [];
    let busy = 0;
    const worker = yard.worker({
      async handle({ id }) {
        expect(++busy).to.equal(1);
        await new Promise((resolve) => setImmediate(resolve));
        seen.push(id);
        busy--;
      },
    });
    await until(() => worker.quiet());
    expect(seen).to.deep.equal(ids);
  });

  it('works on several lanes at once, and on no more than its hands can hold', async () => {
    await yard.put(...['a', 'b', 'c'].map((lane) => item(lane, { lane })));
    const { opened, open } = gate();
    const begun: string[] = [];
    const worker = yard.worker(
      {
        async handle({ lane }) {
          begun.push(lane);
          await opened;
        },
      },
      { parallel: 2 },
    );
    await until(() => begun.length === 2);
    expect(await worker.quiet()).to.equal(false);
    open();
    await until(() => worker.quiet());
    expect(begun.sort()).to.deep.equal(['a', 'b', 'c']);
  });

  it('waits as long as it is asked to, and holds back what follows in the lane, not the other lanes', async () => {
    await yard.put(item('first'), item('second'), item('other', { lane: 'b' }));
    const seen: string[] = [];
    const waits: number[] = [];
    const worker = yard.worker({
      async handle({ id, attempts }) {
        seen.push(id);
        if (id === 'first' && attempts === 0) throw new Retryable('Not now.', 7000);
      },
      onRetry: async (_item, _error, waitMs) => void waits.push(waitMs),
    });
    await until(async () => seen.includes('other') && (await worker.quiet()));
    expect([...seen].sort()).to.deep.equal(['first', 'other']);
    yard.clock.now += 6999;
    worker.poke();
    await until(() => worker.quiet());
    expect(seen).to.have.length(2);
    yard.clock.now += 1;
    worker.poke();
    await until(() => seen.length === 4);
    expect(seen.slice(2)).to.deep.equal(['first', 'second']);
    expect(waits).to.deep.equal([7000]);
  });

  it('waits for what is expected without a word in the log, counting no attempt and telling nobody', async () => {
    await yard.put(item('x'), item('y'));
    const begun = yard.clock.now;
    const told: unknown[] = [];
    const seen: string[] = [];
    const worker = yard.worker(
      {
        async handle({ id, attempts }) {
          seen.push(`${id} ${attempts}`);
          if (yard.clock.now < begun + 9_000) throw new NotYet('The answer is being written.', 3_000);
        },
        onRetry: async (...args) => void told.push(args),
        onAside: async (...args) => void told.push(args),
      },
      { mostAttempts: 1 },
    );
    await until(async () => seen.length > 0 && (await worker.quiet()));
    expect(await yard.queue.items.get('x')).to.deep.include({
      ...{ state: 'waiting', attempts: 0, dueAt: begun + 3_000, reason: 'The answer is being written.' },
    });
    await until(async () => {
      if (await worker.quiet()) yard.clock.now += 1_000;
      worker.poke();
      return (await yard.states()).y === 'done';
    });
    expect(seen).to.deep.equal(['x 0', 'x 0', 'x 0', 'x 0', 'y 0']);
    expect([yard.logged, told]).to.deep.equal([[], []]);
  });

  it('gives what waits back what it has seen, also after a look that says nothing of it', async () => {
    await yard.put(item('x'));
    const had: (string | undefined)[] = [];
    const worker = yard.worker({
      async handle({ seen }) {
        had.push(seen);
        if (had.length < 4) throw new NotYet('More may come.', 1_000, had.length === 2 ? undefined : `${had.length}`);
      },
    });
    await until(async () => {
      yard.clock.now += 1_000;
      worker.poke();
      return (await yard.states()).x === 'done';
    });
    expect(had).to.deep.equal([undefined, '1', '1', '3']);
  });

  it('takes what is never ready for a bug, once its patience is over', async () => {
    await yard.put(item('x'));
    const worker = yard.worker(
      {
        handle: async () => {
          throw new NotYet('Not yet.', 1_000);
        },
      },
      { patienceMs: 5_000 },
    );
    await until(async () => {
      yard.clock.now += 1_000;
      worker.poke();
      return (await yard.states()).x === 'aside';
    });
    expect(yard.logged.map(([, phrase]) => phrase)).to.deep.equal([
      'tried again later',
      'tried again later',
      'set aside',
    ]);
  });

  it('waits longer each time, and gives up after as many tries as are set', async () => {
    await yard.put(item('x'), item('y'));
    const waits: number[] = [];
    const aside: string[] = [];
    const worker = yard.worker(
      {
        async handle({ id }) {
          if (id === 'x') throw new Retryable('Away.');
        },
        onRetry: async (_item, _error, waitMs) => void waits.push(waitMs),
        onAside: async ({ id }, error) => void aside.push(`${id}: ${(error as Error).message}`),
      },
      { mostAttempts: 4, patienceMs: 0 },
    );
    await until(async () => {
      yard.clock.now += 100_000;
      worker.poke();
      return (await yard.states()).y === 'done';
    });
    expect(waits).to.deep.equal([1000, 2000, 4000]);
    expect(aside).to.deep.equal(['x: Away.']);
    expect(await yard.states()).to.deep.equal({ x: 'aside', y: 'done' });
  });

  it('puts what people must mend aside at once with its reason, and the lane goes on', async () => {
    await yard.put(item('x'), item('y'));
    const worker = yard.worker({
      async handle({ id }) {
        if (id === 'x') throw new NotAllowed('Ask an owner.');
      },
    });
    await until(() => worker.quiet());
    expect(await yard.states()).to.deep.equal({ x: 'aside', y: 'done' });
    expect((await yard.queue.items.get('x'))?.reason).to.equal('Ask an owner.');
  });

  it('puts a bug aside after three tries', async () => {
    await yard.put(item('x'));
    let tries = 0;
    const worker = yard.worker({
      async handle() {
        tries++;
        throw new TypeError('undefined is not a function');
      },
    });
    await until(async () => {
      yard.clock.now += 100_000;
      worker.poke();
      return (await yard.states()).x === 'aside';
    });
    expect(tries).to.equal(3);
    expect(yard.logged.map(([level, phrase]) => `${level} ${phrase}`)).to.deep.equal([
      'error tried again later',
      'error tried again later',
      'error set aside',
    ]);
    for (const [, , { reason, stack }] of yard.logged)
      expect([reason, String(stack)].join(' ')).to.match(/not a function TypeError.*worker\.spec\.ts/);
  });

  it('goes on when nobody can be told', async () => {
    await yard.put(item('x'), item('y'));
    const worker = yard.worker({
      async handle({ id }) {
        if (id === 'x') throw new NotAllowed('No.');
      },
      onAside: () => Promise.reject(new Error('The conversation is gone.')),
    });
    await until(() => worker.quiet());
    expect(await yard.states()).to.deep.equal({ x: 'aside', y: 'done' });
    expect(yard.logged.map(([level, phrase]) => [level, phrase])).to.deep.equal([
      ['error', 'failure not reported'],
      ['warn', 'set aside'],
    ]);
  });

  it('sets an item aside once that was reported, so that a crash in between lets it be reported again', async () => {
    const waiting: (string | undefined)[] = [];
    await yard.put(item('x'));
    const worker = yard.worker({
      async handle() {
        throw new NotAllowed('No.');
      },
      onAside: async () => void waiting.push((await yard.queue.items.get('x'))?.state),
    });
    await until(() => worker.quiet());
    expect(waiting).to.deep.equal(['waiting']);
    expect(await yard.states()).to.deep.equal({ x: 'aside' });
  });

  it('tries an item again whose report can’t be made for now, and sets it aside in the end', async () => {
    for (const failures of [1, Number.POSITIVE_INFINITY]) {
      const reported: string[] = [];
      let calls = 0;
      const id = `x${failures}`;
      await yard.put(item(id));
      const worker = yard.worker({
        async handle() {
          throw new NotAllowed('No.');
        },
        async onAside({ id }) {
          calls += 1;
          if (calls <= failures) throw new Retryable('The store is away.');
          reported.push(id);
        },
      });
      await until(async () => {
        yard.clock.now += 60_000;
        worker.poke();
        return (await yard.states())[id] === 'aside';
      });
      await worker.stop();
      expect(reported).to.deep.equal(failures === 1 ? [id] : []);
      expect(calls).to.equal(failures === 1 ? 2 : 24);
    }
  });

  it('has as much patience as the failure asks for', async () => {
    await yard.put(item('x'));
    const begun = yard.clock.now;
    const worker = yard.worker(
      {
        handle: async () => {
          throw new Retryable('Away.', 10_000, { patienceMs: 60_000 });
        },
      },
      { mostAttempts: 1, patienceMs: 0 },
    );
    await until(async () => {
      yard.clock.now += 10_000;
      worker.poke();
      return (await yard.states()).x === 'aside';
    });
    expect(yard.clock.now - begun).to.be.at.least(60_000);
  });

  it('has patience with what may work later, however short the waits are that a service names', async () => {
    await yard.put(item('x'));
    let tries = 0;
    const aside: string[] = [];
    const worker = yard.worker(
      {
        async handle() {
          tries += 1;
          throw new Retryable('Busy.', 1000);
        },
        async onRetry(_item, _error, waitMs) {
          yard.clock.now += waitMs;
        },
        onAside: async ({ id }) => void aside.push(id),
      },
      { mostAttempts: 3, patienceMs: 20_000 },
    );
    await until(async () => {
      worker.poke();
      return aside.length > 0;
    });
    expect(tries).to.equal(21);
  });

  it('tries at once what waits, when it is told to: the first of the lane', async () => {
    await yard.put(item('x'), item('y'));
    let away = true;
    const seen: string[] = [];
    const worker = yard.worker({
      async handle({ id }) {
        if (away) throw new Retryable('Away.', 500_000);
        seen.push(id);
      },
    });
    await until(() => worker.quiet());
    away = false;
    expect(await yard.queue.retry('y')).to.equal(true);
    worker.poke();
    await until(async () => seen.length === 2);
    expect(seen).to.deep.equal(['x', 'y']);
  });

  it('takes up again what is put back, before what came after it', async () => {
    await yard.put(item('x'));
    let mended = false;
    const seen: string[] = [];
    const worker = yard.worker({
      async handle({ id, payload }) {
        if (!mended) throw new NotAllowed('No.');
        seen.push(`${id} ${payload}`);
      },
    });
    await until(() => worker.quiet());
    expect(await yard.queue.retry('y')).to.equal(false);
    mended = true;
    expect(await yard.queue.retry('x')).to.equal(true);
    expect(await yard.queue.retry('x'), 'it waits').to.equal(true);
    worker.poke();
    await until(() => worker.quiet());
    expect(seen).to.deep.equal(['x {"id":"x"}']);
    expect((await yard.queue.items.get('x'))?.reason).to.equal(undefined);
  });

  it('claims no lane whose resource this process does not hold', async () => {
    await yard.put(item('x', { resource: 'slack:main' }), item('y', { lane: 'b' }));
    const worker = yard.worker({ handle: async () => {} });
    await until(() => worker.quiet());
    expect(await yard.states()).to.deep.equal({ x: 'waiting', y: 'done' });
    expect((await yard.queue.lanes.get('a'))?.leaseBy).to.equal('');
  });

  it('looks at what arrives while it is at work, without being poked', async () => {
    await yard.put(item('x'));
    const seen: string[] = [];
    const worker = yard.worker({
      async handle({ id }) {
        seen.push(id);
        if (id === 'x') await yard.put(item('y'));
      },
    });
    await until(() => worker.quiet());
    expect(seen).to.deep.equal(['x', 'y']);
  });

  it('does of many items about the same thing the newest, and the rest of the lane in its order', async () => {
    const edits = Array.from({ length: 300 }, (_, n) => item(`e${n}`, { about: 'm1' }));
    await yard.put(...edits.slice(0, 200), item('post'), ...edits.slice(200), item('other', { about: 'm2' }));
    const did: string[] = [];
    const worker = yard.worker({ handle: async ({ id }) => void did.push(id) });
    await until(() => worker.quiet());
    expect(did).to.deep.equal(['post', 'e299', 'other']);
    expect(new Set(Object.values(await yard.states()))).to.deep.equal(new Set(['done']));
  });

  it('reads a lane that it has just claimed no second time', async () => {
    let read = 0;
    const counting = (id: string) => {
      read += 1;
      return yard.queue.lanes.get(id);
    };
    await yard.put(item('x'));
    const lanes = { ...yard.queue.lanes, get: counting };
    const worker = yard.worker({ queue: { ...yard.queue, lanes }, handle: async () => {} });
    await until(() => worker.quiet());
    // One read, to release the lane.
    expect(read).to.equal(1);
  });

  it('stops when what it does has let go, takes no more, and leaves all of it to the next', async () => {
    await yard.put(item('x'), item('y'), item('z', { lane: 'b', dueAt: NOW + 60_000 }));
    let left = false;
    const begun = gate();
    const worker = yard.worker({
      async handle(_item, signal) {
        begun.open();
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        left = true;
        throw signal.reason;
      },
    });
    await begun.opened;
    await worker.stop();
    expect(left).to.equal(true);
    expect(await yard.states()).to.deep.equal({ x: 'waiting', y: 'waiting', z: 'waiting' });
    expect((await yard.queue.items.get('x'))?.attempts).to.equal(0);
    const seen: string[] = [];
    const next = yard.worker({ handle: async ({ id }) => void seen.push(id) });
    await until(() => next.quiet());
    expect(seen).to.deep.equal(['x', 'y']);
  });

  it('lets go of a lane whose lease it lost, and settles nothing there', async () => {
    await yard.put(item('x'));
    const begun = gate();
    let aborted = false;
    const worker = yard.worker(
      {
        async handle(_item, signal) {
          begun.open();
          await new Promise((resolve) => signal.addEventListener('abort', resolve));
          aborted = true;
          throw new NotAllowed('It must not be set aside by who no longer holds it.');
        },
      },
      { leaseMs: 40 },
    );
    await begun.opened;
    const lane = await yard.queue.lanes.get('a');
    if (!lane) throw new Error('There is no lane.');
    await yard.queue.lanes.replace({ ...lane, leaseBy: 'another', leaseUntil: NOW + 1e9 }, lane.rev);
    await until(() => aborted);
    await worker.stop();
    expect(await yard.states()).to.deep.equal({ x: 'waiting' });
    expect((await yard.queue.lanes.get('a'))?.leaseBy).to.equal('another');
  });

  it('lets go before its lease ends when the store never answers', async () => {
    let away = false;
    await yard.close();
    yard = aYard({ step: () => (away ? new Promise(() => {}) : Promise.resolve()) });
    await yard.put(item('x'));
    const begun = gate();
    const aborted = gate();
    const worker = yard.worker(
      {
        async handle(_item, signal) {
          begun.open();
          await new Promise((resolve) => signal.addEventListener('abort', resolve));
          expect(yard.wall.now).to.be.below(NOW + 40);
          aborted.open();
        },
      },
      { leaseMs: 40 },
    );
    await begun.opened;
    away = true;
    yard.wall.now += 35;
    await aborted.opened;
    // A write to this store never ends, so the test does not wait for the worker to stop.
    void worker.stop();
    yard = aYard();
  });

  it('keeps its leases when the product clock is moved by hours', async () => {
    await yard.put(item('x'));
    const { opened, open } = gate();
    const begun = gate();
    let times = 0;
    const handle = async (_item: unknown, signal: AbortSignal) => {
      times++;
      begun.open();
      await opened;
      expect(signal.aborted).to.equal(false);
    };
    const one = yard.worker({ handle });
    const two = yard.worker({ handle });
    await begun.opened;
    yard.clock.now += 5 * 3_600_000;
    two.poke();
    // The clock is hours ahead, so the lane is long due: only the lease keeps the other worker away.
    for (let looks = 0; looks < 20; looks++) await new Promise((resolve) => setImmediate(resolve));
    open();
    await until(async () => (await one.quiet()) && (await two.quiet()));
    expect(times).to.equal(1);
    expect(await yard.states()).to.deep.equal({ x: 'done' });
  });

  it('hands a lane on when a process died with it, also to itself', async () => {
    await yard.put(item('x'));
    await yard.queue.lanes.claim(
      { where: { state: 'ready' }, sort: [['dueAt', 'asc']] },
      { by: 'w0/1', now: NOW, until: NOW + 15_000 },
    );
    const worker = yard.worker({ handle: async () => {} });
    await new Promise((resolve) => setImmediate(resolve));
    expect(await yard.states()).to.deep.equal({ x: 'waiting' });
    yard.wall.now += 15_000;
    worker.poke();
    await until(async () => (await yard.states()).x === 'done');
    expect((await yard.queue.lanes.get('a'))?.state).to.equal('idle');
  });

  it('never has two workers in one lane, whatever the interleaving, and does each item once and in order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.array(fc.constantFrom('a', 'b'), { maxLength: 8 }), async (plan, lanes) => {
        const data = memoryData();
        const step = (what: string) => plan.schedule(Promise.resolve(), what);
        const process = () => makeQueue(memoryStore(laneSpecs('work'), { data, step }), 'work', () => NOW);
        const inside = new Set<string>();
        const seen: string[] = [];
        const own = aYard();
        const workers = ['p', 'q'].map((owner) =>
          own.worker(
            {
              ...{ queue: process(), owner },
              async handle({ id, lane }) {
                expect(inside.has(lane), `two in ${lane}`).to.equal(false);
                inside.add(lane);
                await plan.schedule(Promise.resolve(), `handle ${id}`);
                seen.push(id);
                inside.delete(lane);
              },
            },
            { pollMs: 1e6 },
          ),
        );
        const source = process();
        const items = lanes.map((lane, n) => item(`${lane}${n}`, { lane }));
        const fed = (async () => {
          for (const one of items) {
            await source.save([one]);
            await source.ready([one]);
            for (const worker of workers) worker.poke();
          }
        })();
        const over = (async () => {
          await fed;
          await until(async () => (await Promise.all(workers.map((worker) => worker.quiet()))).every(Boolean));
          await own.close();
        })();
        await run(plan, over);
        expect([...seen].sort()).to.deep.equal(items.map(({ id }) => id).sort());
        for (const lane of ['a', 'b'])
          expect(seen.filter((id) => id.startsWith(lane))).to.deep.equal(
            items.map(({ id }) => id).filter((id) => id.startsWith(lane)),
          );
      }),
      { numRuns: 150 },
    );
  });
});

/** Takes one step after another until the promise is settled. */
async function run(plan: fc.Scheduler, promise: Promise<void>): Promise<void> {
  let over = false;
  const ended = promise.finally(() => {
    over = true;
  });
  while (!over) {
    if (plan.count()) await plan.waitOne();
    else await new Promise((resolve) => setImmediate(resolve));
  }
  await ended;
}
