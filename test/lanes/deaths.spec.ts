// Items whose process dies: how often they are tried, and which of them are not counted.
import { expect } from 'chai';
import { Retryable } from '../../src/errors.ts';
import type { WorkerDeps } from '../../src/lanes/worker.ts';
import { aYard, gate, item, NOW, until, type Yard } from './build.ts';

describe('an item whose process dies', () => {
  let yard: Yard;
  beforeEach(() => {
    yard = aYard();
  });
  afterEach(() => yard.close());

  let claims = 0;
  /** Lets a worker begin with what waits, hold it until all is begun that will be, and die there. */
  async function dieAtWork(over: Partial<WorkerDeps> = {}): Promise<string[]> {
    const begun: string[] = [];
    const owner = `dies${++claims}`;
    const worker = yard.worker({
      owner,
      async handle({ id }, signal) {
        begun.push(id);
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        signal.throwIfAborted();
      },
      ...over,
    });
    await until(() => begun.length > 0);
    for (let looks = 0; looks < 50; looks++) await new Promise((resolve) => setImmediate(resolve));
    // From now on it settles nothing: its leases are another's.
    for (const { id, leaseBy } of await yard.queue.lanes.find({ where: { state: 'ready' } })) {
      const lane = await yard.queue.lanes.get(id);
      if (lane && leaseBy.startsWith(`${owner}/`))
        await yard.queue.lanes.replace({ ...lane, leaseBy: 'nobody/1', leaseUntil: NOW + 15_000 }, lane.rev);
    }
    await worker.stop();
    await yard.queue.free('nobody');
    return begun.sort();
  }

  it('is set aside after five deaths, and not tried once more', async () => {
    await yard.put(item('x'));
    for (let n = 0; n < 4; n++) expect(await dieAtWork()).to.deep.equal(['x']);
    expect((await yard.queue.items.get('x'))?.died?.times).to.equal(3);
    expect(await dieAtWork()).to.deep.equal(['x']);
    const told: string[] = [];
    const tried: string[] = [];
    yard.worker({
      handle: async ({ id }) => void tried.push(id),
      onAside: async (_item, error) => void told.push(String(error)),
    });
    await until(async () => (await yard.states()).x === 'aside');
    expect(tried).to.deep.equal([]);
    expect(told).to.deep.equal(['Killed: Skein itself broke down 5 times in the midst of it, and got no further.']);
    expect(await yard.queue.retry('x')).to.equal(true);
    await until(async () => (await yard.states()).x === 'done');
  });

  it('is done alone after three deaths, so that what was in flight beside it is counted no more', async () => {
    await yard.put(...['a', 'b', 'c'].map((lane) => item(lane, { lane })));
    for (let n = 0; n < 3; n++) expect(await dieAtWork()).to.deep.equal(['a', 'b', 'c']);
    const [alone, ...others] = await dieAtWork();
    expect(others).to.deep.equal([]);
    yard.clock.now += 1000;
    const times = async (id: string) => (await yard.queue.items.get(id))?.died?.times;
    const done: string[] = [];
    let busy = 0;
    yard.worker({
      async handle({ id }) {
        expect(++busy).to.equal(1);
        expect(await times(id)).to.equal(id === alone ? 4 : 3);
        await new Promise((resolve) => setImmediate(resolve));
        done.push(id);
        busy--;
      },
    });
    await until(() => {
      yard.clock.now += 100;
      return done.length === 3;
    });
  });

  it('counts from one again once it has got further, and from none once an attempt has ended', async () => {
    await yard.put(item('x'));
    let turns = 0;
    const progress = async () => `${turns}`;
    const died = async () => (await yard.queue.items.get('x'))?.died;
    for (let n = 0; n < 4; n++) await dieAtWork({ progress });
    turns = 1;
    await dieAtWork({ progress });
    expect(await died()).to.deep.equal({ times: 1, mark: '1' });
    const worker = yard.worker({
      progress,
      handle: async () => {
        throw new Retryable('Not now.', 7000);
      },
    });
    await until(async () => (await yard.queue.items.get('x'))?.attempts === 1);
    await worker.stop();
    expect(await died()).to.equal(undefined);
  });

  it('is not counted when the process is stopped, however often', async () => {
    await yard.put(item('x'));
    for (let n = 0; n < 8; n++) {
      const begun = gate();
      const worker = yard.worker({
        async handle(_item, signal) {
          begun.open();
          await new Promise((resolve) => signal.addEventListener('abort', resolve));
          signal.throwIfAborted();
        },
      });
      await begun.opened;
      await worker.stop();
    }
    expect(await yard.queue.items.get('x')).to.deep.include({ state: 'waiting', attempts: 0, rev: 1 });
  });

  it('is set aside without a report where the report itself kills', async () => {
    await yard.put(item('x'));
    let told = 0;
    await dieAtWork();
    await dieAtWork();
    const [x] = await yard.queue.items.find({ where: { state: 'waiting' }, sort: [['at', 'asc']] });
    if (!x) throw new Error('There is no item.');
    await yard.queue.items.replace({ ...x, died: { times: 7, mark: '' } }, x.rev);
    yard.worker({ handle: async () => {}, onAside: async () => void told++ });
    await until(async () => (await yard.states()).x === 'aside');
    expect(told).to.equal(0);
  });
});
