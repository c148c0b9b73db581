// A stranger's text as Slack shows it: unchanged, and without any effect.
import { expect } from 'chai';
import fc from 'fast-check';
import { quarantinedMail } from '../../../src/slack/render/blocks.ts';
import { quoteBlock } from '../../../src/slack/render/quote.ts';
import { elements, load, textIn } from '../../practice/page/load.ts';

const { blockNodes } = await load('blocks/blocks.js');
const names = { user: (id: string) => `user ${id}`, channel: () => 'general' };
const drawn = (blocks: unknown[]) => blockNodes(blocks, names, {});
const acting = (blocks: unknown[]) =>
  elements(drawn(blocks)).filter(({ tag, attrs }) => tag === 'a' || attrs.class === 'mention');

const piece = fc.constantFrom(
  'https://evil.test/a',
  '<https://evil.test|Sign in>',
  '[Sign in](https://evil.test)',
  '<@U1>',
  '<!channel>',
  '@here',
  '*bold*',
  '`code`',
  '\n> ',
  '\0',
  'a@evil.test',
  ' ',
);
const words = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));

describe('a quote in Slack', () => {
  it('has no link and no mention in it, whatever was written', () => {
    fc.assert(
      fc.property(words, (any) => {
        const held = quarantinedMail({
          title: 'A mail waits',
          about: [`It says that it is from: ${any}`, `Subject: ${any}`],
          excerpt: any,
          answers: { accept: 'Yes', reject: 'No' },
          reason: 'Not proved.',
          value: 'v',
        });
        const quote = quoteBlock({ quote: any });
        for (const blocks of [held.blocks, quote ? [quote] : []]) expect(acting(blocks)).to.deep.equal([]);
      }),
    );
  });

  it('shows the words as they are', () => {
    const excerpt = 'Pay at https://evil.test/a\n*now*';
    const { blocks } = quarantinedMail({
      title: 'A mail waits',
      about: ['It says that it is from: M <m@evil.test>', 'Subject: Hi'],
      excerpt,
      answers: { accept: 'Yes', reject: 'No' },
      reason: 'No.',
      value: 'v',
    });
    const shown = textIn(drawn(blocks));
    expect(elements(drawn(blocks)).map(({ tag }) => tag)).to.include('blockquote');
    expect(shown).to.contain('Pay at https://evil.test/a').and.to.contain('*now*');
    expect(shown).to.contain('It says that it is from: M <m@evil.test>').and.to.contain('Subject: Hi');
  });

  it('is none where there is nothing to quote: Slack refuses empty words', () => {
    expect(quoteBlock({ lead: ' ', quote: '\n' })).to.equal(undefined);
    expect(quoteBlock({ lead: 'a', quote: '' })?.elements).to.have.length(1);
  });
});
