import { expect } from 'chai';
import { involvement } from '../../../../src/agents/gate/rules/involvement.ts';
import type { Ears } from '../../../../src/log/ears.ts';
import type { Call } from '../../../../src/pods/decide.ts';
import { aCall, unread } from './facts.ts';

const ears: Ears = { conversation: 'c', upTo: 7, woken: 3 };
const asking = (over: object, definition: object = {}) => {
  const { request, ...call } = aCall({ definition });
  return { ...call, request: { ...request, actor: 'agent:scribe', ears, ...over } } as unknown as Call;
};
const call = { key: 's:1:2:0', hash: 'h' };
const asks = (...yes: boolean[]) =>
  yes.map((one, n) => ({ ...call, key: `s:1:2:${n}`, ...(one ? { yes: true as const } : {}) }));

describe('the rule “involvement”', () => {
  for (const [of, asked] of [
    ['an act of nobody’s run', asking({ ears: undefined })],
    ['a read', asking({}, { effect: 'read' })],
    ['the agent’s own answer', asking({ answer: true })],
    ['the list itself', asking({}, { name: 'put_steps' })],
    ['the end of the run', asking({}, { name: 'end_run' })],
  ] as const)
    it(`does not concern ${of}, and reads nothing for it`, async () => {
      expect(await involvement.load(unread, asked)).to.equal(undefined);
    });

  it('locks a call of which nobody has been asked yet, and one that waits for an answer', () => {
    const locked = { kind: 'locked', step: { ...call, who: ['person:ada'] } };
    expect(involvement.judge({ call, who: ['person:ada'], steps: undefined })).to.deep.equal(locked);
    const steps = { question: 'q', asks: asks(false, true) };
    expect(involvement.judge({ call, who: ['person:ada'], steps })).to.deep.equal(locked);
  });

  it('lets a call run that has its yes, on this list or an earlier one, and none with another input', () => {
    const who = ['person:ada'] as const;
    expect(involvement.judge({ call, who, steps: { question: 'q', asks: asks(true) } })).to.equal(undefined);
    expect(involvement.judge({ call, who, steps: { question: 'q', asks: [], earlier: [call] } })).to.equal(undefined);
    const other = { ...call, hash: 'other' };
    expect(involvement.judge({ call: other, who, steps: { question: 'q', asks: asks(true) } })?.kind).to.equal(
      'locked',
    );
  });

  it('holds nothing where nobody goes with every step', () => {
    expect(involvement.judge({ call, who: [], steps: undefined })).to.equal(undefined);
  });
});
