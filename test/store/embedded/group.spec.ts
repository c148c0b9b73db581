// Group commit: one transaction for what arrives in one turn, each write on its own within it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import Libsql from 'libsql';
import sinon from 'sinon';
import { InvalidInput } from '../../../src/errors.ts';
import { groupCommit } from '../../../src/store/embedded/group.ts';

describe('group commit', () => {
  let dir: string;
  let db: Libsql.Database;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'skein-group-'));
    db = new Libsql(join(dir, 'a.db'));
    db.exec('PRAGMA journal_mode = WAL; CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL)');
  });
  afterEach(async () => {
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
    const group = groupCommit(db);
    const exec = sinon.spy(db, 'exec');
    await Promise.all([group.write('view', add(1)), group.write('journal', add(2)), group.write('view', add(3))]);
    await group.write('view', add(4));
    const said = exec.args.map(([sql]) => sql).filter((sql) => !sql.startsWith('INSERT'));
    expect(said).to.deep.equal([
      'PRAGMA synchronous = FULL',
      'BEGIN',
      'COMMIT',
      'PRAGMA synchronous = NORMAL',
      'BEGIN',
      'COMMIT',
    ]);
    expect(ids()).to.deep.equal([1, 2, 3, 4]);
  });

  it('lets a write that breaks fail alone, whole, and the others pass in their order', async () => {
    const group = groupCommit(db);
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
    const group = groupCommit(db);
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
    const group = groupCommit(db);
    const commit = sinon.stub(db, 'exec').callThrough().withArgs('COMMIT').throws(new Error('disk'));
    expect(await settled([group.write('view', add(1)), group.write('view', add(2))])).to.deep.equal([
      'rejected',
      'rejected',
    ]);
    commit.callThrough();
    sinon.restore();
    await group.write('view', add(3));
    expect(ids()).to.deep.equal([3]);
  });

  it('commits what waits when it is closed, and refuses what comes later', async () => {
    const group = groupCommit(db);
    const waiting = group.write('journal', add(1));
    group.close();
    await waiting;
    expect(await settled([group.write('journal', add(2))])).to.deep.equal(['rejected']);
    expect(ids()).to.deep.equal([1]);
  });
});
