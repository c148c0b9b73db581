// Finds the structure around each word of rendered Markdown, and generates texts of every structure.
import fc from 'fast-check';
import MarkdownIt, { type MarkdownIt as Reader } from 'markdown-it';

export interface Drawn {
  word: string;
  /** The surrounding structure, from outside: `ordered_list > item 4 > paragraph > strong`. */
  stands: string;
}

type Tokens = ReturnType<Reader['parse']>;

/** All runs of letters and digits, in order. */
export function drawn(markdown: string): Drawn[] {
  const found: Drawn[] = [];
  const open: string[] = [];
  const numbers: number[] = [];
  const begin = (token: Tokens[number], kind: string) => {
    if (/_list$/.test(kind)) numbers.push(kind === 'ordered_list' ? Number(token.attrGet('start') ?? 1) : Number.NaN);
    const number = numbers.at(-1) ?? Number.NaN;
    if (kind === 'list_item') numbers.splice(-1, 1, number + 1);
    open.push(kind === 'list_item' && number ? `item ${number}` : kind === 'heading' ? token.tag : kind);
  };
  const walk = (tokens: Tokens) => {
    for (const token of tokens) {
      const kind = token.type.replace(/_(open|close)$/, '');
      if (token.nesting === 1) begin(token, kind);
      if (token.nesting === -1) {
        open.pop();
        if (/_list$/.test(kind)) numbers.pop();
      }
      if (token.children) walk(token.children);
      else if (token.nesting === 0)
        for (const [word] of token.content.matchAll(/[\p{L}\p{N}\p{M}]+/gu))
          found.push({ word, stands: [...open, kind === 'text' ? '' : kind + token.info].join(' > ') });
    }
  };
  walk(new MarkdownIt({ html: false }).parse(markdown, {}));
  return found;
}

/** Placeholders for a word and for a word of a table header. Each is replaced by a unique word. */
const WORD = '§';
const HEADER = '¤';
const names = ['word', 'letters', 'x', 'كَلِمة', '漢字', 'größer', 'a', 'longerword'];

const words = (most: number) => fc.integer({ min: 1, max: most }).map((n) => Array(n).fill(WORD).join(' '));
const phrase = fc.oneof(
  { weight: 6, arbitrary: words(30) },
  words(40).map((text) => `**${text}**`),
  words(60).map((text) => `_${text}_`),
  words(20).map((text) => `**${text} *${text}* ${text}**`),
  words(20).map((text) => `~~${text}~~`),
  words(12).map((text) => `\`${text}\``),
  words(4).map((text) => `[${text}](https://x.test/y)`),
  fc
    .constantFrom('- ', '# ', '1. ', '2) ', '> ', '| ', '+ ', '* ', '😀', '…', '&amp;', '\\*', '5 * 3', '"')
    .map((sign) => `${WORD} ${sign}${WORD}`),
);
const sentence = fc
  .tuple(fc.array(phrase, { minLength: 1, maxLength: 6 }), fc.constantFrom(' ', '\n', ' '))
  // A line of prose begins with a word, so that it starts no other block.
  .map(([phrases, between]) => phrases.map((text) => `${WORD} ${text}`).join(between));
const leaf = fc.oneof(
  { weight: 3, arbitrary: sentence },
  fc.tuple(fc.integer({ min: 1, max: 6 }), words(8)).map(([level, text]) => `${'#'.repeat(level)} ${text}`),
  words(5).map((text) => `${text}\n${'='.repeat(5)}`),
  fc
    .tuple(
      fc.constantFrom('```', '~~~', '````'),
      fc.constantFrom('', 'js', 'c++ x'),
      fc.array(words(12), { maxLength: 30 }),
    )
    .map(([mark, info, lines]) => `${mark}${info}\n${lines.map((line) => `  ${line}\n`).join('\n')}${mark}`),
  fc
    .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 30 }), words(4))
    .map(([columns, rows, text]) =>
      [
        ` ${HEADER} |`.repeat(columns),
        '---|'.repeat(columns),
        ...Array<string>(rows).fill(` ${text} |`.repeat(columns)),
      ]
        .map((row) => `|${row}`)
        .join('\n'),
    ),
);

const indented = (text: string, first: string, rest: string) =>
  text
    .split('\n')
    .map((line, n) => (n === 0 ? first : line === '' && rest.trim() === '' ? '' : rest) + line)
    .join('\n');

const { blocks } = fc.letrec<{ blocks: string; block: string; list: string; quote: string; inner: string }>((tie) => ({
  blocks: fc.array(tie('block'), { minLength: 1, maxLength: 4 }).map((all) => all.join('\n\n')),
  block: fc.oneof({ maxDepth: 2, depthSize: 'medium' }, leaf, tie('list'), tie('quote')),
  quote: tie('inner').map((text) => indented(text, '> ', '> ')),
  list: fc
    .tuple(
      fc.constantFrom('- ', '* ', '-   ', '1. ', '8. ', '97) '),
      fc.array(tie('inner'), { minLength: 1, maxLength: 5 }),
      fc.constantFrom('\n', '\n\n'),
      fc.boolean(),
    )
    .map(([marker, items, between, counts]) =>
      items
        .map((text, n) => {
          const mark = counts ? marker.replace(/\d+/, (from) => String(Number(from) + n)) : marker;
          return indented(text, mark, ' '.repeat(mark.length));
        })
        .join(between),
    ),
  inner: fc.oneof({ maxDepth: 3 }, sentence, tie('blocks')),
}));

/** A text as models write it, in which each word is unique. */
export const structured = blocks.map((text) => {
  let n = 0;
  return text.replace(/[§¤]/g, (sign) => {
    n += 1;
    return `${sign === HEADER ? 'header' : names[n % names.length]}${n}`;
  });
});

const signs = fc.constantFrom(
  ...[
    '```\n',
    '~~~\n',
    '\n```js\n',
    '`',
    '``',

    '\n\n',
    '\n',
    '\n> ',
    '> > ',
    '\n- ',
    '\n  ',
    '\n    ',
    '\n9. ',
  ],
  ...[
    '**',
    '_',
    '~~',
    ' | ',
    '\n| a | b |\n|---|---|\n| ',
    '![a](https://x.test/y)',
    '`![a](https://x.test/y)`',
    '\\',
    '!',
  ],
  ...[
    'word ',
    'word '.repeat(60),
    'x'.repeat(300),
    '> '.repeat(30),
    '- '.repeat(12),
    '\t',
    '[',
    '](',
    '*'.repeat(30),
    '😀',
  ],
);

/** Hostile Markdown, with pictures inside code. */
export const hostile = fc.array(signs, { minLength: 10, maxLength: 60, size: 'max' }).map((all) => all.join(''));
