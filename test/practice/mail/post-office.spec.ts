import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { openPostOffice } from '../../../src/practice/mail/post-office.ts';

describe('the practice post office', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'skein-post-'));
  });
  afterEach(() => rmSync(dir, { recursive: true }));
  const aMail = (text: string) => ({ from: 'a@b', to: ['c@d'], raw: Buffer.from(text), at: 5 });

  it('keeps every mail, and what was handed on, for the next start', () => {
    const office = openPostOffice(dir);
    office.take(aMail('one\xff'));
    office.take(aMail('two'));
    office.handed(2);
    office.handed(2);
    const again = openPostOffice(dir);
    expect(again.all()).to.deep.equal(office.all());
    expect(again.all().map(({ n, handed }) => [n, handed])).to.deep.equal([
      [1, false],
      [2, true],
    ]);
  });

  it('loses no mail to a line that a crash cut off', () => {
    openPostOffice(dir).take(aMail('one'));
    appendFileSync(join(dir, 'mails.jsonl'), '{"n":2,"from":"x","to"');
    openPostOffice(dir).take(aMail('two'));
    openPostOffice(dir).handed(2);
    const mails = openPostOffice(dir).all();
    expect(mails.map(({ n, raw, handed }) => [n, raw.toString(), handed])).to.deep.equal([
      [1, 'one', false],
      [2, 'two', true],
    ]);
  });
});
