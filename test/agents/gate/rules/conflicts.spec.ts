import { expect } from 'chai';
import { conflicts } from '../../../../src/agents/gate/rules/conflicts.ts';
import type { Ears } from '../../../../src/log/ears.ts';
import type { Instruction } from '../../../../src/pods/conversations/words/instructions.ts';
import type { Call } from '../../../../src/pods/decide.ts';
import { aCall, unread } from './facts.ts';

const ears: Ears = { conversation: 'c', upTo: 7, woken: 3 };
const wish = (over: Partial<Instruction>): Instruction => ({
  ...{ n: 4, message: 'm4', by: 'person:ada', at: 0, seq: over.n ?? 4, state: 'open' as const },
  ...over,
});
const said = (...instructions: Instruction[]) => conflicts.judge({ ears, instructions });
const asking = (over: object, definition: object = {}) => {
  const { request, ...call } = aCall({ definition });
  return { ...call, request: { ...request, actor: 'agent:scribe', ears, ...over } } as unknown as Call;
};

describe('the rule “conflicts”', () => {
  for (const [of, call] of [
    ['an act of nobody’s run', asking({ ears: undefined })],
    ['a read', asking({}, { effect: 'read' })],
    ['the agent’s own answer', asking({ answer: true })],
    ['the verdict itself', asking({}, { name: 'judge_words' })],
    ['the wait for an answer', asking({}, { name: 'wait_for' })],
  ] as const)
    it(`does not concern ${of}, and reads nothing for it`, async () => {
      expect(await conflicts.load(unread, call)).to.equal(undefined);
    });

  it('finds what is wanted of this agent, by one read of the conversation', async () => {
    const own = [wish({})];
    const read = {
      get: async () => ({ id: 'c', atWork: [{ agent: 'agent:pilot' }, { agent: 'agent:scribe', instructions: own }] }),
    };
    expect((await conflicts.load(read as never, asking({})))?.instructions).to.equal(own);
  });

  it('lets run what one person wants alone, and what has its verdict', () => {
    expect(said()).to.equal(undefined);
    expect(said(wish({}), wish({ n: 5 }))).to.equal(undefined);
    expect(said(wish({}), wish({ n: 5, by: 'person:ben', state: 'kept' }))).to.equal(undefined);
    expect(said(wish({ state: 'replaced' }), wish({ n: 5, by: 'person:ben', state: 'kept' }))).to.equal(undefined);
  });

  it('locks while a word of somebody else has no verdict that the run has heard; unheard ones are for fresh ears', () => {
    const ben = wish({ n: 5, by: 'person:ben', state: 'unjudged' });
    expect(said(wish({}), ben)).to.deep.equal({ kind: 'locked', due: [5] });
    expect(said(wish({}), { ...ben, n: 8, seq: 8 })).to.equal(undefined);
  });

  it('needs no verdict once nobody else’s wish stands beside it', () => {
    const ben = wish({ n: 5, by: 'person:ben', state: 'unjudged' });
    expect(said(wish({ state: 'withdrawn' }), ben)).to.equal(undefined);
    expect(said(wish({ state: 'no_instruction' }), ben)).to.equal(undefined);
  });

  it('locks while people are asked, whatever else there is', () => {
    const asked = { state: 'conflict' as const, question: 'q' };
    expect(said(wish(asked), wish({ n: 5, by: 'person:ben', ...asked }))).to.deep.equal({
      kind: 'locked',
      question: 'q',
    });
  });
});
