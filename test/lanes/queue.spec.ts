// The stored part of a queue: ids stay known, and a crash between saving and making ready loses nothing.
import { expect } from 'chai';
import fc from 'fast-check';
import { InvalidInput, Retryable } from '../../src/errors.ts';
import { backoff, LONGEST_WAIT_MS } from '../../src/lanes/item.ts';
import { makeQueue, type NewItem } from '../../src/lanes/queue.ts';
import { aYard, item, NOW, until, type Yard } from './build.ts';

describe('a queue of lanes', () => {
  let yard: Yard;
  beforeEach(() => {
    yard = aYard();
  });
  afterEach(() => yard.close());

  it('remembers the id of what is done, without its payload', async () => {
    expect(await yard.put(item('x'))).to.deep.equal([true]);
    const worker = yard.worker({ handle: async () => {} });
    await until(() => worker.quiet());
    expect(await yard.put(item('x'), item('y'))).to.deep.equal([false, true]);
    expect((await yard.queue.items.get('x'))?.payload).to.equal('');
  });

  it('keeps the id alone of what is nothing to do', async () => {
    expect(await yard.queue.save([item('x', { done: true })])).to.deep.equal([true]);
    expect(await yard.queue.save([item('x')])).to.deep.equal([false]);
    expect(await yard.queue.items.get('x')).to.include({ state: 'done', payload: '' });
  });

  it('finds what a crash left saved but not ready, behind any number of lanes that wait', async () => {
    const waiting = Array.from({ length: 450 }, (_, n) => item(`w${n}`, { lane: `l${n % 7}`, dueAt: NOW + 5e5 }));
    await yard.put(...waiting);
    yard.clock.now += 1;
    await yard.queue.save([item('lost', { lane: 'z' }), item('lost2', { lane: 'z', dueAt: NOW + 5000 })]);
    await yard.queue.rescue(NOW + 1);
    expect(await yard.queue.lanes.get('z')).to.include({ state: 'ready', dueAt: NOW + 1, arrivals: 1 });
    expect((await yard.queue.lanes.get('l0'))?.arrivals).to.equal(1);
  });

  it('looks for what a crash left among the newest, and now and then among all that wait', async () => {
    await yard.put(...Array.from({ length: 500 }, (_, n) => item(`w${n}`, { lane: `l${n}`, dueAt: NOW + 9 * 60_000 })));
    await yard.queue.rescue(NOW + 1);
    yard.clock.now += 2 * 60_000;
    await yard.queue.rescue(yard.clock.now);
    let read = 0;
    const { find } = yard.queue.items;
    yard.queue.items.find = async (query) => {
      const found = await find.call(yard.queue.items, query);
      read += found.length;
      return found;
    };
    yard.clock.now += 3 * 60_000;
    await yard.queue.save([item('lost', { lane: 'z' })]);
    await yard.queue.rescue(yard.clock.now);
    expect(await yard.queue.lanes.get('z')).to.include({ state: 'ready' });
    expect(read).to.equal(1);
    for (const minutes of [2, 6]) {
      yard.clock.now += minutes * 60_000;
      await yard.queue.rescue(yard.clock.now);
    }
    expect(read).to.be.above(500);
  });

  it('looks again for what a crash left where the look before failed', async () => {
    await yard.queue.rescue(NOW);
    yard.clock.now += 2 * 60_000;
    await yard.queue.save([item('lost', { lane: 'z' })]);
    yard.clock.now += 3 * 60_000;
    const { find } = yard.queue.items;
    yard.queue.items.find = () => Promise.reject(new Retryable('away', 5000));
    await yard.queue.rescue(yard.clock.now).catch(() => {});
    yard.queue.items.find = find;
    yard.clock.now += 3 * 60_000;
    await yard.queue.rescue(yard.clock.now);
    expect(await yard.queue.lanes.get('z')).to.include({ state: 'ready' });
  });

  it('says which of the lanes that it makes ready were so before', async () => {
    expect([...(await yard.queue.ready([{ lane: 'a' }, { lane: 'b' }]))]).to.deep.equal([]);
    expect([...(await yard.queue.ready([{ lane: 'b' }, { lane: 'c' }]))]).to.deep.equal(['b']);
    const worker = yard.worker({ handle: async () => {} });
    await until(() => worker.quiet());
    expect([...(await yard.queue.ready([{ lane: 'b' }]))]).to.deep.equal([]);
  });

  it('is filled in a transaction of somebody else, and says which lanes were ready before', async () => {
    const whole = aYard({ whole: true });
    const put = async (...items: NewItem[]) => {
      const { writes, waiting } = await whole.queue.saving(items);
      expect(await whole.store.writeAll?.(writes)).to.equal(true);
      return [...waiting()];
    };
    expect(await put(item('x'), item('y', { lane: 'b', dueAt: NOW + 500 }))).to.deep.equal([]);
    expect(await put(item('z'), item('u', { lane: 'b' }))).to.deep.equal(['a', 'b']);
    expect(await whole.queue.lanes.get('b')).to.include({ state: 'ready', dueAt: NOW });
    whole.clock.now += 500;
    const did: string[] = [];
    const worker = whole.worker({ handle: async ({ id }) => void did.push(id) });
    await until(() => did.length === 4);
    await until(() => worker.quiet());
    expect(did.filter((id) => 'xz'.includes(id))).to.deep.equal(['x', 'z']);
    expect(await put(item('v'))).to.deep.equal([]);
    await until(() => did.includes('v'));
    await whole.close();
  });

  it('is filled while its lane is leased: the worker looks again', async () => {
    const whole = aYard({ whole: true });
    await whole.put(item('x'));
    const did: string[] = [];
    const worker = whole.worker({
      async handle({ id }) {
        did.push(id);
        if (id === 'x') await whole.store.writeAll?.((await whole.queue.saving([item('y')])).writes);
      },
    });
    await until(() => did.length === 2);
    await until(() => worker.quiet());
    expect(await whole.states()).to.deep.equal({ x: 'done', y: 'done' });
    await whole.close();
  });

  it('leaves alone what was saved only now: its lane is being made ready', async () => {
    await yard.queue.save([item('x')]);
    await yard.queue.rescue(NOW - 1);
    expect(await yard.queue.lanes.get('a')).to.equal(undefined);
  });

  it('is rescued by a worker that runs', async () => {
    await yard.queue.save([item('x')]);
    yard.clock.now += 60_000;
    const worker = yard.worker({ handle: async () => {} });
    await until(async () => (await yard.states()).x === 'done');
    await worker.stop();
  });

  it('forgets what was done long ago and lanes that rest since, and nothing that waits or lies aside', async () => {
    const refuse = new InvalidInput('no');
    await yard.put(item('old'), item('bad', { lane: 'b' }), item('waits', { lane: 'c', dueAt: NOW + 1e9 }));
    const worker = yard.worker({
      handle: async ({ id }) => {
        if (id === 'bad') throw refuse;
      },
    });
    await until(() => worker.quiet());
    await worker.stop();
    yard.clock.now += 1000;
    await yard.put(item('new', { lane: 'd', done: true }));
    await yard.queue.prune(NOW + 500);
    expect(await yard.states()).to.deep.equal({ bad: 'aside', waits: 'waiting', new: 'done' });
    expect(await yard.queue.lanes.get('a')).to.equal(undefined);
    expect((await yard.queue.lanes.get('c'))?.state).to.equal('ready');
  });

  it('keeps a lane due at its soonest item', async () => {
    await yard.put(item('x', { dueAt: NOW + 500 }));
    await yard.put(item('y', { dueAt: NOW + 900 }));
    expect(await yard.queue.lanes.get('a')).to.include({ dueAt: NOW + 500, arrivals: 2 });
  });

  it('frees the leases of a dead predecessor, and nobody else’s', async () => {
    await yard.put(item('x', { lane: 'a' }), item('y', { lane: 'b' }), item('z', { lane: 'c' }));
    const query = { where: { state: 'ready' }, sort: [['id', 'asc']] } as const;
    for (const by of ['me/7', 'me too/7', 'me/8'])
      await yard.queue.lanes.claim(query, { by, now: NOW, until: NOW + 15_000 });
    await yard.queue.free('me');
    for (const lane of ['a', 'c'])
      expect(await yard.queue.lanes.get(lane)).to.include({ leaseBy: '', leaseUntil: 0, state: 'ready' });
    expect(await yard.queue.lanes.get('b')).to.include({ leaseBy: 'me too/7', leaseUntil: NOW + 15_000 });
  });

  describe('whose clock is set back by an hour', () => {
    const HOUR = 3_600_000;
    /** Another process, or the same one after a restart: it reads everything from the store. */
    const restarted = () => makeQueue(yard.store, 'work', () => yard.clock.now);
    const order = async () =>
      (await yard.queue.items.find({ where: { lane: 'a', state: 'waiting' }, sort: [['n', 'asc']] })).map(
        ({ id }) => id,
      );

    it('hands over at once what was saved before', async () => {
      await yard.put(item('a1'), item('b1', { lane: 'b' }));
      yard.clock.now -= HOUR;
      await yard.queue.rescue(yard.clock.now);
      const did: string[] = [];
      const worker = yard.worker({ handle: async ({ id }) => void did.push(id) });
      await until(() => worker.quiet());
      expect(did.sort()).to.deep.equal(['a1', 'b1']);
    });

    it('finds what a crash left saved but not ready before', async () => {
      await yard.queue.save([item('lost')]);
      yard.clock.now -= HOUR;
      await yard.queue.rescue(yard.clock.now);
      expect(await yard.queue.lanes.get('a')).to.include({ state: 'ready', dueAt: yard.clock.now });
    });

    it('tries again after the longest wait at the latest', async () => {
      await yard.put(item('a1'));
      const worker = yard.worker({ handle: () => Promise.reject(new Retryable('away', 5000)) });
      await until(async () => (await yard.queue.items.get('a1'))?.attempts === 1 && (await worker.quiet()));
      await worker.stop();
      yard.clock.now -= HOUR;
      await yard.queue.rescue(yard.clock.now);
      const latest = yard.clock.now + LONGEST_WAIT_MS;
      expect((await yard.queue.items.get('a1'))?.dueAt).to.equal(latest);
      expect((await yard.queue.lanes.get('a'))?.dueAt).to.be.at.most(latest);
    });

    it('keeps the order of arrival, in this process and the next', async () => {
      await yard.put(item('first'));
      yard.clock.now -= HOUR;
      await yard.put(item('second'));
      await restarted().save([item('third')]);
      expect(await order()).to.deep.equal(['first', 'second', 'third']);
    });
  });

  it('waits longer with each attempt, never beyond ten minutes, and less than all of it by at most a quarter', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (attempts, random) => {
          const full = backoff(attempts, 0);
          expect(full).to.equal(Math.min(1000 * 2 ** (attempts - 1), 600_000));
          expect(backoff(attempts, random)).to.be.within(full * 0.75 - 1, full);
        },
      ),
    );
  });
});
