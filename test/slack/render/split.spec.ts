// A long text is split so that each word is rendered as in the whole.
import { expect } from 'chai';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { HEAD_CHARS, MARKDOWN_CHARS } from '../../../src/slack/limits.ts';
import { render, safeMarkdown, safeParts } from '../../../src/slack/render/render.ts';
import { costOf, split } from '../../../src/slack/render/split.ts';
import { type Drawn, drawn, hostile, structured } from '../markdown-words.ts';

const people = () => undefined;
const partsOf = (markdown: string) => render({ markdown, people }).posts.map(({ blocks }) => String(blocks[0]?.text));
const many = (times: number, make: (n: number) => string, between = '\n') =>
  Array.from({ length: times }, (_, n) => make(n + 1)).join(between);

/** Without repeated table headers. */
function onceOnly(all: Drawn[]): Drawn[] {
  const seen = new Set<string>();
  return all.filter(({ word }) => {
    const isRepeated = word.startsWith('header') && seen.has(word);
    seen.add(word);
    return !isRepeated;
  });
}

/** The first word that is rendered differently from the whole. */
function difference(parts: readonly string[], whole: string): unknown {
  const found = onceOnly(parts.flatMap(drawn));
  const wanted = drawn(whole);
  const at = wanted.findIndex(({ word, stands }, n) => found[n]?.word !== word || found[n]?.stands !== stands);
  if (at >= 0) return { wanted: wanted[at], found: found[at] };
  return found.length > wanted.length ? found[wanted.length] : undefined;
}

const picture = (markdown: string) =>
  new MarkdownIt({ html: false })
    .parse(markdown, {})
    .some(({ children }) => children?.some(({ type }) => type === 'image'));

describe('slack/split', () => {
  it('draws every word once, in its order and in what it stands in, however it is cut', () => {
    fc.assert(
      fc.property(structured, fc.integer({ min: 400, max: 1_500 }), (text, limit) => {
        const parts = split(text, limit);
        for (const part of parts) expect(costOf(part)).to.be.at.most(limit);
        expect(difference(parts, text)).to.equal(undefined);
        expect(split(text, limit)).to.deep.equal(parts);
      }),
      { numRuns: 200 },
    );
  });

  it('makes nothing of code that it was not, so that no picture comes of a cut', () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 400, max: 1_500 }), (text, limit) => {
        for (const part of safeParts(safeMarkdown(text, people), limit)) {
          expect(costOf(part)).to.be.at.most(limit);
          expect(picture(part), part).to.equal(false);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('draws no picture where a backtick of another block was taken for the beginning of code', () => {
    const cut = [
      `\`\n> \\> ${'> '.repeat(29)}\n| a | b |\n|---|---|\n| ${'> '.repeat(60)}\`${'- '.repeat(12)}\n`,
      `    > > ${'*'.repeat(30)}${'- '.repeat(12)}${'> '.repeat(30)}\`\`\`\n\`![a](https://x.test/y)\`!\n`,
      `> \`\`\`\n${'```\n'.repeat(3)}`,
    ].join('');
    const whole = '`\n> ![a](https://x.test/y)`';
    const table = '| ` | b |\n|---|---|\n| ![a](https://x.test/y)` | c |\n';
    const defined = '`\n> `![a]`\n\n`\n> ![a]: https://x.test/y`';
    for (const text of [cut, whole, table, defined]) {
      const parts = safeParts(safeMarkdown(text, people), 400);
      expect(parts.join('')).to.include('[a]');
      for (const part of parts) {
        expect(picture(part), part).to.equal(false);
        expect(costOf(part)).to.be.at.most(400);
      }
      for (const part of partsOf(text)) expect(picture(part), part).to.equal(false);
    }
  });

  it('keeps what looks like a picture where it is code, beside a picture that is made a link', () => {
    const code = '```js\nif (![1, 2].includes(n)) return;\n```\n\nSay `![alt](url)`.\n';
    const [post] = safeParts(safeMarkdown(`${code}\n\`\n> ![a](https://x.test/y)\`\n`, people), 400);
    expect(post).to.equal(`${code}\n\`\n> [a](https://x.test/y)\`\n`);
  });

  it('gives every part of a table its header', () => {
    const parts = partsOf(`| name | what |\n|:--|--:|\n${many(1_000, (n) => `| row ${n} | value |`)}\n`);
    expect(parts).to.have.length(2);
    for (const part of parts) expect(part).to.match(/^\| name \| what \|\n\|:--\|--:\|\n\| row \d+ \| value \|\n/);
  });

  it('goes on in a nested list below a sign for its item, and with its number', () => {
    const items = many(2, (n) => `${n}. item ${n}\n${many(450, (k) => `    - nested ${n}.${k} with some words`)}`);
    const [, second = ''] = partsOf(items);
    expect(second).to.match(/^1\. …\n {3,4}- nested 1\.\d+ with some words\n[\s\S]*\n2\. item 2\n {3,4}- nested 2\.1 /);
    const [, third = ''] = split(
      many(200, () => '1. word'),
      400,
    );
    expect(third).to.match(/^(?!1\.)\d+\. word\n/);
  });

  it('goes on in a quote as a quote, in bold as bold, in code as code', () => {
    const words = many(400, (n) => `word${n}`, ' ');
    for (const [before, after] of [
      ['> ', ''],
      ['**', '**'],
      ['> **', '**'],
      ['`', '`'],
    ] as const) {
      const parts = split(`${before}${words}${after}`, HEAD_CHARS);
      expect(parts.length).to.be.above(1);
      for (const part of parts) expect(part.startsWith(before) && part.trimEnd().endsWith(after), part).to.equal(true);
    }
  });

  it('fills the open part with the beginning of what has to be cut', () => {
    const { posts, file } = render({ markdown: `# Long\n\n${many(9_000, () => 'word', ' ')}\n`, people });
    const [head = ''] = posts.map(({ blocks }) => String(blocks[0]?.text));
    expect(file).not.to.equal(undefined);
    expect(head).to.match(/^# Long\n\nword word[ word]*\n\n_This is the beginning/);
    expect(head.length).to.be.within(HEAD_CHARS * 0.9, HEAD_CHARS * 1.1);
    const [first = ''] = partsOf(`Intro.\n\n${many(1_000, (n) => `- item ${n}`)}\n`);
    expect(first).to.match(/^Intro\.\n\n- item 1\n/);
  });

  it('does not leave a heading alone at the end of a part', () => {
    for (const lines of [10, 20, 24, 26, 28, 30, 40]) {
      const text = `${many(lines, () => 'A line.')}\n\n## Heading\n\n${many(20, () => 'Another line.')}\n`;
      for (const part of split(text, 400)) expect(part).not.to.match(/## Heading\s*$/);
    }
  });

  it('tears no character, in whatever writing, and no line is too long', () => {
    for (const sign of ['👨‍👩‍👧‍👦', '🇩🇪', 'é', '漢', 'كَ', 'x', '한']) {
      const text = sign.repeat(5_000);
      const parts = split(text, MARKDOWN_CHARS);
      for (const part of parts) {
        expect(costOf(part)).to.be.at.most(MARKDOWN_CHARS);
        expect(part.trim().replaceAll(sign, ''), sign).to.equal('');
      }
      expect(parts.map((part) => part.trim()).join('')).to.equal(text);
    }
  });

  it('begins no list, heading or quote where words are cut', () => {
    const parts = split(
      many(400, () => 'a - b # c > d 1. e'),
      450,
    );
    for (const part of parts) expect(drawn(part).every(({ stands }) => stands === 'paragraph > ')).to.equal(true);
  });
});
