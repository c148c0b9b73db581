// Group commit: one transaction for the writes of one turn, each of which can fail alone.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import Libsql from 'libsql';
import sinon from 'sinon';
import { InvalidInput, Retryable } from '../../../src/errors.ts';
import { groupCommit } from '../../../src/store/embedded/group.ts';

function withResolvers() {
  let resolve: () => void = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

describe('group commit', () => {
  let dir: string;
  let db: Libsql.Database;
  const log = { flush: sinon.stub().resolves() };
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'skein-group-'));
    db = new Libsql(join(dir, 'a.db'));
    db.exec('PRAGMA journal_mode = WAL; CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL)');
  });
  afterEach(async () => {
    log.flush.resetHistory();
    db.close();
    await rm(dir, { recursive: true });
  });

  const add =
    (id: number, n: number | null = id) =>
    () =>
      db.exec(`INSERT INTO t VALUES (${id}, ${n ?? 'NULL'})`);
  const ids = () => (db.prepare('SELECT id FROM t ORDER BY id').all() as { id: number }[]).map(({ id }) => id);
  const settled = async (promises: Promise<unknown>[]) =>
    (await Promise.allSettled(promises)).map(({ status }) => status);

  it('commits once for all writes of a turn, on disk if one of them is a journal write', async () => {
    const group = groupCommit(db, log);
    await Promise.all([group.write('view', add(1)), group.write('journal', add(2)), group.write('view', add(3))]);
    expect(log.flush.callCount).to.equal(1);
    await group.write('view', add(4));
    expect(log.flush.callCount).to.equal(1);
    expect(ids()).to.deep.equal([1, 2, 3, 4]);
  });

  it('answers a journal write only once the log is on disk, and a view write at once', async () => {
    const disk = withResolvers();
    const group = groupCommit(db, { flush: () => disk.promise });
    const journal = group.write('journal', add(1));
    await group.write('view', add(2));
    const first = await Promise.race([journal.then(() => 'journal'), Promise.resolve('nothing')]);
    expect(first).to.equal('nothing');
    disk.resolve();
    await journal;
    expect(ids()).to.deep.equal([1, 2]);
  });

  it('fails the journal writes when the disk fails', async () => {
    const group = groupCommit(db, { flush: () => Promise.reject(new Error('EIO')) });
    expect(await settled([group.write('journal', add(1)), group.write('view', add(2))])).to.deep.equal([
      'rejected',
      'fulfilled',
    ]);
  });

  it('lets a write that breaks fail alone, whole, and the others pass in their order', async () => {
    const group = groupCommit(db, log);
    const undone = sinon.spy();
    group.onUndone(undone);
    const half = () => {
      add(5)();
      add(6, null)();
    };
    const outcomes = await settled([
      group.write('journal', add(1)),
      group.write('journal', half),
      group.write('view', add(1)),
      group.write('view', add(2)),
    ]);
    expect(outcomes).to.deep.equal(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    expect(ids()).to.deep.equal([1, 2]);
    sinon.assert.called(undone);
  });

  it('passes a refusal on without trying anything again', async () => {
    const group = groupCommit(db, log);
    const other = sinon.spy(add(1));
    const refuse = () => {
      throw new InvalidInput('No.');
    };
    expect(await settled([group.write('view', other), group.write('view', refuse)])).to.deep.equal([
      'fulfilled',
      'rejected',
    ]);
    sinon.assert.calledOnce(other);
  });

  it('fails every write whose commit fails, and goes on afterwards', async () => {
    const group = groupCommit(db, log);
    db.exec(
      'CREATE TABLE parent (id INTEGER PRIMARY KEY); CREATE TABLE child (id REFERENCES parent DEFERRABLE INITIALLY DEFERRED); PRAGMA foreign_keys = ON',
    );
    const orphan = () => db.exec('INSERT INTO child VALUES (7)');
    expect(await settled([group.write('view', orphan)])).to.deep.equal(['rejected']);
    await group.write('view', add(3));
    expect(ids()).to.deep.equal([3]);
  });

  it('says that the disk is full, of the database as of its log, and goes on once there is room', async () => {
    const failing = (write: Promise<unknown>) => write.then(() => undefined).catch((error: unknown) => error);
    const full = () => {
      expect(thrown).to.be.instanceOf(Retryable);
      expect((thrown as Error).message).to.match(/^The disk of the data directory is full.*Free some space\.$/);
    };
    const group = groupCommit(db, log);
    db.exec('CREATE TABLE b (bytes BLOB)');
    db.exec(
      `PRAGMA max_page_count = ${(db.prepare('PRAGMA page_count').get([]) as { page_count: number }).page_count}`,
    );
    let thrown = await failing(group.write('journal', () => db.exec('INSERT INTO b VALUES (zeroblob(100000))')));
    full();
    db.exec('PRAGMA max_page_count = 100000');
    log.flush.onFirstCall().rejects(Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' }));
    log.flush.resetHistory();
    thrown = await failing(group.write('journal', add(1)));
    full();
    await group.write('journal', add(2));
    log.flush.resetBehavior();
    log.flush.resolves();
  });

  describe('of a trail', () => {
    let other: Libsql.Database;
    beforeEach(() => {
      other = new Libsql(join(dir, 'a.db'));
    });
    afterEach(() => other.close());
    const committed = () =>
      (other.prepare('SELECT id FROM t ORDER BY id').all() as { id: number }[]).map(({ id }) => id);

    it('answers at once and is committed with whatever is written next', async () => {
      const group = groupCommit(db, log);
      await group.write('trail', add(1));
      await group.write('trail', add(2));
      expect([ids(), committed()]).to.deep.equal([[1, 2], []]);
      await group.write('journal', add(3));
      expect(committed()).to.deep.equal([1, 2, 3]);
      expect(log.flush.callCount).to.equal(1);
      await group.close();
    });

    it('has its tally with it', async () => {
      const group = groupCommit(db, log);
      await group.write('trail', add(1));
      await group.write('tally', add(2));
      expect([ids(), committed()]).to.deep.equal([[1, 2], []]);
      await group.write('view', add(3));
      expect(committed()).to.deep.equal([1, 2, 3]);
      await group.close();
    });

    it('is committed by itself when nothing follows', async () => {
      const group = groupCommit(db, log);
      await group.write('trail', add(1));
      while (!committed().length) await new Promise((done) => setTimeout(done, 1));
      expect(committed()).to.deep.equal([1]);
      await group.close();
    });

    it('stands on when a write that came later is undone, alone or among others', async () => {
      const group = groupCommit(db, log);
      await group.write('trail', add(1));
      expect(await settled([group.write('view', add(1))])).to.deep.equal(['rejected']);
      expect([ids(), committed()]).to.deep.equal([[1], []]);
      const outcomes = await settled([group.write('view', add(2)), group.write('journal', add(1))]);
      expect(outcomes).to.deep.equal(['fulfilled', 'rejected']);
      expect(committed()).to.deep.equal([1, 2]);
      await group.close();
    });

    it('that breaks fails alone, and leaves what stands', async () => {
      const group = groupCommit(db, log);
      await group.write('trail', add(1));
      expect(await settled([group.write('trail', add(2)), group.write('trail', add(1))])).to.deep.equal([
        'fulfilled',
        'rejected',
      ]);
      await group.close();
      expect(committed()).to.deep.equal([1, 2]);
    });

    it('is read again after each rollback, also where it could not be repeated', async () => {
      const group = groupCommit(db, log);
      const read: number[][] = [];
      group.onUndone(() => void read.push(ids()));
      let room = true;
      await group.write('trail', () => {
        add(1)();
        if (!room) throw new Error('The disk is full.');
      });
      room = false;
      expect(await settled([group.write('view', add(1))])).to.deep.equal(['rejected']);
      expect([read.at(-1), ids()]).to.deep.equal([[], []]);
      const before = read.length;
      await settled([group.write('view', add(2))]);
      expect(read.slice(before)).to.deep.equal(read.slice(before).map(() => []));
      expect(read.length - before).to.be.at.least(2);
      room = true;
      await group.write('view', add(3));
      expect(committed()).to.deep.equal([1, 3]);
      await group.close();
    });

    it('is committed when the store is closed', async () => {
      const group = groupCommit(db, log);
      await group.write('trail', add(1));
      await group.close();
      expect(committed()).to.deep.equal([1]);
    });
  });

  it('commits what waits when it is closed, and refuses what comes later', async () => {
    const group = groupCommit(db, log);
    const waiting = group.write('journal', add(1));
    await group.close();
    await waiting;
    expect(await settled([group.write('journal', add(2))])).to.deep.equal(['rejected']);
    expect(ids()).to.deep.equal([1]);
  });
});
