// Tests which messages pause an agent, let it go on, take its work over or hand it back, and which are just messages.
import { expect } from 'chai';
import { whoIsMeant } from '../../../../src/pods/conversations/addressing.ts';
import type { AtWork } from '../../../../src/pods/conversations/words/at-work.ts';

const SCRIBE = 'agent:scribe';
const PILOT = 'agent:pilot';
const known = new Map([
  ['scribe', SCRIBE],
  ['pilot', PILOT],
  ['ben', 'person:ben'],
] as const);

const works: AtWork[] = [{ agent: SCRIBE, since: 3 }];
const paused: AtWork[] = [{ agent: SCRIBE, since: 3, pauses: [{ by: 'person:ben', at: 1, seq: 4 }] }];
const taken: AtWork[] = [{ agent: SCRIBE, since: 3, taken: { by: 'person:ada', at: 1, seq: 4 } }];

function meant(text: string, atWork: AtWork[], more: object = {}) {
  const conversation = { agents: [SCRIBE, PILOT], people: ['person:ada'], lastTo: [], hops: 0, waiting: [], ...more };
  return whoIsMeant({
    ...{ text, by: 'person:ada', known, direct: false },
    conversation: { ...conversation, atWork } as never,
  });
}
const kind = (text: string, atWork: AtWork[], more?: object) => meant(text, atWork, more).control?.kind;

describe('words that control an agent at work', () => {
  const FOUND: readonly [string, AtWork[], string][] = [
    ['pause', works, 'pause'],
    ['@scribe pause', works, 'pause'],
    ['Scribe, please pause for a moment!', works, 'pause'],
    ['pause', paused, 'pause'],
    ['resume', paused, 'resume'],
    ['@scribe go on, please', paused, 'resume'],
    ['Okay, continue.', paused, 'resume'],
    ['I take over', works, 'take_over'],
    ["@scribe I'll take it over from here", works, 'take_over'],
    ['I’ve got this, scribe', paused, 'take_over'],
    ['@scribe over to you again', taken, 'hand_back'],
    ['ok, back to you: the intro is done, now the rest', taken, 'hand_back'],
    ['@scribe Over to you. I fixed the title', taken, 'hand_back'],
    ['Your turn, scribe', taken, 'hand_back'],
    ['handing it back to you – see the file', taken, 'hand_back'],
  ];
  for (const [text, atWork, found] of FOUND)
    it(`are “${text}”: ${found}`, () => {
      expect(meant(text, atWork).control).to.deep.equal({ kind: found, agents: [SCRIBE] });
    });

  const NOT: readonly [string, AtWork[]][] = [
    ['pause the campaign on Friday', works],
    ['Should we pause?', works],
    ['“pause”', works],
    ['@ben pause', works],
    ['note: pause', works],
    ['pause', []],
    ['@pilot pause', works],
    ['go on', works],
    ['resume', taken],
    ['continue with the second part and leave out the first', paused],
    ['Ben takes over', works],
    ['take over', works],
    ['I take over the budget, you take over the rest of the plan for the launch', works],
    ['over to you', works],
    ['over to you again', paused],
    ['back to the drawing board', taken],
    ['overall it is fine', taken],
    ['We go over it again', taken],
  ];
  for (const [text, atWork] of NOT)
    it(`are not “${text}” ${atWork.length ? '' : 'with nobody at work'}`, () => {
      expect(kind(text, atWork)).to.equal(undefined);
    });

  it('are an answer where the agent has asked the author, unless they name it', () => {
    expect(kind('pause', works, { asked: [SCRIBE] })).to.equal(undefined);
    expect(kind('@scribe pause', works, { asked: [SCRIBE] })).to.equal('pause');
  });

  it('are an answer to a question with options only where they choose one of these', () => {
    const asks = (put: object) => ({ asked: [SCRIBE], waiting: [SCRIBE], put: { chosen: [], other: [], ...put } });
    expect(kind('pause', works, asks({ other: [SCRIBE] }))).to.equal('pause');
    expect(kind('pause', works, asks({ chosen: [SCRIBE] }))).to.equal(undefined);
    expect(kind('I take over', works, asks({ other: [SCRIBE] }))).to.equal('take_over');
    expect(kind('I take over', works, asks({ chosen: [SCRIBE] }))).to.equal(undefined);
  });

  it('are for all agents at work if they name none, and for those with an open question', () => {
    const both: AtWork[] = [...works, { agent: PILOT, since: 4 }];
    expect(meant('pause', both).control?.agents).to.deep.equal([SCRIBE, PILOT]);
    expect(meant('@pilot pause', both).control?.agents).to.deep.equal([PILOT]);
    expect(meant('@pilot pause', works, { waiting: [PILOT] }).control?.agents).to.deep.equal([PILOT]);
  });

  it('wake nobody, but for those that hand work back', () => {
    expect(meant('@scribe pause', works).agents).to.deep.equal([]);
    expect(meant('@scribe go on', paused).agents).to.deep.equal([]);
    expect(meant('over to you again', taken).agents).to.deep.equal([SCRIBE]);
  });

  it('are looked for in a time that grows with the length of the text', () => {
    const from = performance.now();
    expect(kind(`over to you${' '.repeat(50_000)}again ${'back, '.repeat(20_000)}`, taken)).to.equal(undefined);
    expect(performance.now() - from).to.be.below(500);
  });
});
