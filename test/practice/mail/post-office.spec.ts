import { appendFileSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { Retryable } from '../../../src/errors.ts';
import { openPostOffice, type Room } from '../../../src/practice/mail/post-office.ts';
import { silent } from '../../logs.ts';
import { fillDisk } from '../full-disk.ts';

describe('the practice post office', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'skein-post-'));
  });
  afterEach(() => rmSync(dir, { recursive: true }));
  const opened = (room?: Room) => openPostOffice(dir, silent, room);
  const aMail = (text: string) => ({ from: 'a@b', to: ['c@d'], raw: Buffer.from(text), at: 5 });

  it('keeps every mail, and what was handed on, for the next start', () => {
    const office = opened();
    office.take(aMail('one\xff'));
    office.take(aMail('two'));
    office.handed(2);
    office.handed(2);
    const again = opened();
    expect(again.all()).to.deep.equal(office.all());
    expect(again.all().map(({ n, handed }) => [n, handed])).to.deep.equal([
      [1, false],
      [2, true],
    ]);
  });

  it('loses no mail to a line that a crash cut off', () => {
    opened().take(aMail('one'));
    appendFileSync(join(dir, 'mails.jsonl'), '{"n":2,"from":"x","to"');
    opened().take(aMail('two'));
    opened().handed(2);
    const mails = opened().all();
    expect(mails.map(({ n, raw, handed }) => [n, raw.toString(), handed])).to.deep.equal([
      [1, 'one', false],
      [2, 'two', true],
    ]);
  });

  it('keeps the newest, and all that wait to be handed on; its file becomes smaller with the next start', () => {
    const room = { mails: 3, bytes: 1000 };
    const office = opened(room);
    for (let n = 1; n <= 5; n++) office.take(aMail(`mail ${n}`));
    expect(office.all()).to.have.length(5);
    for (const n of [1, 2, 4, 5]) office.handed(n);
    const next = office.take(aMail('mail 6'));
    expect(next.n).to.equal(6);
    expect(office.all().map(({ n }) => n)).to.deep.equal([3, 5, 6]);
    office.take(aMail('x'.repeat(2000)));
    expect(office.all().map(({ n }) => n)).to.deep.equal([3, 6, 7]);

    const before = statSync(join(dir, 'mails.jsonl')).size;
    const again = opened(room);
    expect(again.all()).to.deep.equal(office.all());
    expect(statSync(join(dir, 'mails.jsonl')).size).to.be.below(before);
    expect(again.newest()).to.equal(7);
    expect(again.take(aMail('more')).n).to.equal(8);
    expect(
      opened(room)
        .all()
        .map(({ n }) => n),
    ).to.deep.equal([3, 6, 7, 8]);
  });

  it('takes nothing that the disk has no room for, and says so', () => {
    const office = opened();
    const makeRoom = fillDisk();
    try {
      expect(() => office.take(aMail('lost'))).to.throw(Retryable, /^The disk is full/);
    } finally {
      makeRoom();
    }
    expect(office.take(aMail('kept')).n).to.equal(1);
    expect(opened().all()).to.deep.equal(office.all());
  });

  it('goes on after a line that can’t be read', () => {
    opened().take(aMail('one'));
    appendFileSync(join(dir, 'mails.jsonl'), 'null\n{"n":"x"}\nnot json\n');
    opened().take(aMail('two'));
    expect(
      opened()
        .all()
        .map(({ raw }) => raw.toString()),
    ).to.deep.equal(['one', 'two']);
  });
});
