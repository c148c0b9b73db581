// A run that is at work sends no word that is being erased: it waits, and goes on without it.
import { expect } from 'chai';
import type { Item } from '../../../src/lanes/item.ts';
import { makeQueue } from '../../../src/lanes/queue.ts';
import type { Commit } from '../../../src/log/commit.ts';
import { makeReader } from '../../../src/log/read.ts';
import { isErasing } from '../../../src/outbox/erasing/under-way.ts';
import { erase } from '../../../src/outbox/kinds/erase.ts';
import type { Parts } from '../../../src/outbox/parts.ts';
import { itemOf } from '../../../src/outbox/save-deliveries.ts';
import type { DeliveryOf } from '../../../src/pods/deliveries.ts';
import { anOffice, calls, never, type Office, says, wakeOf } from '../office.ts';

describe('a run while words are erased', () => {
  let office: Office;
  beforeEach(async () => {
    office = await anOffice();
  });

  const commits = () => office.world.store.collection<Commit>('commits');

  /** Ben deletes his message; its erasure is on the log, and nothing of it was carried out. */
  async function deletes(message: string): Promise<DeliveryOf<'erase'>> {
    const { world } = office;
    await world.does(world.ben, 'delete_message', { message });
    const erasure = world.delivered.findLast(({ kind }) => kind === 'erase');
    if (erasure?.kind !== 'erase') throw new Error('Nothing is erased.');
    const [commit] = await commits().find({ where: { pod: world.pod }, sort: [['seq', 'desc']], limit: 1 });
    if (!commit) throw new Error('There is no commit.');
    await commits().replace({ ...commit, pending: true }, commit.rev);
    return erasure;
  }

  it('asks nothing from the commit until the words are gone, and then without them', async () => {
    const { world } = office;
    const { store } = world;
    const secret = await world.does(world.ben, 'post_message', { conversation: office.conversation, text: 'hunter2' });
    let erasure: DeliveryOf<'erase'> | undefined;
    const outbox = makeQueue(store, 'outbox', () => world.clock.now);
    // What is done while the run waits, one after the other: each is seen as an erasure that is under way.
    const meanwhile = [
      async () => {
        await outbox.save([itemOf(erasure as DeliveryOf<'erase'>)]);
        const [pending] = await commits().find({ where: { pending: true } });
        if (pending) await commits().replace({ ...pending, pending: false }, pending.rev);
      },
      async () => {
        const parts = { store, act: world.act, read: makeReader(store) } as unknown as Parts;
        await erase.carry(parts, erasure as DeliveryOf<'erase'>, never);
        const [item] = await store.collection<Item>('outbox').find({ where: { lane: `erase:${world.pod}` } });
        if (item) await store.collection<Item>('outbox').replace({ ...item, state: 'done', payload: '' }, item.rev);
      },
    ];
    const desk = office.process({
      erasing: async (pod) => {
        const is = await isErasing({ store, read: makeReader(store) }, pod);
        if (is) await meanwhile.shift()?.();
        return is;
      },
    });
    office.script.push(
      calls(['create_task', { title: 'Order boxes' }]),
      async () => {
        erasure = await deletes(secret.message.id);
        return calls(['list_tasks']);
      },
      says('Done.'),
    );
    const [wake] = await office.says(world.ada, '@scribe what did Ben say?');
    await desk.runner.wake(wakeOf(wake), never);
    expect(meanwhile).to.have.length(0);
    const [first, before, ...after] = office.asked.map((request) => JSON.stringify(request));
    expect(first).to.include('hunter2');
    expect(before).to.include('hunter2');
    expect(after).to.have.length(1);
    expect(after[0]).not.to.include('hunter2');
    expect(after[0]).to.include('Order boxes');
    expect((await office.thread()).at(-1)).to.equal('Scribe: Done.');
  });

  it('ends without a request where the process ends while it waits', async () => {
    const { world } = office;
    const stop = new AbortController();
    const desk = office.process({
      erasing: async () => {
        stop.abort(new Error('The process ends.'));
        return true;
      },
    });
    const [wake] = await office.says(world.ada, '@scribe go');
    const ended = await desk.runner.wake(wakeOf(wake), stop.signal).catch((error: unknown) => error);
    expect(ended).to.be.instanceOf(Error).and.have.property('message', 'The process ends.');
    expect(office.asked).to.deep.equal([]);
  });
});
