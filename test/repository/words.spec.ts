// Words that only we know stand in no sentence that people or agents read.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { expect } from 'chai';

const SRC = resolve(import.meta.dirname, '../../src');
const INNER = /\bepochs?\b/i;

function files(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) return files(path);
    return path.endsWith('.ts') ? [path] : [];
  });
}

/** The literals of a file that are sentences: without comments, and without what is filled in. */
function sentencesOf(path: string): string[] {
  const code = readFileSync(path, 'utf8')
    .replace(/^\s*(?:\/\/|\/?\*).*$/gm, '')
    .replace(/\s\/\/ .*$/gm, '');
  const literals = code.match(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g) ?? [];
  return literals.map((text) => text.replace(/\$\{[^{}]*\}/g, '…')).filter((text) => /[a-z] [a-z]/i.test(text));
}

describe('the words of Skein', () => {
  it('are read here', () => {
    const all = files(SRC).flatMap(sentencesOf);
    expect(all.length).to.be.greaterThan(1000);
    expect(all.some((text) => text.includes('Cut off at the length limit'))).to.equal(true);
  });

  it('never say “epoch” to anybody', () => {
    const told = files(SRC).flatMap((path) =>
      sentencesOf(path).flatMap((text) => (INNER.test(text) ? [`${relative(SRC, path)}: ${text}`] : [])),
    );
    expect(told).to.deep.equal([]);
  });
});
