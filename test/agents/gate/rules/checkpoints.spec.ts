import { expect } from 'chai';
import { checkpoints } from '../../../../src/agents/gate/rules/checkpoints.ts';
import type { Ears } from '../../../../src/log/ears.ts';
import type { Call } from '../../../../src/pods/decide.ts';
import { aCall, unread } from './facts.ts';

const ears: Ears = { conversation: 'c', upTo: 7, woken: 3 };
const asking = (over: object, definition: object = {}) => {
  const { request, ...call } = aCall({ definition });
  return { ...call, request: { ...request, ears, ...over } } as unknown as Call;
};
const call = { key: 's:1:2:0', hash: 'h' };
const WHO = ['person:ada'] as const;
const waits = { question: 'q', asks: [{ key: 's:1:2:1', hash: 'h' }], checkpoint: true as const };

describe('the rule “checkpoints”', () => {
  for (const [of, asked] of [
    ['a person', asking({ actor: 'person:ada' })],
    ['a read', asking({}, { effect: 'read' })],
    ['the agent’s own answer', asking({ answer: true })],
    ['the end of the run', asking({}, { name: 'end_run' })],
    ['an act of no run', asking({ ears: undefined })],
  ] as const)
    it(`does not concern ${of}, and reads nothing for it`, async () => {
      expect(await checkpoints.load(unread, asked)).to.equal(undefined);
    });

  it('locks every effect while the run waits at one, and none after the answer', () => {
    const locked = { kind: 'locked', question: 'q', checkpoint: true };
    expect(checkpoints.judge({ does: 'effect', call, steps: waits })).to.deep.equal(locked);
    expect(checkpoints.judge({ does: 'finish', call, steps: waits, task: 1, ahead: [] })).to.deep.equal(locked);
    expect(checkpoints.judge({ does: 'effect', call, steps: { ...waits, over: true } })).to.equal(undefined);
    const { checkpoint: _checkpoint, ...list } = waits;
    expect(checkpoints.judge({ does: 'effect', call, steps: list })).to.equal(undefined);
  });

  it('stops at a point that somebody named, until they have said yes to this very call', () => {
    const stop = { does: 'stop' as const, call, steps: undefined, inRun: true };
    expect(checkpoints.judge({ ...stop, who: WHO })).to.deep.equal({
      kind: 'locked',
      step: { ...call, who: WHO, checkpoint: true },
    });
    expect(checkpoints.judge({ ...stop, who: [] })).to.equal(undefined);
    const steps = { ...waits, over: true as const, asks: [{ ...call, yes: true as const }] };
    expect(checkpoints.judge({ ...stop, who: WHO, steps })).to.equal(undefined);
    expect(checkpoints.judge({ ...stop, who: WHO, inRun: false })?.kind).to.equal('refuse');
  });

  it('lets no task be done before its points', () => {
    const finish = { does: 'finish' as const, call, steps: undefined, task: 3 };
    expect(checkpoints.judge({ ...finish, ahead: [] })).to.equal(undefined);
    expect(checkpoints.judge({ ...finish, ahead: ['“outline” (Ada)'] })).to.deep.include({
      kind: 'refuse',
      left: true,
    });
  });
});
