import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import * as yaml from 'yaml';
import { readPlainYaml, type Scalars } from '../src/plain-yaml.ts';

const home = join(import.meta.dirname, '..');

/** Reads as the package does. Undefined for what it finds wrong. */
function byThePackage(text: string, scalars: Scalars): { value: unknown } | undefined {
  const document = yaml.parseDocument(text, { schema: scalars === 'text' ? 'failsafe' : 'core' });
  return document.errors.length ? undefined : { value: document.toJS() };
}

/** Lines that make plain YAML, and lines close to it that mean something else. */
const pieces = [
  ...['a: b', 'a:', 'b: 3', 'c: true', 'key: "x: y"', 'a-b: two words', 'd: |', 'd: >', 'd: |-', 'e: [a, "b c", 3]'],
  ...[
    'f: { a: b, c: [1, d] }',
    'f: {a: b}',
    'f: {a:b}',
    'f: [a b]',
    'f: []',
    'f: [a,]',
    'f: { a: b',
    '- a',
    '- "b"',
    '- a: b',
    '-',
    '- - a',
    '-  c: d',
    '- {a: b}',
  ],
  ...[
    '# words',
    '',
    ' ',
    'text',
    'text # more',
    'a: b # more',
    'a: b: c',
    'a: b:',
    'a: b#c',
    'a : b',
    'a:b',
    'a: ~',
    'a: null',
    'null: a',
    'True: a',
  ],
  ...[
    'a: 012',
    'a: 1.0',
    'a: -1',
    'a: 0x1F',
    'a: 1e3',
    'a: 12:30',
    'a: yes',
    'a: .inf',
    'a: &x b',
    'a: *x',
    'a: !t b',
    "a: 'b'",
    'a: "b',
    'a: "b" c',
    'a: "\\n"',
    'a: @b',
    'a: `b`',
    'a: %b',
    'a: b,c',
    'a: [b]c',
  ],
  ...[
    '---',
    '...',
    '%YAML 1.2',
    '? a',
    '<<: b',
    '__proto__: a',
    'constructor: a',
    'a: “b”',
    'a: b\u00a0',
    'a: \u00a0b',
    'a: b\tc',
    '\ta: b',
    '"a": b',
    'a: |  ',
    'a: b  ',
  ],
];

describe('plain YAML', () => {
  it('reads every shipped file, and as the package does', async () => {
    const texts: { name: string; text: string; scalars: Scalars }[] = [];
    for (const folder of ['manifests/agents', 'manifests/tools', 'templates/workflows'])
      for (const name of await readdir(join(home, folder)))
        texts.push({ name, text: await readFile(join(home, folder, name), 'utf8'), scalars: 'core' });
    const heads: [string, Scalars][] = (await readdir(join(home, 'templates/texts'))).map((name) => [
      `templates/texts/${name}`,
      'core',
    ]);
    for (const skill of await readdir(join(home, 'skills'))) heads.push([`skills/${skill}/SKILL.md`, 'text']);
    for (const [name, scalars] of heads) {
      const [, text = ''] = (await readFile(join(home, name), 'utf8')).split(/^---$/m);
      texts.push({ name, text: text.trim(), scalars });
    }
    for (const { name, text, scalars } of texts) {
      const read = readPlainYaml(text, scalars);
      expect(read, name).not.to.equal(undefined);
      expect(read, name).to.deep.equal(byThePackage(text, scalars));
    }
  });

  it('leaves brackets in each other without end to the package', () => {
    expect(readPlainYaml(`a: ${'['.repeat(60_000)}`, 'core')).to.equal(undefined);
  });

  it('reads as the package does, or not at all', () => {
    const line = fc
      .tuple(fc.constantFrom('', '', '  ', '    ', '   '), fc.constantFrom(...pieces))
      .map(([a, b]) => a + b);
    const text = fc
      .tuple(fc.array(line, { maxLength: 7 }), fc.constantFrom('', '\n', '\n\n'))
      .map(([all, end]) => all.join('\n') + end);
    let read = 0;
    fc.assert(
      fc.property(text, fc.constantFrom<Scalars>('core', 'text'), (source, scalars) => {
        const plain = readPlainYaml(source, scalars);
        if (!plain) return;
        read += 1;
        expect(plain).to.deep.equal(byThePackage(source, scalars));
      }),
      { numRuns: 20_000 },
    );
    expect(read).to.be.above(200);
  });

  it('reads any words in a line as the package does, or not at all', () => {
    const words = fc.string({ unit: fc.constantFrom(...'ab 1-:#"\'[]{},&*!|>%@`?.~\\\u00e9“'), maxLength: 12 });
    fc.assert(
      fc.property(words, fc.constantFrom<Scalars>('core', 'text'), (source, scalars) => {
        for (const text of [`a: ${source}`, `- ${source}`, `a:\n  b: ${source}\nc: d`, `a: |\n  ${source}\n`]) {
          const plain = readPlainYaml(text, scalars);
          if (plain) expect(plain, text).to.deep.equal(byThePackage(text, scalars));
        }
      }),
      { numRuns: 5000 },
    );
  });
});
