// Files of lines: read as a stream, cut where a crash tore them, and never half a line.
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { InvalidInput, Retryable } from '../../src/errors.ts';
import { openLines } from '../../src/practice/lines.ts';
import { fillDisk } from './full-disk.ts';

describe('a file of lines', () => {
  let dir: string;
  let path: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'skein-lines-'));
    path = join(dir, 'made', 'a.jsonl');
  });
  afterEach(() => rmSync(dir, { recursive: true }));
  const kept = () => {
    const lines = openLines(path);
    const all = [...lines.read()];
    lines.close();
    return all;
  };

  it('gives back what was added, however long and wherever its parts are cut', () => {
    const long = ['x'.repeat(1024 * 1024 - 1), 'ü'.repeat(1_500_000), '', 'end'];
    const lines = openLines(path);
    for (const line of long) lines.add(line);
    lines.close();
    lines.close();
    expect(kept().map((line, n) => line === long[n])).to.deep.equal([true, true, true, true]);
  });

  it('cuts away what a crash tore off, be it everything', () => {
    expect(kept()).to.deep.equal([]);
    writeFileSync(path, 'torn');
    expect(kept()).to.deep.equal([]);
    appendFileSync(path, `one\n${'t'.repeat(2_000_000)}`);
    expect(kept()).to.deep.equal(['one']);
    expect(readFileSync(path, 'utf8')).to.equal('one\n');
  });

  it('refuses a line that the disk has no room for, leaves no part of it, and goes on afterwards', () => {
    const lines = openLines(path);
    lines.add('one');
    const makeRoom = fillDisk();
    try {
      expect(() => lines.add('two')).to.throw(Retryable, /^The disk is full: .*a\.jsonl.*Free some space/);
      expect(() => lines.keep(['none'])).to.throw(Retryable, /^The disk is full/);
    } finally {
      makeRoom();
    }
    lines.add('three');
    expect([...lines.read()]).to.deep.equal(['one', 'three']);
    lines.keep(['three']);
    lines.add('four');
    lines.close();
    expect(kept()).to.deep.equal(['three', 'four']);
  });

  it('says what stands in its place', () => {
    mkdirSync(path, { recursive: true });
    expect(() => openLines(path)).to.throw(InvalidInput, /a\.jsonl can't be opened \(EISDIR\)\. Move away/);
  });
});
