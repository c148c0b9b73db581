// The title and the text of a task that is made from what somebody wrote.
import { expect } from 'chai';
import fc from 'fast-check';
import { cutAtWord, excerptOf, titleIn } from '../../../../src/doors/slack/tasks/message-excerpt.ts';
import { MOST_FIELD_CHARS } from '../../../../src/slack/render/forms.ts';

describe('doors/slack/tasks/message-excerpt', () => {
  it('quotes any words so that they fit a field of Slack, with their source', () => {
    const source = `Ben Okafor, [in Slack](https://team.example/${'x'.repeat(300)})`;
    const lines = fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 50 }).map((all) => all.join('\n'));
    fc.assert(
      fc.property(
        fc.oneof(
          lines,
          fc.integer({ min: 0, max: 9_000 }).map((n) => 'a\n'.repeat(n)),
        ),
        (text) => {
          const quote = excerptOf(text, source);
          expect(quote.length).to.be.at.most(MOST_FIELD_CHARS);
          expect(quote.endsWith(source)).to.equal(true);
        },
      ),
    );
  });

  it('shows that words were left out, and cuts no character in two', () => {
    expect(cutAtWord('one two three', 9)).to.equal('one two…');
    expect(cutAtWord('🪿'.repeat(10), 6)).to.equal('🪿🪿…');
    expect(cutAtWord('one two', 7)).to.equal('one two');
  });

  it('takes the first line with words for the title, without its marks', () => {
    expect(titleIn('---\n> # **Order** forty boxes\nNow')).to.equal('Order forty boxes');
    expect(titleIn('@ada, bake rye')).to.equal('bake rye');
    expect(titleIn(':\n…')).to.equal('');
  });
});
