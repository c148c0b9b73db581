// What people want of a run: how the list changes, and that nothing slips out of it unjudged.
import { expect } from 'chai';
import fc from 'fast-check';
import type { PersonId } from '../../../../src/log/participant.ts';
import {
  answered,
  conflictOver,
  decided,
  dueIn,
  given,
  type Instruction,
  judged,
  MOST_INSTRUCTIONS,
  reworded,
  withdrawn,
} from '../../../../src/pods/conversations/words/instructions.ts';
import { isThanks } from '../../../../src/pods/conversations/words/thanks.ts';

const said = (n: number, by: string) => ({ n, message: `m${n}`, by: `person:${by}` as PersonId, at: n });
const states = (list: readonly Instruction[]) => list.map(({ n, state }) => `${n} ${state}`);
const two = () => given(given([], said(1, 'ada')), said(2, 'ben'));
const conflict = () => judged(two(), [{ n: 2, is: 'conflicts', of: 1, question: 'q' }]);

describe('the instructions of a run', () => {
  it('wait for a verdict from the moment in which a second person wants something', () => {
    expect(states(two())).to.deep.equal(['1 open', '2 unjudged']);
    expect(states(given(given([], said(1, 'ada')), said(2, 'ada')))).to.deep.equal(['1 open', '2 open']);
    expect(states(given(two(), said(3, 'ada')))).to.deep.equal(['1 open', '2 unjudged', '3 unjudged']);
  });

  it('follow the verdict: fits, replaces, none, conflicts', () => {
    expect(states(judged(two(), [{ n: 2, is: 'fits' }]))).to.deep.equal(['1 open', '2 kept']);
    expect(states(judged(two(), [{ n: 2, is: 'replaces', of: 1 }]))).to.deep.equal(['1 replaced', '2 kept']);
    expect(states(judged(two(), [{ n: 2, is: 'none' }]))).to.deep.equal(['1 open', '2 no_instruction']);
    expect(states(conflict())).to.deep.equal(['1 conflict', '2 conflict']);
  });

  it('in a conflict follow the answer of people, and what waited for it is judged after it', () => {
    const third = judged(given(conflict(), said(3, 'cleo')), [{ n: 3, is: 'conflicts', of: 1, question: 'q' }]);
    const between = [1, 2];
    expect(states(decided(third, { question: 'q', between, stays: 2 }))).to.deep.equal([
      '1 replaced',
      '2 kept',
      '3 unjudged',
    ]);
    expect(states(decided(third, { question: 'q', between }))).to.deep.equal(['1 kept', '2 kept', '3 unjudged']);
    expect(states(conflictOver(third, 'q'))).to.deep.equal(['1 kept', '2 unjudged', '3 unjudged']);
  });

  it('are judged anew after an edit, and gone after an erasure; a conflict ends with it', () => {
    const kept = judged(two(), [{ n: 2, is: 'fits' }]);
    expect(reworded(kept, 'm2', 9).map(({ n, seq, state }) => [n, seq, state])).to.deep.equal([
      [1, 1, 'open'],
      [2, 9, 'unjudged'],
    ]);
    expect(states(reworded(conflict(), 'm1', 9))).to.deep.equal(['1 unjudged', '2 kept']);
    expect(states(withdrawn(conflict(), 'm1'))).to.deep.equal(['1 withdrawn', '2 kept']);
    expect(states(withdrawn(kept, 'm1'))).to.deep.equal(['1 withdrawn', '2 kept']);
  });

  it('are over with an answer that has heard them, save a conflict', () => {
    expect(states(answered(given(two(), said(3, 'ada')), 2))).to.deep.equal(['3 unjudged']);
    expect(states(answered(conflict(), 2))).to.deep.equal(['1 conflict', '2 conflict']);
  });

  it('stay few, and whoever had a wish without a verdict has one still', () => {
    const who = fc.constantFrom('ada', 'ben', 'cleo', 'dev');
    const step = fc.record({
      who,
      verdict: fc.option(fc.constantFrom('fits', 'none') as fc.Arbitrary<'fits' | 'none'>),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        let list: Instruction[] = [];
        const owing = new Set<string>();
        for (const [n, { who: by, verdict }] of steps.entries()) {
          list = given(list, said(n + 1, by));
          if (list.at(-1)?.state === 'unjudged') owing.add(by);
          if (verdict !== null) {
            list = judged(
              list,
              dueIn(list, n + 1).map(({ n: one }) => ({ n: one, is: verdict })),
            );
            owing.clear();
          }
        }
        expect(list.length).to.be.at.most(MOST_INSTRUCTIONS);
        const unjudged = new Set(list.filter(({ state }) => state === 'unjudged').map(({ by }) => by.slice(7)));
        for (const one of owing) expect([...unjudged]).to.include(one);
      }),
    );
  });
});

describe('a message that only thanks', () => {
  for (const text of ['thanks', 'Thank you!', '@scribe thanks a lot 🙏', 'Many thanks', 'thx'])
    it(`is “${text}”`, () => expect(isThanks(text)).to.equal(true));
  for (const text of [
    'thanks, and make it green',
    'no thanks',
    'ok',
    '',
    'thanks for nothing, stop',
    '“thanks” is all I said',
  ])
    it(`is not “${text}”`, () => expect(isThanks(text)).to.equal(false));
});
