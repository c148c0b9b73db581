import { expect } from 'chai';
import { allowedByWords, stepOptions } from '../../../../src/pods/questions/settling/settle-steps.ts';

describe('the words that allow calls of a list of three', () => {
  for (const [text, allowed] of [
    ['yes', [0, 1, 2]],
    ['Yes, go ahead.', [0, 1, 2]],
    ['go on', [0, 1, 2]],
    ['looks good, carry on', [0, 1, 2]],
    ['@scribe Yes, please!', [0, 1, 2]],
    ['q4: ok', [0, 1, 2]],
    ['Yes to all', [0, 1, 2]],
    ['go ahead', [0, 1, 2]],
    ['do it, thanks', [0, 1, 2]],
    ['only 2', [1]],
    ['1 and 3', [0, 2]],
    ['yes to 1, 2', [0, 1]],
    ['#3 only', [2]],
    ['all but 2', [0, 2]],
    ['No', []],
    ['no, wait for the price list', []],
    ['don’t', []],
    ['not yet', []],
  ] as const)
    it(`“${text}” allows ${allowed.length ? allowed.map((n) => n + 1).join(' and ') : 'none'}`, () => {
      expect(allowedByWords(text, 3)).to.deep.equal(allowed);
    });

  for (const text of [
    'yes but shorter',
    'yes, if Ben agrees',
    'yes to 4',
    '0',
    'both',
    'make it short',
    'nobody told me',
    'who says yes',
    '',
    '1 is wrong',
    `yes${' '.repeat(300)}`,
  ])
    it(`“${text.slice(0, 20)}” is no decision`, () => {
      expect(allowedByWords(text, 3)).to.equal(undefined);
    });
});

describe('the buttons of a list', () => {
  it('are yes and no for one call, one for each of a few, and never more than Slack shows well', () => {
    expect(stepOptions(1)).to.deep.equal(['Yes', 'No']);
    expect(stepOptions(3)).to.deep.equal(['Yes to all', 'Only 1', 'Only 2', 'Only 3', 'No']);
    expect(stepOptions(40)).to.deep.equal(['Yes to all', 'No']);
  });
});
