// Extreme Markdown, for the tests of the HTML and the plain text of a mail.
import fc from 'fast-check';

const piece = fc.constantFrom(
  '<img src=x onerror=y>',
  '"',
  '>',
  '<',
  '](',
  ')',
  '[x](https://a"b)',
  '![a](https://x.test/"onload=)',
  '![a [b](https://x.test/c)](https://x.test/d)',
  '[![a](https://x.test/b)](https://x.test/c "t")',
  '`',
  '**',
  '_',
  '\n',
  '\n> ',
  '\n- ',
  '\n2. ',
  '\n    ',
  '\n| a | b |\n|---|--:|\n| ',
  ' | ',
  'https://x.test/"><script>',
  '<https://x.test>',
  '[x]: https://x.test/y\n',
  '```\n',
  '&',
  '&lt;',
  '\\',
  'x',
);

export const hostileMarkdown = fc.array(piece, { maxLength: 25 }).map((pieces) => pieces.join(''));

/** The limit of a message is 100,000 characters. */
export const longMarkdown = [
  '*'.repeat(200_000),
  '['.repeat(200_000),
  '`'.repeat(200_000),
  '> '.repeat(100_000),
  '# '.repeat(100_000),
  '- '.repeat(100_000),
  '_a'.repeat(100_000),
  '![a]('.repeat(40_000),
  '[a](https://x.test/b) '.repeat(10_000),
  'https://x.test/b '.repeat(10_000),
  `${'|a'.repeat(1_000)}|\n${'|-'.repeat(1_000)}|\n${'|b|\n'.repeat(20_000)}`,
];
