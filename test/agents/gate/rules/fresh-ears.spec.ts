import { expect } from 'chai';
import { freshEars } from '../../../../src/agents/gate/rules/fresh-ears.ts';
import type { Ears } from '../../../../src/log/ears.ts';
import type { AtWork } from '../../../../src/pods/conversations/words/at-work.ts';
import type { Call } from '../../../../src/pods/decide.ts';
import { aCall, unread } from './facts.ts';

const ears = (over: Partial<Ears> = {}): Ears => ({ conversation: 'c', upTo: 7, woken: 3, ...over });
const at = (over: Partial<AtWork> = {}): AtWork => ({ agent: 'agent:scribe', since: 3, ...over });
const said = (over: Partial<AtWork>, heard: Partial<Ears> = {}) => freshEars.judge({ ears: ears(heard), at: at(over) });
const asking = (over: object, definition: object = {}) => {
  const { request, ...call } = aCall({ definition });
  return { ...call, request: { ...request, actor: 'agent:scribe', ears: ears(), ...over } } as unknown as Call;
};

describe('the rule “fresh ears”', () => {
  for (const [what, call] of [
    ['an act of nobody’s run', asking({ ears: undefined })],
    ['a read', asking({}, { effect: 'read' })],
    ['the agent’s own answer', asking({ answer: true })],
  ] as const)
    it(`does not concern ${what}, and reads nothing for it`, async () => {
      expect(await freshEars.load(unread, call)).to.equal(undefined);
    });

  it('finds what this agent has to hear, by one read of the conversation', async () => {
    const doc = { id: 'c', atWork: [at({ agent: 'agent:pilot', word: 9 }), at({ word: 8 })] };
    const read = { get: async () => doc } as never;
    const facts = await freshEars.load(read, asking({}));
    expect(facts?.at).to.deep.equal(at({ word: 8 }));
  });

  it('holds an effect back while a word is newer than what the run has heard, and lets it run from there', () => {
    expect(said({ word: 8 })).to.deep.equal({ kind: 'held', word: 8 });
    expect(said({ word: 7 })).to.equal(undefined);
    expect(said({})).to.equal(undefined);
  });

  it('holds back what a process does whose run others have ended, though no word came since', () => {
    expect(said({ ended: 9 })).to.deep.equal({ kind: 'held', word: 9 });
    expect(said({ ended: 9 }, { meantOnly: true })).to.deep.equal({ kind: 'held', word: 9 });
    expect(said({ ended: 9, word: 12 }, { upTo: 12 })).to.equal(undefined);
  });

  it('holds only for words that are meant for the agent, once others have held it twice', () => {
    expect(said({ word: 9, meant: 6 }, { meantOnly: true })).to.equal(undefined);
    expect(said({ word: 9, meant: 8 }, { meantOnly: true })).to.deep.equal({ kind: 'held', word: 8 });
  });

  it('refuses what a run does that was woken before a stop, and not what came after it', () => {
    expect(said({ stopped: 4 })).to.deep.include({ kind: 'refuse', why: 'Not run: a person stopped you.' });
    expect(said({ stopped: 2 })).to.equal(undefined);
  });
});
