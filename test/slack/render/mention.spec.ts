// Names -> mentions.
import { expect } from 'chai';
import { withMentions } from '../../../src/slack/render/mention.ts';

const ids: Record<string, string> = {
  Ann: 'U1',
  'Ann Lee': 'U2',
  scribe: 'U3',
  'José María': 'U4',
  'j.doe': 'U5',
  evil: '!channel',
};
const people = (name: string) => ids[name];

describe('slack/mention', () => {
  const table: [string, string, string][] = [
    ['a known name', 'ask @Ann.', 'ask <@U1>.'],
    ['the longest name first', '@Ann Lee and @Ann met', '<@U2> and <@U1> met'],
    ['a name followed by more words', '@Ann said so', '<@U1> said so'],
    ['a genitive', "@Ann's plan", "<@U1>'s plan"],
    ['names in any letters', '(@José María)', '(<@U4>)'],
    ['a name with a dot in it', '@j.doe, please', '<@U5>, please'],
    ['bold', '**@Ann**', '**<@U1>**'],
  ];
  for (const [what, text, expected] of table) {
    it(`makes ${what} a mention`, () => expect(withMentions(text, people)).to.equal(expected));
  }

  for (const text of ['@Bob', 'ann@Ann.com', '@Ann-Marie', '@Annabel', '@ Ann', 'x/@Ann', '@evil']) {
    it(`leaves ${text} as it is`, () => expect(withMentions(text, people)).to.equal(text));
  }
});
