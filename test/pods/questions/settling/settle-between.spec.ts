// Words that choose one of two wishes, and words that choose none.
import { expect } from 'chai';
import { optionBetween } from '../../../../src/pods/questions/settling/settle-between.ts';

const OPTIONS = ['Maja Holm: The sign should be brown, please.', 'Ben Okafor: no, green', 'Both'];

describe('words about two wishes', () => {
  const chooses: [string, number][] = [
    ['2', 1],
    ['Ben Okafor: no, green', 1],
    ['no, green', 1],
    ['Ben’s', 1],
    ['Maja', 0],
    ['both', 2],
    ['All right, green then.', 1],
    ['Let’s take green!', 1],
    ['OK, brown', 0],
    ['@scribe green it is', 1],
    ['ok, sign brown', 0],
  ];
  for (const [text, option] of chooses)
    it(`choose ${OPTIONS[option]?.split(':')[0]}: “${text}”`, () => {
      expect(optionBetween(text, OPTIONS)).to.equal(option);
    });

  for (const text of [
    'All right then.',
    'green is ugly',
    'not green',
    'anything but green',
    'green or brown',
    'No, I don’t want green',
    'brown is what I said, but green will do',
    'Whatever you like',
    'the shed',
    'the sign',
    'The sign, please!',
    'ok, the sign',
    'OK, the sign then.',
    'Sure, let’s do the sign!',
    'Yes, that sign',
    'ok, sign',
    'sign, please',
    'OK then: sign.',
    'no',
    '',
  ])
    it(`choose neither: “${text}”`, () => {
      expect(optionBetween(text, OPTIONS)).to.equal(undefined);
    });

  it('choose the thing where each wish names another', () => {
    const options = ['Maja Holm: Paint the sign first.', 'Ben Okafor: The fence first, please.', 'Both'];
    expect(optionBetween('ok, fence', options)).to.equal(1);
    expect(optionBetween('sign then', options)).to.equal(0);
  });
});
