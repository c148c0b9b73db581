// A claim that finds nothing only reads: polls at rest make no transactions.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import sinon from 'sinon';
import { laneSpecs } from '../../../src/lanes/item.ts';
import { makeQueue } from '../../../src/lanes/queue.ts';
import { embeddedCollection } from '../../../src/store/embedded/collection.ts';
import { closeDatabase, type Database, openDatabase } from '../../../src/store/embedded/database.ts';
import { type Group, groupCommit } from '../../../src/store/embedded/group.ts';
import { openTable } from '../../../src/store/embedded/table.ts';
import type { Collection, Store } from '../../../src/store/port.ts';

const NOW = 1000;

describe('a claim in the embedded store', () => {
  let dir: string;
  let db: Database;
  let group: Group;
  let store: Store;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'skein-claim-'));
    db = openDatabase(dir);
    group = groupCommit(db, { flush: async () => {} });
    const collections = new Map(
      laneSpecs('work').map((spec) => [spec.name, embeddedCollection(db, group, openTable(db, spec))]),
    );
    store = { collection: (name: string) => collections.get(name) as unknown as Collection<never> } as unknown as Store;
  });
  afterEach(async () => {
    await group.close();
    closeDatabase(db, dir);
    await rm(dir, { recursive: true });
  });

  it('makes a transaction only if a document may be claimed', async () => {
    const queue = makeQueue(store, 'work', () => NOW);
    const claim = (now: number, by = 'me') =>
      queue.lanes.claim(
        { where: { state: 'ready', resource: { in: ['any'] }, dueAt: { lte: now } }, sort: [['dueAt', 'asc']] },
        { by, now: 0, until: now + 100 },
      );
    const write = sinon.spy(group, 'write');
    expect(await claim(NOW), 'no lanes').to.equal(undefined);
    expect(write.callCount).to.equal(0);

    const later = { id: 'a', lane: 'l', kind: 'k', payload: {}, dueAt: NOW + 50 };
    await queue.save([later]);
    await queue.ready([later]);
    write.resetHistory();
    expect(await claim(NOW), 'not due yet').to.equal(undefined);
    expect(write.callCount).to.equal(0);

    const claims = await Promise.all(['one', 'two'].map((by) => claim(NOW + 50, by)));
    expect(claims.map((lane) => lane?.leaseBy)).to.deep.equal(['one', undefined]);
    expect(write.callCount).to.equal(2);
    write.resetHistory();
    expect(await claim(NOW + 60), 'leased').to.equal(undefined);
    expect(write.callCount).to.equal(0);
  });

  it('sees a lane that is made ready at the same moment, though nobody awaits that', async () => {
    const queue = makeQueue(store, 'work', () => NOW);
    await queue.save([{ id: 'a', lane: 'l', kind: 'k', payload: {} }]);
    const ready = queue.ready([{ lane: 'l' }]);
    // As the inbox does: the worker is poked once the item is saved.
    await Promise.resolve().then(() => undefined);
    const where = { state: 'ready', resource: { in: ['any'] }, dueAt: { lte: NOW } } as const;
    const lane = await queue.lanes.claim({ where, sort: [['dueAt', 'asc']] }, { by: 'me', now: 0, until: NOW + 100 });
    expect(lane?.id).to.equal('l');
    await ready;
  });
});
