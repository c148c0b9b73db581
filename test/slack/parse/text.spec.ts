// Converts text of people to the form in the log, and finds the addressees.
import { expect } from 'chai';
import fc from 'fast-check';
import { addressableText, mentionsUser, readText } from '../../../src/slack/parse/text.ts';

const people: Record<string, string> = { U1: 'Ann Lee', U2: 'Ben', UBOT: 'Skein' };
const names = {
  user: (id: string) => people[id],
  channel: (id: string) => (id === 'C2' ? 'ops' : undefined),
  botUserId: 'UBOT',
};
const textOf = (mrkdwn: string) => readText(mrkdwn, names).text;

describe('slack/text', () => {
  const table: [string, string, string][] = [
    ['a mention', 'hi <@U1>', 'hi @Ann Lee'],
    ['a mention of somebody unknown, by its label', 'hi <@U9|zoe>', 'hi @zoe'],
    ['a mention of somebody unknown, by the id', 'hi <@U9>', 'hi @U9'],
    ['a channel with its name', 'see <#C1|launch>', 'see #launch'],
    ['a channel without its name', 'see <#C2|> and <#C3>', 'see #ops and #C3'],
    ['a link with a label', '<https://example.com/a|the plan>', '[the plan](https://example.com/a)'],
    ['a bare link', '<https://example.com/a>', 'https://example.com/a'],
    ['a link whose label is itself', '<mailto:ann@example.com|ann@example.com>', 'ann@example.com'],
    ['a link with brackets', '<https://example.com/a(b)|see [1]>', '[see \\[1\\]](https://example.com/a%28b%29)'],
    ['a broadcast', '<!here> <!channel|channel>', '@here @channel'],
    ['a group', '<!subteam^S1|@ops> <!subteam^S2>', '@ops @S2'],
    ['a date', '<!date^1795220030^{date}|Nov 21>', 'Nov 21'],
    ['entities, once', '1 &lt; 2 &amp;amp; 3 &gt; 2', '1 < 2 &amp; 3 > 2'],
    ['bold and struck', '*now* or ~never~, _maybe_', '**now** or ~~never~~, _maybe_'],
    ['asterisks that are not bold', '2*3*4 and * a *', '2*3*4 and * a *'],
    [
      'code, which is not formatted',
      '`*a* &lt;b&gt;` and ```x ~y~\n<https://a.b|a.b>```',
      '`*a* <b>` and ```x ~y~\na.b```',
    ],
    ['a quote', '&gt; said <@U1>\nyes', '> said @Ann Lee\nyes'],
  ];
  for (const [what, mrkdwn, markdown] of table) {
    it(`reads ${what}`, () => expect(textOf(mrkdwn)).to.equal(markdown));
  }

  it('finds who is mentioned, each once, but not in code or quotes', () => {
    const text = '<@U1> and <@U2|ben>, again <@U1>; `<@U3>`\n&gt; <@U4> said\n```\n<@U5>\n```\n<@UBOT>';
    expect(readText(text, names))
      .to.include({ mentionsApp: true })
      .and.to.deep.include({ mentions: ['U1', 'U2', 'UBOT'] });
    expect(mentionsUser('`<@UBOT>`', 'UBOT')).to.equal(false);
    expect(mentionsUser('<@UBOT|skein> hello', 'UBOT')).to.equal(true);
  });

  it('drops code and quotes from what can address somebody', () => {
    expect(addressableText('a `@b` c\n> @d\ne\n```\n@f\n```\n@g')).to.equal('a   c\ne\n \n@g');
    expect(addressableText('a\n>>> @b\n@c')).to.equal('a');
  });

  it('leaves no token of Slack behind, whatever people are called', () => {
    const token = fc.constantFrom(
      '<@U1>',
      '<@U9|x>',
      '<#C1|y>',
      '<!here>',
      '<https://a.b|c>',
      '*',
      '~',
      '`',
      '\n',
      '&lt;',
      ' ',
      'x',
    );
    fc.assert(
      fc.property(fc.array(token, { maxLength: 30 }), (tokens) => {
        expect(textOf(tokens.join('').replaceAll('&lt;', ''))).to.not.match(/<[@#!]?\w/);
      }),
    );
  });
});
