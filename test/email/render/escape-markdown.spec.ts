// A person's words stay what they are inside Markdown of ours.
import { expect } from 'chai';
import fc from 'fast-check';
import { escapeHtml } from '../../../src/email/render/escape-html.ts';
import { escapeMarkdown } from '../../../src/email/render/escape-markdown.ts';
import { markdownHtml } from '../../../src/email/render/markdown-html.ts';
import { markdownText } from '../../../src/email/render/markdown-text.ts';

const pieces = [
  '**',
  '_',
  '`',
  '[a](https://x.test)',
  'https://x.test',
  '<b>',
  '&amp;',
  '\\',
  '# ',
  '1. ',
  '- ',
  '> ',
  'word',
  ' ',
  '~~',
  '|',
  '![',
  '@',
  'é',
];
const words = fc
  .array(fc.constantFrom(...pieces), { maxLength: 12 })
  .map((all) => all.join('').replace(/ +/g, ' ').trim());

describe('words inside our Markdown', () => {
  it('mean nothing, in text and in HTML', () => {
    fc.assert(
      fc.property(words, (any) => {
        const markdown = `I have taken this on: **x${escapeMarkdown(any)}x**`;
        expect(markdownText(markdown)).to.equal(`I have taken this on: x${any}x`);
        expect(markdownHtml(markdown)).to.equal(`<p>I have taken this on: <strong>x${escapeHtml(any)}x</strong></p>`);
      }),
    );
  });
});
