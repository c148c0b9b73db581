import { expect } from 'chai';
import { checkMessageBlocks, checkView, withIds } from '../../../src/practice/slack/blocks/validate.ts';
import { LAUNCH, practice } from './practice.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const section = (length: number) => ({ type: 'section', text: { type: 'mrkdwn', text: 'x'.repeat(length) } });
const button = (more = {}) => ({ type: 'button', text: plain('Go'), action_id: 'go', ...more });
const actions = (...elements: object[]) => ({ type: 'actions', elements });
const times = <T>(count: number, make: (n: number) => T) => Array.from({ length: count }, (_, n) => make(n));

const refused: [what: string, blocks: object[], where: string][] = [
  ['an unknown block', [{ type: 'heading' }], '/blocks/0/type'],
  ['more than 50 blocks', times(51, () => ({ type: 'divider' })), '/blocks'],
  ['a section text of 3,001', [section(3_001)], '/blocks/0/text/text'],
  ['a section with neither text nor fields', [{ type: 'section' }], '/blocks/0'],
  ['11 fields', [{ type: 'section', fields: times(11, () => plain('x')) }], '/blocks/0/fields'],
  ['a header of 151', [{ type: 'header', text: plain('x'.repeat(151)) }], '/blocks/0/text/text'],
  ['a header in mrkdwn', [{ type: 'header', text: { type: 'mrkdwn', text: 'x' } }], '/blocks/0/text/type'],
  ['26 buttons', [actions(...times(26, (n) => button({ action_id: `a${n}` })))], '/blocks/0/elements'],
  ['a button text of 76', [actions(button({ text: plain('x'.repeat(76)) }))], '/blocks/0/elements/0/text/text'],
  ['a button value of 2,001', [actions(button({ value: 'x'.repeat(2_001) }))], '/blocks/0/elements/0/value'],
  ['two elements with one action id', [actions(button(), button())], '/blocks/0/elements'],
  ['two blocks with one block id', times(2, () => ({ type: 'divider', block_id: 'b' })), '/blocks/1/block_id'],
  ['an image without alt text', [{ type: 'image', image_url: 'https://x' }], '/blocks/0'],
  ['11 context elements', [{ type: 'context', elements: times(11, () => plain('x')) }], '/blocks/0/elements'],
  [
    'a table of 21 columns',
    [{ type: 'table', rows: [times(21, () => ({ type: 'raw_text', text: 'x' }))] }],
    '/blocks/0/rows/0',
  ],
  [
    '101 options',
    [actions({ type: 'static_select', options: times(101, (n) => ({ text: plain('x'), value: `${n}` })) })],
    '/blocks/0/elements/0/options',
  ],
];

describe('practice Slack: Block Kit', () => {
  for (const [what, blocks, where] of refused) {
    it(`refuses ${what}, pointing at it`, () => {
      const fault = checkMessageBlocks(blocks);
      expect(fault.kind).to.equal('invalid');
      expect(fault.kind === 'invalid' && fault.messages.join()).to.include(`[json-pointer:${where}]`);
    });
  }

  it('takes what is just within the limits', () => {
    const blocks = [
      section(3_000),
      { type: 'header', text: plain('x'.repeat(150)) },
      actions(...times(25, (n) => button({ action_id: `a${n}` }))),
      {
        type: 'context_actions',
        elements: [
          {
            type: 'feedback_buttons',
            positive_button: { text: plain('Good'), value: 'y' },
            negative_button: { text: plain('Bad'), value: 'n' },
          },
        ],
      },
    ];
    expect(checkMessageBlocks(blocks)).to.deep.equal({ kind: 'fine' });
  });

  it('finds 12,000 characters of markdown together, and 13,000 in all, too long', () => {
    const markdown = (length: number) => ({ type: 'markdown', text: 'x'.repeat(length) });
    expect(checkMessageBlocks([markdown(6_000), markdown(6_001)]).kind).to.equal('too-long');
    expect(checkMessageBlocks(times(5, () => section(2_900))).kind).to.equal('too-long');
  });

  it('wants a submit button in a modal with inputs, and short titles', () => {
    const input = { type: 'input', label: plain('Name'), element: { type: 'plain_text_input' } };
    const modal = { type: 'modal', title: plain('x'.repeat(25)), blocks: [input] };
    expect(checkView(modal).join()).to.include('/view/title/text');
    expect(checkView({ ...modal, title: plain('Ask') }).join()).to.include('missing required field: submit');
    expect(checkView({ ...modal, title: plain('Ask'), submit: plain('Go') })).to.deep.equal([]);
  });

  it('gives ids to what has none', () => {
    const [first] = withIds([{ type: 'actions', elements: [{ type: 'button', text: plain('Go') }] }]);
    expect(first?.block_id).to.be.a('string').and.not.equal('');
    expect(first).to.have.nested.property('elements[0].action_id').that.is.a('string');
  });

  it('answers invalid_blocks with Slack’s sentences', async () => {
    const p = await practice();
    try {
      await p.web.chat.postMessage({ channel: LAUNCH, text: 'x', blocks: [section(3_001)] as never });
      expect.fail('was not refused');
    } catch (error) {
      expect(error).to.have.nested.property('data.error', 'invalid_blocks');
      expect(error).to.have.nested.property(
        'data.response_metadata.messages[0]',
        '[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]',
      );
    } finally {
      await p.stop();
    }
  });
});
