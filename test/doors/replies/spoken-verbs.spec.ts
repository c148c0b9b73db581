// A command about a task in the words that people try first.
import { expect } from 'chai';
import { spokenVerb } from '../../../src/doors/replies/spoken-verbs.ts';

describe('words for a command about a task', () => {
  const read: [string, string | undefined][] = [
    ['6 done', '#6 done'],
    ['close #6', '#6 done'],
    ['#6: finished', '#6 done'],
    ['give #6 to ben', '#6 assign to ben'],
    ['#6 to ben', '#6 assign to ben'],
    ['take #6', '#6 assign to me'],
    ['#6 mine', '#6 assign to me'],
    ['cancel #6 nobody needs it', '#6 drop: nobody needs it'],
    ['#6 drop nobody needs it', '#6 drop: nobody needs it'],
    ['#6 drop: nobody needs it', '#6 drop: nobody needs it'],
    ['#6 drop with its parts: why', '#6 drop with its parts: why'],
    ['send back #6 too long', '#6 send back: too long'],
    ['not me #6 I am away', '#6 not me: I am away'],
    ['drop #6', '#6 drop'],
    ['#6 review', '#6 ask for review'],
    ['what is #6 about', undefined],
    ['done', undefined],
    ['', undefined],
  ];
  for (const [text, line] of read)
    it(`are ${line ?? 'none'} in “${text}”`, () => expect(spokenVerb(text)).to.equal(line));

  it('take no time over a line made to cost much', () => {
    const begun = performance.now();
    spokenVerb(`${'a '.repeat(50_000)}#`);
    spokenVerb(`#6 ${'drop '.repeat(20_000)}`);
    expect(performance.now() - begun).to.be.below(1000);
  });
});
